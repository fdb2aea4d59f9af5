import type { SocketIoClient } from './clients/socket-io.ts';
import type { Caller } from './conformance.ts';
import { type Foreign, type Meeting, connected, equip, names } from './meeting.ts';
import { fieldsOf } from './reply.ts';
import { joinWhenAllowed } from './retry-when-limited.ts';
import { NOBODYS, rtpCapabilities } from './rtp.ts';

/** What the caller is in the meeting. `joined`: without any media; `equipped`: with all of it. */
export type State = 'connected' | 'prepared' | 'joined' | 'equipped' | 'left';

const NOTHING: Foreign = {
  sendTransport: NOBODYS,
  recvTransport: NOBODYS,
  microphone: NOBODYS,
  camera: NOBODYS,
  consumer: NOBODYS,
};

/** A client that sends every message of `/mediasoup`. */
export class SocketIoCaller implements Caller {
  readonly client: SocketIoClient;
  readonly own: Foreign;

  private constructor(client: SocketIoClient, own: Foreign) {
    this.client = client;
    this.own = own;
  }

  static async enter(meeting: Meeting, state: State): Promise<SocketIoCaller> {
    const client = await connected(meeting.host);
    const { roomId } = meeting;
    if (state === 'connected') return new SocketIoCaller(client, NOTHING);
    if (state === 'prepared') {
      fieldsOf(await client.ask('prepare', { roomId, rtpCapabilities }));
      return new SocketIoCaller(client, NOTHING);
    }
    fieldsOf(await joinWhenAllowed(() => client.ask('joinRoom', { roomId, userName: 'Cleo' })));
    if (state === 'joined') return new SocketIoCaller(client, NOTHING);
    const own = await equip(client, { receives: meeting.adas.camera });
    if (state === 'left') fieldsOf(await client.ask('leaveRoom'));
    return new SocketIoCaller(client, own);
  }

  ask = (message: string, payload?: unknown) => {
    const ask = () => this.client.ask(message, payload);
    return message === 'joinRoom' ? joinWhenAllowed(ask) : ask();
  };

  async heard(): Promise<readonly string[]> {
    await this.client.ask('getProducers');
    return names(this.client);
  }

  async part(): Promise<void> {
    await this.client.ask('leaveRoom');
    this.client.socket.disconnect();
  }
}
