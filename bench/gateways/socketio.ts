import { Agent } from 'node:https';
import { type Socket, io } from 'socket.io-client';
import * as v from 'valibot';
import { NAMESPACE, type RequestName, type ServerToClient, requests } from '../../src-shared/protocol/index.ts';
import { type Way, nextAddress, nextSound } from './way.ts';

const Answer = v.variant('success', [
  v.looseObject({ success: v.literal(true) }),
  v.object({ success: v.literal(false), error: v.object({ message: v.string() }) }),
]);

/** A connection to the host that can send every request. */
export interface Line {
  readonly socket: Socket<ServerToClient>;
  readonly ask: (name: RequestName, payload?: object) => Promise<void>;
}

export async function connect(origin: string): Promise<Line> {
  const agent = new Agent({ localAddress: nextAddress(), rejectUnauthorized: false });
  // Socket.IO's types only allow the agents of browser polyfills.
  const options = { agent: agent as unknown as string, transports: ['websocket'], forceNew: true, reconnection: false };
  const socket = io(`${origin}${NAMESPACE}`, options);
  await new Promise((resolve) => socket.once('connection-success', resolve));
  return {
    socket,
    async ask(name, payload = {}) {
      const answer = v.parse(Answer, await socket.timeout(10_000).emitWithAck(name, payload));
      if (!answer.success) throw new Error(`${name}: ${answer.error.message}`);
      v.parse(requests[name].answer, answer);
    },
  };
}

/** Socket.IO, as Parley's page uses it. */
export function socketIoWay(origin: string, roomId: string): Way {
  return {
    name: 'Socket.IO',
    async arrive() {
      const { socket, ask } = await connect(origin);
      return {
        async join() {
          await Promise.all([
            ask('joinRoom', { roomId, userName: 'Ada' }),
            ask('createProducerTransport'),
            ask('createConsumerTransport'),
          ]);
        },
        produce: () => ask('produce', { kind: 'audio', rtpParameters: nextSound() }),
        chat: () => ask('sendMessage', { roomId, message: 'Good morning' }),
        async leave() {
          await ask('leaveRoom');
          socket.disconnect();
        },
      };
    },
    close: () => Promise.resolve(),
  };
}
