import { UNOPENED_EVENTS_MS } from '../../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../../src-shared/protocol/index.ts';
import type { AttendeeCallName, MediaInput, MediaResult } from '../../../../../src-shared/protocol/http/media-api.ts';
import {
  EVENTS_CLOSED,
  type MediaEvent,
  type MediaMessage,
} from '../../../../../src-shared/protocol/http/media-events.ts';
import {
  type ConnectionEndpoints,
  type Rooms,
  type MeetingEvent,
  type MeetingSession,
  newSecret,
} from '../../../meeting/index.ts';
import { EventChannel, type EventSocket } from './event-channel.ts';
import { SOURCE_OF } from './types.ts';
import { RoomView, described } from './room-view.ts';

/** What an attendee may ask for, one method per call. */
export type AttendeeCalls = {
  [Name in AttendeeCallName]: (input: MediaInput<Name>) => MediaResult<Name> | Promise<MediaResult<Name>>;
};

/** How the events socket of someone who is in no more is closed. */
interface CloseReason {
  readonly code: number;
  readonly reason: string;
}

const OVER: CloseReason = { code: EVENTS_CLOSED.over, reason: 'You are not in the meeting any more.' };
const UNREAD: CloseReason = {
  code: EVENTS_CLOSED.refused,
  reason: 'Too much has happened since the events were lost.',
};
const MEDIA_RESTARTED: CloseReason = {
  code: EVENTS_CLOSED.mediaRestarted,
  reason: 'The host has restarted its media. Create the attendee anew.',
};

/** Someone who came over the HTTP media API: unseen until their events are open, gone when those are lost for good. */
export class Attendee implements AttendeeCalls {
  readonly token = newSecret();
  readonly #userId = crypto.randomUUID();
  readonly #request: MediaInput<'createAttendee'>;
  readonly #session: MeetingSession;
  readonly #onOver: (attendee: Attendee) => void;
  readonly #channel = new EventChannel();
  readonly #view = new RoomView();
  /** What has happened since they were admitted from the lobby, until they have been told that they were. */
  #early: MediaEvent[] | null = null;
  #closeReason = OVER;
  #state: 'unopened' | 'present' | 'lost' | 'over' = 'unopened';

  /** @throws {ProtocolError} LIMIT */
  constructor(options: {
    rooms: Rooms;
    endpoints: ConnectionEndpoints;
    request: MediaInput<'createAttendee'>;
    /** Called once: the token is of no more use. */
    onOver: (attendee: Attendee) => void;
  }) {
    const { rooms, endpoints } = options;
    this.#request = options.request;
    this.#onOver = options.onOver;
    const connection = {
      ...endpoints,
      id: crypto.randomUUID(),
      notify: (...event: MeetingEvent) => this.#handleEvent(event),
      close: (reason = OVER.reason) => {
        this.#closeReason = { ...OVER, reason };
        this.#end();
      },
    };
    const onGone = () => this.#end();
    this.#session = rooms.connect(connection, undefined, { within: UNOPENED_EVENTS_MS, onGone });
  }

  /** Makes their transports, or rejects and nothing of them stays. Null: they have to wait in the lobby first. */
  async reserve(): Promise<MediaResult<'createAttendee'> | null> {
    const { room: roomId, token, passcode, key } = this.#request;
    try {
      const reserved = await this.#session.perform('reserve', { roomId, token, passcode, key });
      return { token: this.token, userId: this.#userId, ...reserved };
    } catch (error) {
      if (isWaiting(error)) return null;
      this.#end();
      throw error;
    }
  }

  /**
   * Their events are open: they are there for others, or in the lobby, from now on, or again.
   *
   * @throws {ProtocolError} as `joinRoom`; they are as unseen as before
   */
  async open(socket: EventSocket): Promise<void> {
    const state = this.#state;
    this.#channel.connect(socket);
    this.#state = 'present';
    if (state === 'lost') this.#session.recovered();
    if (state !== 'unopened') return;
    const { room: roomId, user: userName, token, passcode, key } = this.#request;
    try {
      const entry = { roomId, userName, userId: this.#userId, token, passcode, key };
      this.#view.see(await this.#session.perform('joinRoom', entry));
    } catch (error) {
      // What becomes of it is told by events.
      if (isWaiting(error)) return;
      if (!this.#over) this.#state = 'unopened';
      throw error;
    }
  }

  /** @param intentional whether the client closed the connection */
  closed(socket: EventSocket, intentional: boolean): void {
    if (!this.#channel.uses(socket)) return;
    this.#channel.disconnect(OVER);
    if (this.#state !== 'present') return;
    if (this.#session.state === 'waiting') {
      this.#end();
      return;
    }
    this.#state = 'lost';
    if (intentional) this.#session.ended();
    else this.#session.lost();
  }

  /** Counts one request. @throws {ProtocolError} RATE_LIMITED */
  countRequest(): void {
    this.#session.countRequest();
  }

  /** Does to a producer of their own what they say. @throws {ProtocolError} NOT_FOUND */
  async handleMessage({ event, id: producerId }: MediaMessage): Promise<void> {
    switch (event) {
      case 'producerRemoved':
        await this.#session.perform('closeProducer', { producerId });
        break;
      case 'producerPaused':
        await this.#session.perform('pauseProducer', { producerId });
        break;
      case 'producerResumed':
        await this.#session.perform('resumeProducer', { producerId });
        break;
    }
  }

  connectSender({ dtlsParameters }: MediaInput<'connectSender'>) {
    return this.#session.perform('connectProducerTransport', { dtlsParameters });
  }

  connectReceiver({ dtlsParameters }: MediaInput<'connectReceiver'>) {
    return this.#session.perform('connectConsumerTransport', { dtlsParameters });
  }

  async createProducer({ kind, type, rtpParameters, paused = false }: MediaInput<'createProducer'>) {
    const request = { kind, source: SOURCE_OF[type], rtpParameters, paused, held: true };
    const { producerId: id } = await this.#session.perform('produce', request);
    this.#view.add({ user: this.#request.user, userId: this.#userId, type, kind, id, paused });
    return { id };
  }

  async producers() {
    const producers = await this.#look();
    const known = producers.map(described);
    return { producers: this.#visible ? known : known.map(({ id, kind, type }) => ({ id, kind, type })) };
  }

  async createConsumer({ producerId, rtpCapabilities, paused = false }: MediaInput<'createConsumer'>) {
    // Who is visible was told of each; before, only what was asked for is known.
    if (!this.#view.find(producerId)) await this.#look(producerId);
    const producer = this.#view.find(producerId);
    if (!producer) throw new ProtocolError('NOT_FOUND', 'This room has no such producer.');
    const { id, kind, rtpParameters } = await this.#session.perform('consume', { producerId, rtpCapabilities });
    await this.#session.perform(paused ? 'pauseConsumer' : 'resumeConsumer', { consumerId: id });
    return { id, producerId, kind, type: producer.type, rtpParameters, paused: paused || !this.#visible };
  }

  resumeConsumer({ id }: MediaInput<'resumeConsumer'>) {
    return this.#session.perform('resumeConsumer', { consumerId: id });
  }

  async attendees() {
    if (!this.#visible && this.#session.state !== 'waiting') {
      throw new ProtocolError('NOT_JOINED', 'Open the events first: who sees others is seen by them.');
    }
    const { participants } = await this.#session.perform('describeParticipants', {});
    return {
      attendees: participants.map(({ userName: user, userId, joinedAt }) => ({ user, userId, joinedAt })),
    };
  }

  leave() {
    this.#end();
    return {};
  }

  /** Takes in what others send: all of it, or this producer. */
  async #look(producerId?: string) {
    const asked = producerId === undefined ? {} : { producerId };
    const { producers } = await this.#session.perform('describeProducers', asked);
    this.#view.see({ producers });
    return producers;
  }

  /** Whether the others see this attendee. Before that, the attendee learns nothing about the others. */
  get #visible(): boolean {
    return this.#session.state === 'joined' || this.#session.state === 'disconnected';
  }

  get #over(): boolean {
    return this.#state === 'over';
  }

  #handleEvent(event: MeetingEvent): void {
    const [name, payload] = event;
    if (name === 'removed' || name === 'roomClosed') {
      // The meeting lets go of them next.
      this.#closeReason = { ...OVER, reason: payload.reason };
    } else if (name === 'mediaRestarted') {
      // Their transports are gone, and this API has no call that makes others.
      this.#leaveSoon(MEDIA_RESTARTED);
    } else if (name === 'admitted') {
      this.#view.see(payload);
      this.#takePlace().catch(() => this.#leaveSoon(MEDIA_RESTARTED));
    } else {
      const told = this.#view.translate(event);
      if (told && this.#early) this.#early.push(told);
      else if (told) this.#tell(told);
      // The meeting lets go of them next.
      if (name === 'denied') this.#closeReason = { ...OVER, reason: payload.reason };
    }
  }

  /** Makes their transports, after they were admitted from the lobby. */
  async #takePlace(): Promise<void> {
    this.#early = [];
    const [{ rtpCapabilities: routerRtpCapabilities }, sendTransport, recvTransport] = await Promise.all([
      this.#session.perform('getRouterRtpCapabilities', {}),
      this.#session.perform('createProducerTransport', {}),
      this.#session.perform('createConsumerTransport', {}),
    ]);
    const place = { token: this.token, userId: this.#userId, routerRtpCapabilities, sendTransport, recvTransport };
    const early = this.#early.splice(0);
    this.#early = null;
    for (const event of [{ event: 'admitted' as const, ...place }, ...early]) this.#tell(event);
  }

  #tell(event: MediaEvent): void {
    if (!this.#channel.send(event)) this.#leaveSoon(UNREAD);
  }

  /** Deferred, because the meeting may be iterating over its participants to send them an event. */
  #leaveSoon(closeReason: CloseReason): void {
    this.#closeReason = closeReason;
    queueMicrotask(() => this.#end());
  }

  #end(): void {
    if (this.#over) return;
    this.#state = 'over';
    this.#channel.disconnect(this.#closeReason);
    this.#session.ended();
    this.#onOver(this);
  }
}

/** Whether this refuses somebody because they are to be admitted from the lobby first. */
function isWaiting(error: unknown): boolean {
  return error instanceof ProtocolError && error.code === 'WAITING';
}
