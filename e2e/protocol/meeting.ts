/** A meeting with a participant of every gateway, who record everything that the others can notice. */
import { Attendee } from './clients/attendee.ts';
import { HttpClient } from './clients/http.ts';
import { PlainWebSocketClient } from './clients/plain-websocket.ts';
import { SocketIoClient } from './clients/socket-io.ts';
import type { Heard } from './conformance.ts';
import { joinWhenAllowed, retryWhenLimited } from './retry-when-limited.ts';
import { type Fields, fieldsOf, isTooOften, text } from './reply.ts';
import { camera, microphone, rtpCapabilities } from './rtp.ts';

/** Events that media sends by itself. */
const OF_THE_MEDIA = ['producerLayersWanted', 'consumerLayersChanged', 'audioLevels', 'activeSpeaker'];

/** The ids of another participant, which a caller must not be able to use. */
export interface Foreign {
  readonly microphone: string;
  readonly camera: string;
  readonly sendTransport: string;
  readonly recvTransport: string;
  readonly consumer: string;
}

export class Meeting {
  readonly host: string;
  readonly roomId: string;
  readonly hostToken: string;
  readonly http: HttpClient;
  /** Leads it, over Socket.IO. */
  readonly ada: SocketIoClient;
  readonly adas: Foreign;
  /** An attendee of the HTTP media API. */
  readonly hedy: Attendee;
  /** On the plain WebSocket. */
  readonly wanda: PlainWebSocketClient;

  private constructor(options: {
    host: string;
    room: { roomId: string; hostToken: string };
    http: HttpClient;
    ada: SocketIoClient;
    adas: Foreign;
    hedy: Attendee;
    wanda: PlainWebSocketClient;
  }) {
    this.host = options.host;
    this.roomId = options.room.roomId;
    this.hostToken = options.room.hostToken;
    this.http = options.http;
    this.ada = options.ada;
    this.adas = options.adas;
    this.hedy = options.hedy;
    this.wanda = options.wanda;
  }

  static async gather(host: string): Promise<Meeting> {
    const http = await HttpClient.of(host);
    const room = await makeRoom(http);
    const { roomId } = room;
    const hedy = new Attendee(host, http);
    await hedy.reserve(roomId, 'Hedy');
    const sound = fieldsOf(await hedy.ask('createProducer', { ...microphone, type: 'microphone' }));
    await hedy.open();
    const ada = await connected(host);
    const asAda = { roomId, userName: 'Ada', userId: 'ada', token: room.hostToken };
    fieldsOf(await joinWhenAllowed(() => ada.ask('joinRoom', asAda)));
    const adas = await equip(ada, { receives: text(sound, 'id') });
    const wanda = await PlainWebSocketClient.connect(host);
    fieldsOf(await joinWhenAllowed(() => wanda.ask('join', { roomId, userName: 'Wanda', userId: 'wanda' })));
    return new Meeting({ host, room, http, ada, adas, hedy, wanda });
  }

  /** Everything that the participants can see, and the names of the events they have received since the last call. */
  observe = async (): Promise<{ seen: unknown; heard: Heard }> => {
    // All events that were sent before these answers have arrived then.
    const [here, present] = await Promise.all([
      retryWhenLimited(() => this.ada.ask('getProducers'), isTooOften),
      this.hedy.ask('attendees', {}, 'GET'),
      this.hedy.settled(),
      this.wanda.settled(),
    ]);
    const { producers } = fieldsOf(here);
    const { attendees } = fieldsOf(present);
    const heard = { socketIo: names(this.ada), http: names(this.hedy), plain: names(this.wanda) };
    return { seen: { producers, attendees }, heard };
  };

  async disperse(): Promise<void> {
    this.ada.socket.disconnect();
    this.wanda.close();
    await this.hedy.leave();
    await this.http.close();
  }
}

/** The names of the events a client has received, without those that media sends by itself. */
export function names({ inbox }: Pick<SocketIoClient, 'inbox'>): string[] {
  return inbox
    .take()
    .map(({ name }) => name)
    .filter((name) => !OF_THE_MEDIA.includes(name));
}

export async function makeRoom(http: HttpClient): Promise<{ roomId: string; hostToken: string }> {
  const { reply } = await http.ask('POST', '/api/rooms', { input: { hostName: 'Ada', name: 'Morning round' } });
  const room = fieldsOf(reply);
  return { roomId: text(room, 'roomId'), hostToken: text(room, 'hostToken') };
}

/** A client of `/mediasoup`, greeted. */
export async function connected(host: string, auth: Fields = {}): Promise<SocketIoClient> {
  const client = await SocketIoClient.connect(host, '/mediasoup', auth);
  if (!(client instanceof SocketIoClient)) throw new Error(client.message);
  await client.inbox.next('connection-success');
  return client;
}

/** Everything one can have: transports, a microphone and a camera of one's own, a consumer. */
export async function equip(client: SocketIoClient, { receives }: { receives: string }): Promise<Foreign> {
  const sendTransport = text(fieldsOf(await client.ask('createProducerTransport')), 'id');
  const recvTransport = text(fieldsOf(await client.ask('createConsumerTransport')), 'id');
  const sound = fieldsOf(await client.ask('produce', { ...microphone, source: 'microphone' }));
  const picture = fieldsOf(await client.ask('produce', { ...camera, source: 'camera' }));
  const consumer = fieldsOf(await client.ask('consume', { producerId: receives, rtpCapabilities }));
  return {
    sendTransport,
    recvTransport,
    microphone: text(sound, 'producerId'),
    camera: text(picture, 'producerId'),
    consumer: text(consumer, 'id'),
  };
}
