// A client of the HTTP media API as one class. Written from docs/http-api.md.
import { Device, type types } from 'mediasoup-client';

/** A producer of somebody else. */
export interface RemoteProducer {
  id: string;
  user: string;
  type: 'microphone' | 'camera' | 'screen' | 'screenAudio';
}
export type RoomEvent =
  | { event: 'userJoined'; user: string; producers: RemoteProducer[] }
  | { event: 'userLeft'; user: string }
  | ({ event: 'producerAdded' | 'producerRemoved' | 'producerPaused' | 'producerResumed' } & RemoteProducer)
  | { event: 'error'; error: { code: string; message: string } };

/** What the client tells its page. */
export interface Handlers {
  /** The events are open: the others see this attendee. */
  onOpen(): void;
  onEvent(event: RoomEvent): void;
  /** A track to play. Its media flows after this returns. */
  onTrack(producer: RemoteProducer, track: MediaStreamTrack): void;
  onError(error: unknown): void;
  /** The meeting is over for this attendee. After MEDIA_RESTARTED, `join` again: it produces all streams of the list. */
  onClose(code: number, reason: string): void;
}

interface Attendee {
  token: string;
  routerRtpCapabilities: types.RtpCapabilities;
  sendTransport: types.TransportOptions;
  recvTransport: types.TransportOptions;
}
type Consumer = types.ConsumerOptions & { id: string; kind: types.MediaKind };

/** The host's media was restarted: all transports and producers are gone. */
export const MEDIA_RESTARTED = 1012;
/** The connection was lost; no close frame came (RFC 6455, 7.4.1). */
const LOST = 1006;

/** One attendee of one room. */
export class MediaClient {
  readonly #link: URL;
  readonly #user: string;
  readonly #handlers: Handlers;
  /** Everything that is sent, in the order it was added. */
  readonly #streams = new Map<MediaStream, 'camera' | 'screen'>();
  readonly #producers = new Map<MediaStreamTrack, types.Producer>();
  /** Ids of the others' producers that are received. */
  readonly #received = new Set<string>();
  #token = '';
  #device = new Device();
  #send: types.Transport | null = null;
  #receive: types.Transport | null = null;
  #events: WebSocket | null = null;
  /** Messages for the host that wait until the events are open. */
  #untold: object[] = [];

  /** @param link `https://HOST:PORT/r/ROOMID` */
  constructor(link: URL, user: string, handlers: Handlers) {
    this.#link = link;
    this.#user = user;
    this.#handlers = handlers;
  }

  /** The streams that are sent. */
  get streams(): MediaStream[] {
    return [...this.#streams.keys()];
  }

  /** Adds a stream to the list and produces its tracks: at once, or in `join` if that has not been called yet. */
  async addStream(stream: MediaStream, source: 'camera' | 'screen' = 'camera'): Promise<void> {
    if (this.#streams.has(stream)) return;
    this.#streams.set(stream, source);
    if (this.#send) await this.#produce(stream, this.#send);
  }

  /** Closes the stream's producers, removes it from the list and tells the host, which tells the others. */
  removeStream(stream: MediaStream): void {
    this.#streams.delete(stream);
    for (const track of stream.getTracks()) {
      const producer = this.#producers.get(track);
      if (!producer) continue;
      this.#producers.delete(track);
      producer.close();
      this.#tell({ event: 'producerRemoved', id: producer.id });
    }
  }

  /** Joins the room and produces all streams of the list. The others see this attendee when the events are open. */
  async join(): Promise<void> {
    this.#token = '';
    const room = this.#link.pathname.split('/').at(-1);
    const attendee = await this.#call<Attendee>('createAttendee', { room, user: this.#user });
    this.#token = attendee.token;
    this.#device = await Device.factory();
    await this.#device.load({ routerRtpCapabilities: attendee.routerRtpCapabilities });
    this.#receive = this.#device.createRecvTransport(attendee.recvTransport);
    this.#receive.on('connect', ({ dtlsParameters }, done, failed) => {
      this.#call('connectReceiver', { dtlsParameters }).then(() => done(), failed);
    });
    this.#send = this.#device.createSendTransport(attendee.sendTransport);
    this.#send.on('connect', ({ dtlsParameters }, done, failed) => {
      this.#call('connectSender', { dtlsParameters }).then(() => done(), failed);
    });
    this.#send.on('produce', ({ kind, rtpParameters, appData: { type } }, done, failed) => {
      this.#call<{ id: string }>('createProducer', { kind, type, rtpParameters }).then(done, failed);
    });
    for (const stream of this.streams) await this.#produce(stream, this.#send);
    this.#openEvents();
  }

  async #produce(stream: MediaStream, transport: types.Transport): Promise<void> {
    const [video, audio] =
      this.#streams.get(stream) === 'screen' ? ['screen', 'screenAudio'] : ['camera', 'microphone'];
    for (const track of stream.getTracks()) {
      const type = track.kind === 'video' ? video : audio;
      const producer = await transport.produce({ track, stopTracks: false, appData: { type } });
      this.#producers.set(track, producer);
    }
    // The stream was removed meanwhile.
    if (!this.#streams.has(stream)) this.removeStream(stream);
  }

  #tell(message: object): void {
    if (this.#events?.readyState === WebSocket.OPEN) this.#events.send(JSON.stringify(message));
    else this.#untold.push(message);
  }

  #openEvents(): void {
    const address = new URL(`/api/media/events?token=${this.#token}`, this.#link);
    address.protocol = 'wss:';
    const events = new WebSocket(address);
    let opened = false;
    this.#events = events;
    events.onopen = () => {
      opened = true;
      for (const message of this.#untold.splice(0)) this.#tell(message);
      this.#handlers.onOpen();
      const { onError } = this.#handlers;
      this.#call<{ producers: RemoteProducer[] }>('producers').then(
        ({ producers }) => this.#consume(producers),
        onError,
      );
    };
    events.onmessage = ({ data }) => {
      const told: RoomEvent = JSON.parse(data);
      this.#handlers.onEvent(told);
      if (told.event === 'userJoined') this.#consume(told.producers);
      if (told.event === 'producerAdded') this.#consume([told]);
    };
    events.onclose = ({ code, reason }) => {
      // Within 15 s the same token resumes the connection and delivers the missed events.
      if (code === LOST && opened) return this.#openEvents();
      this.#send?.close();
      this.#receive?.close();
      this.#send = null;
      this.#producers.clear();
      this.#received.clear();
      this.#untold = [];
      this.#handlers.onClose(code, reason);
    };
  }

  /** Receives producers that are not received yet: one can be listed and announced at the same time. */
  #consume(producers: RemoteProducer[]): void {
    for (const producer of producers.filter(({ id }) => !this.#received.has(id))) {
      this.#received.add(producer.id);
      this.#play(producer).catch(this.#handlers.onError);
    }
  }

  async #play(producer: RemoteProducer): Promise<void> {
    const rtpCapabilities = this.#device.recvRtpCapabilities;
    const input = { producerId: producer.id, rtpCapabilities, paused: true };
    const options = await this.#call<Consumer>('createConsumer', input);
    const { track } = await this.#receive!.consume(options);
    this.#handlers.onTrack(producer, track);
    // Not sooner: a key frame that arrives before the browser is ready is lost.
    await this.#call('resumeConsumer', { id: options.id });
  }

  /** POST with an input, GET without one. The answer is `{ status, result }` or `{ status, error }`. */
  async #call<Result>(name: string, input?: object): Promise<Result> {
    const response = await fetch(new URL(`/api/media/rooms/${name}`, this.#link), {
      method: input ? 'POST' : 'GET',
      headers: { 'Content-Type': 'application/json', ...(this.#token && { Authorization: `Bearer ${this.#token}` }) },
      body: input ? JSON.stringify(input) : null,
    });
    const answer = await response.json();
    if (answer.status !== 'success') throw new Error(answer.error.message);
    return answer.result;
  }
}
