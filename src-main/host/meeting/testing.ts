/** Stand-ins for tests of the rules alone: time that moves when told, and media that only keeps books. */
import {
  type Direction,
  type DtlsParameters,
  type EventPayload,
  ProtocolError,
  type RtpCapabilities,
  type RtpParameters,
  type TransportOptions,
  requests,
} from '../../../src-shared/protocol/index.ts';
import { openMemoryStore } from '../store/index.ts';
import { createTokens } from '../tokens/index.ts';
import type { ClientConnection, MeetingEvent } from './connection/client-connection.ts';
import type { Log } from './log.ts';
import { type MeetingSession, Rooms } from './rooms.ts';
import type { MeetingHandlers, OperationName } from './session/operations.ts';
import type {
  Clock,
  Media,
  MediaConsumer,
  MediaParticipant,
  MediaProducer,
  MediaProducerListener,
  MediaRoom,
  MediaRoomListener,
  ProduceOptions,
  Store,
  Tokens,
} from './ports.ts';

export class FakeClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #timers = new Set<{ at: number; run: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Time passes and timers fire when they are due. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }

  /** The computer sleeps: time passes, and every timer fires that much later. */
  sleep(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers) timer.at += ms;
  }

  #next(end: number) {
    return [...this.#timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  }
}

export const capabilities: RtpCapabilities = { codecs: [], headerExtensions: [] };
export const rtpParameters: RtpParameters = { codecs: [] };

/** One room's media; `calls` names what was asked of it, in order. */
export class FakeMedia implements Media, MediaRoom {
  readonly rtpCapabilities = capabilities;
  readonly calls: string[] = [];
  readonly producers = new Map<string, { paused: boolean }>();
  readonly consumers = new Map<string, { paused: boolean }>();
  /** The preferred layers of consumers, as asked last. */
  readonly layers = new Map<string, { spatialLayer: number; temporalLayer?: number | undefined }>();
  readonly unplayable = new Set<string>();
  /** What the consumer of a producer waits for. */
  readonly slow = new Map<string, Promise<unknown>>();
  /** What the next transport fails with. */
  failure: Error | null = null;
  open = 0;
  #listener: MediaRoomListener | null = null;

  get room(): MediaRoomListener {
    if (!this.#listener) throw new Error('No room is open.');
    return this.#listener;
  }

  openRoom(listener: MediaRoomListener): Promise<MediaRoom> {
    this.#listener = listener;
    this.open++;
    return Promise.resolve(this);
  }

  openParticipant(): MediaParticipant {
    return new FakeParticipant(this);
  }

  close(): void {
    this.open--;
  }
}

class FakeParticipant implements MediaParticipant {
  readonly #media: FakeMedia;
  /** Of the producers on the send transport. */
  readonly #listeners = new Set<MediaProducerListener>();

  constructor(media: FakeMedia) {
    this.#media = media;
  }

  async createTransport(direction: Direction, { data = false } = {}): Promise<TransportOptions> {
    await this.#done(`createTransport ${direction}${data ? ' with data' : ''}`);
    const { failure } = this.#media;
    this.#media.failure = null;
    if (failure) throw failure;
    if (direction === 'send') for (const listener of this.#listeners) listener.onEnd();
    return {
      id: direction,
      iceParameters: { usernameFragment: '', password: '' },
      iceCandidates: [],
      dtlsParameters: { fingerprints: [] },
      iceServers: [],
    };
  }

  async connectTransport(direction: Direction, _: DtlsParameters, transportId = direction as string): Promise<void> {
    requireOwn(direction, transportId);
    await this.#done(`connectTransport ${direction}`);
  }

  async restartIce(transportId: string) {
    await this.#done(`restartIce ${transportId}`);
    return { usernameFragment: '', password: '' };
  }

  async warmUp() {
    await this.#done('warmUp');
    return { id: 'warm', dataProducerId: 'up', sctpStreamParameters: {}, label: '', protocol: '' };
  }

  async produce(
    { producerId, paused, transportId = 'send' }: ProduceOptions,
    listener: MediaProducerListener,
  ): Promise<MediaProducer> {
    requireOwn('send', transportId);
    await this.#done('produce');
    const { producers } = this.#media;
    producers.set(producerId, { paused });
    this.#listeners.add(listener);
    return {
      topLayer: 2,
      pause: () => setPaused(producers, producerId, true),
      resume: () => setPaused(producers, producerId, false),
      close: () => {
        this.#listeners.delete(listener);
        producers.delete(producerId);
      },
    };
  }

  async consume(producerId: string): Promise<MediaConsumer> {
    await this.#done('consume');
    await this.#media.slow.get(producerId);
    if (this.#media.unplayable.has(producerId)) throw new ProtocolError('CANNOT_CONSUME', 'No codec in common.');
    const id = crypto.randomUUID();
    const { consumers, layers, calls } = this.#media;
    consumers.set(id, { paused: true });
    return {
      description: { id, producerId, kind: 'video', rtpParameters, type: 'simple', producerPaused: true },
      pause: () => setPaused(consumers, id, true),
      resume: () => {
        calls.push(`resumeConsumer ${id}`);
        return setPaused(consumers, id, false);
      },
      setPreferredLayers: async (wanted) => {
        layers.set(id, wanted);
        await this.#done(`setPreferredLayers ${id}`);
      },
      setPriority: (priority) => this.#done(`setConsumerPriority ${id} ${priority}`),
    };
  }

  close(): void {
    this.#media.calls.push('close');
  }

  #done(call: string): Promise<void> {
    this.#media.calls.push(call);
    return Promise.resolve();
  }
}

function setPaused(all: Map<string, { paused: boolean }>, id: string, paused: boolean): Promise<void> {
  const found = all.get(id);
  if (!found) return Promise.reject(new ProtocolError('NOT_FOUND', 'Not there.'));
  found.paused = paused;
  return Promise.resolve();
}

/** A transport's id is its direction here. */
function requireOwn(direction: Direction, transportId: string): void {
  if (transportId !== direction) throw new ProtocolError('NOT_FOUND', 'Not there.');
}

/** A person's end of a connection: remembers what it was told. */
export class FakeConnection implements ClientConnection {
  readonly id: string;
  readonly remoteAddress: string;
  readonly localAddress = '192.0.2.200';
  readonly events: MeetingEvent[] = [];
  closed = false;
  /** Why it was closed. */
  reason: string | null = null;

  constructor(id: string, remoteAddress = '192.0.2.1') {
    this.id = id;
    this.remoteAddress = remoteAddress;
  }

  readonly notify = (...event: MeetingEvent): void => {
    this.events.push(event);
  };

  close(reason?: string): void {
    this.closed = true;
    this.reason = reason ?? null;
  }

  /** The names of what it was told since last asked, in order. */
  takeNames(): string[] {
    return this.events.splice(0).map(([name]) => name);
  }

  /** The payloads of every `name` it was told. */
  told<Name extends MeetingEvent[0]>(name: Name): EventPayload<Name>[] {
    return this.events
      .filter((event): event is Extract<MeetingEvent, [Name, ...unknown[]]> => event[0] === name)
      .map(([, payload]) => payload);
  }
}

/** The memory of a host that has just been installed: the real store, without a file. */
export function freshMemory(): { store: Store; tokens: Tokens } {
  return { store: openMemoryStore(), tokens: createTokens(new Uint8Array(32).fill(7)) };
}

/** Stands for the host's own way to see one network in many addresses. */
export const networkOf = (address: string): string => address.split('::')[0] ?? address;

type MeetingRequests = {
  [Name in OperationName]: (
    payload: Parameters<MeetingHandlers[Name]>[0],
  ) => Promise<Awaited<ReturnType<MeetingHandlers[Name]>>>;
};

/** Of meetings: the requests of the contract, and what only the HTTP media API asks for. */
export const OPERATION_NAMES = [...Object.keys(requests), 'reserve', 'describeParticipants', 'describeProducers'];

/** The operations of a session by their names. */
export function operationsOf(session: MeetingSession): MeetingRequests {
  const perform = (name: string) => (payload: object) =>
    Promise.try(() => session.perform(name as never, payload as never));
  return Object.fromEntries(OPERATION_NAMES.map((name) => [name, perform(name)])) as unknown as MeetingRequests;
}

/** A host with one room, and people who can come to it. */
export async function hostOneRoom({ store, tokens } = freshMemory()) {
  const clock = new FakeClock();
  const media = new FakeMedia();
  const warnings: string[] = [];
  const log: Log = {
    info: () => undefined,
    warn: (message) => warnings.push(message),
    error: (message) => warnings.push(message),
  };
  const rooms = new Rooms({ media, store, tokens, clock, log, addressKey: networkOf });
  const { roomId, hostToken } = await rooms.create({ hostName: 'Ada' });

  const connect = (id: string, remoteAddress?: string, token?: string, options?: { within?: number }) => {
    const connection = new FakeConnection(id, remoteAddress);
    const session = rooms.connect(connection, token, options);
    return { connection, session, ...operationsOf(session) };
  };
  const join = async (userName: string, more: Partial<Parameters<ReturnType<typeof connect>['joinRoom']>[0]> = {}) => {
    const participant = connect(`socket-of-${userName}-${crypto.randomUUID()}`);
    const answer = await participant.joinRoom({ roomId, userName, userId: userName, ...more });
    return { ...participant, answer };
  };
  const prepare = async (id: string) => {
    const participant = connect(id);
    const prepared = await participant.prepare({ roomId, rtpCapabilities: capabilities });
    return { ...participant, prepared };
  };
  return { clock, media, store, tokens, log, rooms, warnings, roomId, hostToken, connect, join, prepare };
}
