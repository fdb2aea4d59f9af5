import { once } from 'node:events';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import { type Way, nextAddress, nextSound } from './way.ts';

const Message = v.looseObject({ type: v.string(), requestId: v.optional(v.number()) });
const Transport = v.object({ producerTransport: v.object({ id: v.string() }) });

/** The plain WebSocket. It has no chat. */
export function plainWebSocketWay(origin: string, roomId: string): Way {
  return {
    name: 'plain WebSocket',
    async arrive() {
      const url = new URL('/ws', origin.replace('https', 'wss'));
      const socket = new WebSocket(url, { localAddress: nextAddress(), rejectUnauthorized: false });
      await once(socket, 'open');
      const waiting = new Map<number, (message: unknown) => void>();
      socket.on('message', (data: Buffer) => {
        const message = v.parse(Message, JSON.parse(data.toString()));
        if (message.requestId !== undefined) waiting.get(message.requestId)?.(message);
      });
      let asked = 0;
      const ask = async (request: object) => {
        const { promise, resolve } = Promise.withResolvers<unknown>();
        const requestId = ++asked;
        waiting.set(requestId, resolve);
        socket.send(JSON.stringify({ ...request, requestId }));
        const answer = await promise;
        waiting.delete(requestId);
        if (v.parse(Message, answer).type === 'error') throw new Error(JSON.stringify(answer));
        return answer;
      };
      let transportId = '';
      return {
        async join() {
          await ask({ action: 'join', roomId, userName: 'Ada' });
          const [made] = await Promise.all([
            ask({ action: 'createWebRtcTransport', direction: 'send' }),
            ask({ action: 'createWebRtcTransport', direction: 'recv' }),
          ]);
          transportId = v.parse(Transport, made).producerTransport.id;
        },
        async produce() {
          await ask({ action: 'produce', transportId, kind: 'audio', rtpParameters: nextSound() });
        },
        async leave() {
          socket.close(1000);
          await once(socket, 'close');
        },
      };
    },
    close: () => Promise.resolve(),
  };
}
