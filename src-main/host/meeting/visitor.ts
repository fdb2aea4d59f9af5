import { MAX_TRANSPORTS_PER_MINUTE } from '../../../src-shared/limits.ts';
import {
  type Answer,
  type Direction,
  type Payload,
  ProtocolError,
  type RequestName,
  type TransportOptions,
} from '../../../src-shared/protocol/index.ts';
import type { Connection } from './connection.ts';
import type { Participant } from './participant.ts';
import type { Clock } from './ports.ts';
import { Rate } from './rate.ts';
import type { Room } from './room.ts';
import { Serial } from './serial.ts';
import type { Unjoined } from './unjoined.ts';

/** Every operation of the meeting: what a gateway translates its messages to. All throw or reject with `ProtocolError`. */
export type Operations = {
  [Name in RequestName]: (payload: Payload<Name>) => Answer<Name> | Promise<Answer<Name>>;
};

/** Where a visitor is: in which room, as whom. */
interface Place {
  readonly room: Room;
  readonly person: Participant;
}

const MINUTE_MS = 60_000;

/** What one connection may ask for, and what becomes of it when the connection ends. */
export class Visitor implements Operations {
  readonly #connection: Connection;
  /** The token of the connection itself; one in a message wins. */
  readonly #token: string | undefined;
  readonly #findRoom: (roomId: string) => Room;
  readonly #unjoined: Unjoined;
  readonly #transports: Rate;
  readonly #comingAndGoing = new Serial();
  #place: Place | null = null;
  #connected = true;

  constructor(options: {
    connection: Connection;
    token?: string | undefined;
    findRoom: (roomId: string) => Room;
    unjoined: Unjoined;
    clock: Clock;
  }) {
    this.#connection = options.connection;
    this.#token = options.token;
    this.#findRoom = options.findRoom;
    this.#unjoined = options.unjoined;
    this.#transports = new Rate(options.clock, MAX_TRANSPORTS_PER_MINUTE, MINUTE_MS);
    this.#unjoined.add(this.#connection);
  }

  // --- the connection ---------------------------------------------------------------------------

  /** The connection ended by the person's own will: they are gone at once. */
  left(): void {
    this.#connected = false;
    this.#unjoined.remove(this.#connection);
    this.#leavePlace();
  }

  /** The connection was lost: someone who has joined keeps seat and media for `RECOVERY_MS`. */
  lost(): void {
    if (this.#place?.person.stage === 'joined') {
      this.#connected = false;
      this.#place.room.lose(this.#place.person);
    } else {
      this.left();
    }
  }

  /** The connection is back. False: nothing was kept, and this visitor is over. */
  recovered(): boolean {
    if (!this.#place?.person.lost) return false;
    this.#connected = true;
    this.#place.room.recover(this.#place.person);
    return true;
  }

  // --- coming and going -------------------------------------------------------------------------

  prepare(request: Payload<'prepare'>): Promise<Answer<'prepare'>> {
    return this.#comingAndGoing.run(async () => {
      this.#refuseJoined();
      const room = this.#findRoom(request.roomId);
      this.#countTransports(2);
      this.#leavePlace();
      const person = this.#enter(room);
      return this.#orLeave({ room, person }, async () => {
        room.prepare(person, { token: request.token ?? this.#token });
        const receivable = () => room.floor.receivable(person);
        const opened = await person.openMedia(receivable, request.rtpCapabilities, { data: true });
        const warmUp = await person.warmUp();
        return { routerRtpCapabilities: room.routerRtpCapabilities, ...opened, warmUp };
      });
    });
  }

  joinRoom(request: Payload<'joinRoom'>): Promise<Answer<'joinRoom'>> {
    return this.#comingAndGoing.run(async () => {
      this.#refuseJoined();
      const room = this.#findRoom(request.roomId);
      if (this.#place?.room !== room) this.#leavePlace();
      const prepared = this.#place?.person;
      const { rtpCapabilities, transports = false } = request;
      const wanted = !prepared && transports ? rtpCapabilities : undefined;
      if (wanted) this.#countTransports(2);

      const person = prepared ?? this.#enter(room);
      const join = async () => {
        room.join(person, { ...request, token: request.token ?? this.#token });
        this.#unjoined.remove(this.#connection);
        if (!prepared && rtpCapabilities) person.rtpCapabilities = rtpCapabilities;
        if (!wanted) return {};
        const opened = await person.openMedia(() => room.floor.receivable(person), wanted, { data: false });
        return { routerRtpCapabilities: room.routerRtpCapabilities, ...opened };
      };
      const media = await (prepared ? join() : this.#orLeave({ room, person }, join));
      const { userId, role, token } = person.seat;
      return { ...room.describeFor(person), userId, role, isHost: role === 'host', sessionToken: token, ...media };
    });
  }

  leaveRoom() {
    return this.#comingAndGoing.run(() => {
      this.#here();
      this.#leavePlace();
      return {};
    });
  }

  // --- among people -----------------------------------------------------------------------------

  sendMessage({ roomId, message, to }: Payload<'sendMessage'>): Answer<'sendMessage'> {
    const { room, person } = this.#joined();
    if (room.id !== roomId) throw new ProtocolError('NOT_FOUND', 'You are not in that meeting.');
    return { messageId: room.say(person, message, to).id };
  }

  raiseHand({ raised }: Payload<'raiseHand'>) {
    const { room, person } = this.#joined();
    room.change(person, { hand: raised });
    return {};
  }

  react({ reaction }: Payload<'react'>) {
    const { room, person } = this.#joined();
    room.react(person, reaction);
    return {};
  }

  setName({ userName }: Payload<'setName'>) {
    const { room, person } = this.#joined();
    room.change(person, { userName });
    return {};
  }

  // --- transports -------------------------------------------------------------------------------

  getRouterRtpCapabilities({ roomId }: Payload<'getRouterRtpCapabilities'>): Answer<'getRouterRtpCapabilities'> {
    const room = roomId === undefined ? this.#here().room : this.#findRoom(roomId);
    return { rtpCapabilities: room.routerRtpCapabilities };
  }

  createProducerTransport(): Promise<TransportOptions> {
    return this.#createTransport('send');
  }

  createConsumerTransport(): Promise<TransportOptions> {
    return this.#createTransport('recv');
  }

  async connectProducerTransport({ dtlsParameters }: Payload<'connectProducerTransport'>) {
    await this.#here().person.connectTransport('send', dtlsParameters);
    return {};
  }

  async connectConsumerTransport({ dtlsParameters }: Payload<'connectConsumerTransport'>) {
    await this.#here().person.connectTransport('recv', dtlsParameters);
    return {};
  }

  async restartIce({ transportId }: Payload<'restartIce'>): Promise<Answer<'restartIce'>> {
    return { iceParameters: await this.#here().person.restartIce(transportId) };
  }

  // --- sending ----------------------------------------------------------------------------------

  async produce(request: Payload<'produce'>): Promise<Answer<'produce'>> {
    return { producerId: await this.#here().person.sending.produce(request) };
  }

  async pauseProducer({ producerId }: Payload<'pauseProducer'>) {
    await this.#here().person.sending.pause(producerId);
    return {};
  }

  async resumeProducer({ producerId }: Payload<'resumeProducer'>) {
    await this.#here().person.sending.resume(producerId);
    return {};
  }

  async closeProducer({ producerId }: Payload<'closeProducer'>) {
    await this.#here().person.sending.close(producerId);
    return {};
  }

  // --- receiving --------------------------------------------------------------------------------

  getProducers(): Answer<'getProducers'> {
    const { room, person } = this.#joined();
    return { producers: room.floor.describeFor(person) };
  }

  consume({ producerId, rtpCapabilities }: Payload<'consume'>): Promise<Answer<'consume'>> {
    const { room, person } = this.#here();
    return person.receiving.consume(room.floor.find(producerId), rtpCapabilities);
  }

  async consumeAll({ rtpCapabilities }: Payload<'consumeAll'>): Promise<Answer<'consumeAll'>> {
    const { room, person } = this.#here();
    return { consumers: await person.receiving.consumeAll(room.floor.receivable(person), rtpCapabilities) };
  }

  async resumeConsumer({ consumerId }: Payload<'resumeConsumer'>) {
    await this.#here().person.receiving.resume([consumerId]);
    return {};
  }

  async resumeConsumers({ consumerIds }: Payload<'resumeConsumers'>) {
    await this.#here().person.receiving.resume(consumerIds);
    return {};
  }

  async pauseConsumer({ consumerId }: Payload<'pauseConsumer'>) {
    await this.#here().person.receiving.pause(consumerId);
    return {};
  }

  async setPreferredLayers(request: Payload<'setPreferredLayers'>) {
    await this.#here().person.receiving.setPreferredLayers(request);
    return {};
  }

  // --- where they are ---------------------------------------------------------------------------

  #here(): Place {
    if (!this.#place) throw notJoined();
    return this.#place;
  }

  #joined(): Place {
    const place = this.#here();
    if (place.person.stage === 'prepared') throw notJoined();
    return place;
  }

  #refuseJoined(): void {
    if (!this.#place || this.#place.person.stage === 'prepared') return;
    throw new ProtocolError('CONFLICT', 'You are in a meeting already; leave it first.');
  }

  #enter(room: Room): Participant {
    // Asked for before the connection ended, begun after.
    if (!this.#connected) throw notJoined();
    const person = room.newPerson(this.#connection, () => {
      this.#place = null;
      if (this.#connected) this.#unjoined.add(this.#connection);
    });
    this.#place = { room, person };
    return person;
  }

  #leavePlace(): void {
    if (this.#place) this.#place.room.leave(this.#place.person);
  }

  /** What `work` gives; if it fails, or the person goes meanwhile, nothing of them stays. */
  async #orLeave<Result>({ room, person }: Place, work: () => Promise<Result>): Promise<Result> {
    try {
      const result = await work();
      if (person.stage === 'gone') throw notJoined();
      return result;
    } catch (error) {
      room.leave(person);
      throw error;
    }
  }

  #createTransport(direction: Direction): Promise<TransportOptions> {
    const { person } = this.#here();
    this.#countTransports(1);
    return person.createTransport(direction);
  }

  #countTransports(count: number): void {
    if (this.#transports.take(count)) return;
    throw new ProtocolError('RATE_LIMITED', 'Too many media connections in a short time. Wait a minute.');
  }
}

function notJoined(): ProtocolError {
  return new ProtocolError('NOT_JOINED', 'Join the meeting first.');
}
