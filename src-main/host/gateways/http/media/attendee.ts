import { UNOPENED_EVENTS_MS } from '../../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../../src-shared/protocol/index.ts';
import type { AttendeeCallName, MediaInput, MediaResult } from '../../../../../src-shared/protocol/media-api.ts';
import { EVENTS_CLOSED, type MediaMessage } from '../../../../../src-shared/protocol/media-events.ts';
import { type Ends, type Meetings, type MeetingEvent, type Visitor, newSecret } from '../../../meeting/index.ts';
import { EventLine, type EventSocket } from './event-line.ts';
import { SOURCE_OF } from './types.ts';
import { View, described } from './view.ts';

/** What an attendee may ask for, one method per call. */
export type AttendeeCalls = {
  [Name in AttendeeCallName]: (input: MediaInput<Name>) => MediaResult<Name> | Promise<MediaResult<Name>>;
};

/** How the events socket of someone who is in no more is closed. */
interface Farewell {
  readonly code: number;
  readonly reason: string;
}

const OVER: Farewell = { code: EVENTS_CLOSED.over, reason: 'You are not in the meeting any more.' };
const UNREAD: Farewell = { code: EVENTS_CLOSED.refused, reason: 'Too much has happened since the events were lost.' };
const MEDIA_RESTARTED: Farewell = {
  code: EVENTS_CLOSED.mediaRestarted,
  reason: 'The host has restarted its media. Create the attendee anew.',
};

/** Someone who came over the HTTP media API: unseen until their events are open, gone when those are lost for good. */
export class Attendee implements AttendeeCalls {
  readonly token = newSecret();
  readonly #userId = crypto.randomUUID();
  readonly #room: string;
  readonly #user: string;
  readonly #visitor: Visitor;
  readonly #onOver: (attendee: Attendee) => void;
  readonly #line = new EventLine();
  readonly #view = new View();
  #farewell = OVER;
  #stage: 'unopened' | 'present' | 'lost' | 'over' = 'unopened';

  /** @throws {ProtocolError} LIMIT */
  constructor(options: {
    meetings: Meetings;
    ends: Ends;
    room: string;
    user: string;
    /** Called once: the token is of no more use. */
    onOver: (attendee: Attendee) => void;
  }) {
    const { meetings, ends } = options;
    this.#room = options.room;
    this.#user = options.user;
    this.#onOver = options.onOver;
    const connection = {
      ...ends,
      id: crypto.randomUUID(),
      notify: (...event: MeetingEvent) => this.#hear(event),
      close: (reason: string) => {
        this.#farewell = { ...OVER, reason };
        this.#end();
      },
    };
    const onGone = () => this.#end();
    this.#visitor = meetings.arrive(connection, undefined, { within: UNOPENED_EVENTS_MS, onGone });
  }

  /** Makes their transports, or rejects and nothing of them stays. */
  async reserve(): Promise<MediaResult<'createAttendee'>> {
    try {
      const reserved = await this.#visitor.operations.reserve({ roomId: this.#room });
      return { token: this.token, userId: this.#userId, ...reserved };
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  /**
   * Their events are open: they are there for others from now on, or again.
   *
   * @throws {ProtocolError} as `joinRoom`; they are as unseen as before
   */
  async open(socket: EventSocket): Promise<void> {
    const stage = this.#stage;
    this.#line.connect(socket);
    this.#stage = 'present';
    if (stage === 'lost') this.#visitor.recovered();
    if (stage !== 'unopened') return;
    try {
      const entry = { roomId: this.#room, userName: this.#user, userId: this.#userId };
      this.#view.see(await this.#visitor.operations.joinRoom(entry));
    } catch (error) {
      if (!this.#over) this.#stage = 'unopened';
      throw error;
    }
  }

  /** @param willed whether the other end said that it goes */
  closed(socket: EventSocket, willed: boolean): void {
    if (!this.#line.uses(socket)) return;
    this.#line.disconnect(OVER);
    if (this.#stage !== 'present') return;
    this.#stage = 'lost';
    if (willed) this.#visitor.left();
    else this.#visitor.lost();
  }

  /** Does to a producer of their own what they say. @throws {ProtocolError} NOT_FOUND */
  async heed({ event, id: producerId }: MediaMessage): Promise<void> {
    const { closeProducer, pauseProducer, resumeProducer } = this.#visitor.operations;
    switch (event) {
      case 'producerRemoved':
        await closeProducer({ producerId });
        break;
      case 'producerPaused':
        await pauseProducer({ producerId });
        break;
      case 'producerResumed':
        await resumeProducer({ producerId });
        break;
    }
  }

  connectSender({ dtlsParameters }: MediaInput<'connectSender'>) {
    return this.#visitor.operations.connectProducerTransport({ dtlsParameters });
  }

  connectReceiver({ dtlsParameters }: MediaInput<'connectReceiver'>) {
    return this.#visitor.operations.connectConsumerTransport({ dtlsParameters });
  }

  async createProducer({ kind, type, rtpParameters, paused = false }: MediaInput<'createProducer'>) {
    const request = { kind, source: SOURCE_OF[type], rtpParameters, paused, held: true };
    const { producerId: id } = await this.#visitor.operations.produce(request);
    this.#view.add({ user: this.#user, userId: this.#userId, type, kind, id, paused });
    return { id };
  }

  producers() {
    const { producers } = this.#visitor.operations.look();
    this.#view.see({ producers });
    return { producers: producers.map(described) };
  }

  async createConsumer({ producerId, rtpCapabilities, paused = false }: MediaInput<'createConsumer'>) {
    this.producers();
    const producer = this.#view.find(producerId);
    if (!producer) throw new ProtocolError('NOT_FOUND', 'This room has no such producer.');
    const { consume, pauseConsumer, resumeConsumer } = this.#visitor.operations;
    const { id, kind, rtpParameters } = await consume({ producerId, rtpCapabilities });
    await (paused ? pauseConsumer : resumeConsumer)({ consumerId: id });
    return { id, producerId, kind, type: producer.type, rtpParameters, paused };
  }

  resumeConsumer({ id }: MediaInput<'resumeConsumer'>) {
    return this.#visitor.operations.resumeConsumer({ consumerId: id });
  }

  attendees() {
    const { present } = this.#visitor.operations.look();
    return { attendees: present.map(({ userName: user, userId, joinedAt }) => ({ user, userId, joinedAt })) };
  }

  leave() {
    this.#end();
    return {};
  }

  get #over(): boolean {
    return this.#stage === 'over';
  }

  #hear(event: MeetingEvent): void {
    const [name, payload] = event;
    if (name === 'removed' || name === 'roomClosed') {
      // The meeting lets go of them next.
      this.#farewell = { ...OVER, reason: payload.reason };
    } else if (name === 'mediaRestarted') {
      // Their transports are gone, and this API has no call that makes others.
      this.#leaveSoon(MEDIA_RESTARTED);
    } else {
      const told = this.#view.translate(event);
      if (told && !this.#line.send(told)) this.#leaveSoon(UNREAD);
    }
  }

  /** Not at once: the meeting is just going through its people, to tell them something. */
  #leaveSoon(farewell: Farewell): void {
    this.#farewell = farewell;
    queueMicrotask(() => this.#end());
  }

  #end(): void {
    if (this.#over) return;
    this.#stage = 'over';
    this.#line.disconnect(this.#farewell);
    this.#visitor.left();
    this.#onOver(this);
  }
}
