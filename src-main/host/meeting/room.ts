import {
  EMPTY_ROOM_MS,
  MAX_PARTICIPANTS_PER_ROOM,
  MAX_PREPARED_PER_ROOM,
  RECOVERY_MS,
} from '../../../src-shared/limits.ts';
import {
  type ChatMessage,
  type Participant as ParticipantInfo,
  type Producer,
  ProtocolError,
  type Role,
  type Room as RoomDescription,
  type RoomInfo,
  type RtpCapabilities,
} from '../../../src-shared/protocol/index.ts';
import { Chat } from './chat.ts';
import type { Connection } from './connection.ts';
import { Floor } from './floor.ts';
import type { Log } from './log.ts';
import { Participant } from './participant.ts';
import { People, type Present } from './people.ts';
import type { Clock, Media, MediaRoom } from './ports.ts';
import { successor } from './roles.ts';
import { type Seat, Seats } from './seats.ts';
import { newSecret, sameSecret } from './secret.ts';

/** How someone wants to come in. */
export interface Entry {
  userName: string;
  userId?: string | undefined;
  token?: string | undefined;
  sessionToken?: string | undefined;
}

interface RoomOptions {
  id: string;
  name: string;
  clock: Clock;
  log: Log;
  /** Called once, when the room has ended. */
  onEnd: () => void;
}

const NOBODY_CAME = 'Nobody came.';
const EVERYONE_LEFT = 'Everyone has left.';
const MEDIA_FAILED = 'The host could not restart its sound and pictures. Open a new room to go on.';

/** One meeting: who is in, who leads, what is said and shown. */
export class Room {
  readonly id: string;
  readonly hostToken = newSecret();
  readonly floor: Floor;
  readonly #name: string;
  readonly #media: MediaRoom;
  readonly #people: People;
  readonly #seats = new Seats();
  readonly #chat = new Chat();
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onEnd: () => void;
  /** Ends the wait for someone to join; null: someone is in. */
  #stopWaiting: (() => void) | null = null;
  #ended = false;

  private constructor(options: RoomOptions, media: MediaRoom, people: People, floor: Floor) {
    this.id = options.id;
    this.#name = options.name;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#onEnd = options.onEnd;
    this.#media = media;
    this.#people = people;
    this.floor = floor;
    this.#waitForSomeone(EMPTY_ROOM_MS, NOBODY_CAME);
  }

  /** @throws {ProtocolError} FULL: the media processes have no room left. */
  static async open(media: Media, options: RoomOptions): Promise<Room> {
    const people = new People();
    const floor = new Floor(people);
    const mediaRoom = await media.openRoom({
      activeSpeaker: (producerId) => floor.speaks(producerId),
      audioLevels: (levels) => floor.hear(levels),
      restarted: () => {
        floor.clear();
        for (const person of people.everyone) person.mediaRestarted();
        people.tellEveryone(['mediaRestarted', {}]);
      },
      failed: () => room.close(MEDIA_FAILED),
    });
    const room = new Room(options, mediaRoom, people, floor);
    return room;
  }

  get routerRtpCapabilities(): RtpCapabilities {
    return this.#media.routerRtpCapabilities;
  }

  describe(): RoomDescription {
    return { roomId: this.id, name: this.#name, locked: false, lobby: false };
  }

  info(): RoomInfo {
    return {
      ...this.describe(),
      participants: this.#people.count,
      routerRtpCapabilities: this.routerRtpCapabilities,
    };
  }

  /** What someone who comes in finds. */
  describeFor(person: Participant): {
    room: RoomDescription;
    participants: ParticipantInfo[];
    producers: Producer[];
    messages: ChatMessage[];
  } {
    return {
      room: this.describe(),
      participants: this.#people.joined.map((other) => other.describe()),
      producers: this.floor.describeFor(person),
      messages: this.#chat.history(person.seat),
    };
  }

  /** Who is in, those whose connection is lost included, in the order they came. */
  get present(): Present[] {
    return this.#people.joined.map(({ seat: { userId, userName }, joinedAt }) => ({ userId, userName, joinedAt }));
  }

  /** Someone new, who is nobody yet. */
  newPerson(connection: Connection, onGone: () => void): Participant {
    return new Participant({ connection, media: this.#media, listener: this.floor, onGone, log: this.#log });
  }

  /**
   * Whether someone with this token may come in, and whether as host.
   *
   * @throws {ProtocolError} NOT_FOUND, exactly as if the room were not there
   */
  holdsHost(token: string | undefined): boolean {
    if (token === undefined) return false;
    if (!sameSecret(this.hostToken, token)) throw roomNotFound();
    return true;
  }

  /** @throws {ProtocolError} NOT_FOUND, FULL, LIMIT */
  prepare(person: Participant, { token }: { token?: string | undefined }): void {
    this.holdsHost(token);
    if (this.#people.count >= MAX_PARTICIPANTS_PER_ROOM) throw full();
    if (this.#people.preparedCount >= MAX_PREPARED_PER_ROOM) {
      throw new ProtocolError('LIMIT', 'Many people are getting ready just now. You can still join directly.');
    }
    this.#people.addPrepared(person);
  }

  /** @throws {ProtocolError} NOT_FOUND, CONFLICT, FULL; nothing has changed then */
  join(person: Participant, entry: Entry): void {
    const holdsHost = this.holdsHost(entry.token);
    const kept = entry.sessionToken === undefined ? null : this.#seats.find(entry.sessionToken);
    const userId = kept?.userId ?? entry.userId ?? crypto.randomUUID();
    const earlier = this.#people.find(userId);
    if (earlier && earlier.seat !== kept) {
      throw new ProtocolError('CONFLICT', 'Someone with this user id is in the meeting already.');
    }
    if (!earlier && this.#people.count >= MAX_PARTICIPANTS_PER_ROOM) throw full();

    this.#stopWaiting?.();
    this.#stopWaiting = null;
    const seat = kept ?? this.#seats.issue(userId);
    seat.userName = entry.userName;
    const host = this.#people.joined.find((other) => other.seat.role === 'host');
    if (holdsHost || (!host && seat.role !== 'viewer')) seat.role = 'host';
    if (holdsHost && host && host !== earlier) this.#setRole(host, 'participant');
    const joinedAt = earlier?.joinedAt ?? this.#clock.now();
    if (earlier) this.#displace(earlier);
    person.sit(seat, joinedAt);
    this.#people.addJoined(person);
    if (earlier) this.#tellOf(person, person);
    else this.#people.tell(['peer-joined', person.describe(), this.floor.broughtBy(person)], person);
    person.receiving.goLive();
    person.sending.goLive();
  }

  /**
   * Ends a person's life here, at whatever stage it is. A room that everyone has left waits as long as
   * for a lost connection: whoever is alone and loads the page anew finds it again.
   */
  leave(person: Participant): void {
    const joined = this.#remove(person);
    if (joined && this.#people.count === 0) this.#waitForSomeone(RECOVERY_MS, EVERYONE_LEFT);
  }

  /** Undoes a coming in that could not be completed: like `leave`, but the room waits for the next. */
  withdraw(person: Participant): void {
    this.#remove(person);
    if (this.#people.count === 0) this.#waitForSomeone(EMPTY_ROOM_MS, NOBODY_CAME);
  }

  lose(person: Participant): void {
    person.lose(this.#clock.after(RECOVERY_MS, () => this.#giveUp(person)));
    this.#tellOf(person, person);
  }

  recover(person: Participant): void {
    person.recover();
    this.#tellOf(person);
  }

  /** @throws {ProtocolError} NOT_JOINED, NOT_FOUND (`to` is nobody here) */
  say(person: Participant, text: string, to?: string): ChatMessage {
    const from = person.seat;
    const recipient = to === undefined ? undefined : this.#people.find(to);
    if (to !== undefined && !recipient) {
      throw new ProtocolError('NOT_FOUND', 'The person you wrote to has left the meeting.');
    }
    const message = this.#chat.add({ from, text, timestamp: this.#clock.now(), to: recipient?.seat });
    if (!recipient) this.#people.tell(['newMessage', message]);
    else for (const reader of new Set([person, recipient])) reader.connection.notify('newMessage', message);
    return message;
  }

  /** @throws {ProtocolError} NOT_JOINED */
  react(person: Participant, reaction: string): void {
    this.#people.tell(['reaction', { userId: person.seat.userId, reaction }]);
  }

  /** Changes what others see of a person. @throws {ProtocolError} NOT_JOINED */
  change(person: Participant, changes: Partial<Pick<Seat, 'hand' | 'userName' | 'role'>>): void {
    Object.assign(person.seat, changes);
    this.#tellOf(person);
  }

  /** Ends the meeting for everyone. */
  close(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopWaiting?.();
    const everyone = this.#people.everyone;
    this.#people.tellEveryone(['roomClosed', { reason }]);
    for (const person of everyone) {
      this.#people.remove(person);
      person.end();
    }
    this.#media.close();
    this.#onEnd();
  }

  /** Nobody is in: the room ends, unless someone comes. */
  #waitForSomeone(ms: number, reason: string): void {
    if (this.#ended) return;
    this.#stopWaiting ??= this.#clock.after(ms, () => this.close(reason));
  }

  /** Their recovery window is over; the room need not wait for them once more. */
  #giveUp(person: Participant): void {
    this.#remove(person);
    if (this.#people.count === 0) this.close(EVERYONE_LEFT);
  }

  /** Whether they had joined. */
  #remove(person: Participant): boolean {
    const joined = this.#people.remove(person);
    person.sending.endAll();
    if (!joined) {
      if (person.stage !== 'gone') person.end();
      return false;
    }
    const { seat } = person;
    person.end();
    this.#people.tell(['peerLeft', { socketId: person.connection.id, userId: seat.userId }]);
    if (seat.role === 'host') this.#replaceHost(seat);
    seat.hand = false;
    return true;
  }

  #setRole(person: Participant, role: Role): void {
    this.change(person, { role });
  }

  /** The same person comes through another connection. */
  #displace(earlier: Participant): void {
    earlier.sending.endAll();
    earlier.connection.notify('removed', { reason: 'You have joined from another window or device.' });
    earlier.end();
  }

  #replaceHost(left: Seat): void {
    left.role = 'participant';
    const next = successor(this.#people.joined);
    if (next) this.#setRole(next, 'host');
  }

  #tellOf(person: Participant, except?: Participant): void {
    this.#people.tell(['participantUpdated', { participant: person.describe() }], except);
  }
}

export function roomNotFound(): ProtocolError {
  return new ProtocolError('NOT_FOUND', 'There is no such meeting, or the link to it is wrong.');
}

function full(): ProtocolError {
  return new ProtocolError('FULL', `The meeting is full: it has room for ${MAX_PARTICIPANTS_PER_ROOM} people.`);
}
