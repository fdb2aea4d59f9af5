import {
  EMPTY_ROOM_MS,
  MAX_PARTICIPANTS_PER_ROOM,
  MAX_PREPARED_PER_ROOM,
  RECOVERY_MS,
  RESTORED_ROOM_MS,
  SCHEDULED_ROOM_MS,
  SPARE_PLACES_FOR_HOSTS,
} from '../../../src-shared/limits.ts';
import {
  type ChatMessage,
  type Participant as ParticipantInfo,
  type Producer,
  ProtocolError,
  type Room as RoomDescription,
  type RoomInfo,
  type RtpCapabilities,
} from '../../../src-shared/protocol/index.ts';
import { Chat } from './chat.ts';
import type { Connection } from './connection.ts';
import { Door, type Entry, type Ticket } from './door.ts';
import { Floor } from './floor.ts';
import type { Invites } from './invites.ts';
import { Lead } from './lead.ts';
import { type Log, attempt } from './log.ts';
import { Participant } from './participant.ts';
import { People, type Present } from './people.ts';
import type { Clock, Media, MediaRoom, OpenRoomRecord, Store, Tokens } from './ports.ts';
import { type Seat, Seats } from './seats.ts';

interface RoomOptions {
  record: OpenRoomRecord;
  /** Whether the host was restarted while this room was open. */
  restored: boolean;
  store: Store;
  tokens: Tokens;
  invites: Invites;
  clock: Clock;
  log: Log;
  /** Called once, when the room has ended or adjourned. */
  onEnd: () => void;
}

const NOBODY_CAME = 'Nobody came.';
const EVERYONE_LEFT = 'Everyone has left.';
const LONG_OVER = 'Nobody has been here for a long time.';
const MEDIA_FAILED = 'The host could not restart its sound and pictures. Open a new room to go on.';

/** One meeting: who is in, who leads, what is said and shown. */
export class Room {
  readonly id: string;
  readonly floor: Floor;
  readonly #record: OpenRoomRecord;
  readonly #media: MediaRoom;
  readonly #people: People;
  readonly #seats: Seats;
  readonly #lead: Lead;
  readonly #door: Door;
  readonly #chat: Chat;
  readonly #store: Store;
  readonly #invites: Invites;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onEnd: () => void;
  /** Ends the wait for someone to join; null: someone is in. */
  #stopWaiting: (() => void) | null = null;
  /** Since when nobody has been in, or was expected; epoch ms. */
  #idleSince: number;
  #ended = false;

  private constructor(options: RoomOptions, media: MediaRoom, people: People, floor: Floor) {
    const { record, restored, store, tokens, invites, clock, log } = options;
    const roomId = record.id;
    const seats = new Seats({ roomId, store, tokens, log });
    const onChange = (person: Participant) => this.#tellOf(person);
    const lead = new Lead({ people, seats, store, clock, log, awaited: record.hostSeat, onChange });
    this.id = roomId;
    this.#record = record;
    this.#store = store;
    this.#invites = invites;
    this.#clock = clock;
    this.#log = log;
    this.#onEnd = options.onEnd;
    this.#media = media;
    this.#people = people;
    this.floor = floor;
    this.#chat = new Chat({ roomId, store });
    this.#seats = seats;
    this.#lead = lead;
    this.#door = new Door({ hostTokenHash: record.hostTokenHash, tokens, invites, people, seats, lead });
    this.#idleSince = Math.max(record.createdAt, record.startsAt ?? 0, record.lastVisitAt ?? 0);
    this.#waitForSomeone(restored ? RESTORED_ROOM_MS : EMPTY_ROOM_MS, NOBODY_CAME);
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
      failed: () => room.end(MEDIA_FAILED),
    });
    const room = new Room(options, mediaRoom, people, floor);
    return room;
  }

  /** A scheduled room stays while nobody is in. */
  get scheduled(): boolean {
    return this.#record.startsAt !== null;
  }

  get routerRtpCapabilities(): RtpCapabilities {
    return this.#media.routerRtpCapabilities;
  }

  describe(): RoomDescription {
    return { roomId: this.id, name: this.#record.name, locked: false, lobby: false };
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

  /** Whether this is the room's host token. */
  isHostToken(token: string): boolean {
    return this.#door.isHostToken(token);
  }

  /** @throws {ProtocolError} NOT_FOUND, FULL, LIMIT */
  prepare(person: Participant, ticket: Ticket): void {
    this.#requirePlace(ticket);
    if (this.#people.preparedCount >= MAX_PREPARED_PER_ROOM) {
      throw new ProtocolError('LIMIT', 'Many people are getting ready just now. You can still join directly.');
    }
    person.invitedAs = ticket.invite?.role ?? null;
    this.#people.addPrepared(person);
  }

  /** @throws {ProtocolError} NOT_FOUND, CONFLICT, FULL; nothing has changed then */
  join(person: Participant, entry: Entry): void {
    const { seat, occupant, earlier } = this.#door.admit(entry);
    if (!earlier) this.#requirePlace(entry);
    const now = this.#clock.now();
    this.#seats.take(seat, occupant, now, () => {
      if (occupant.role === 'host') this.#lead.writeHandOver(seat);
      if (entry.invite && !earlier) this.#invites.noteUse(entry.invite.id, occupant);
    });

    this.#stopWaiting?.();
    this.#stopWaiting = null;
    this.#lead.took(seat);
    const joinedAt = earlier?.joinedAt ?? now;
    if (earlier) this.#displace(earlier);
    person.sit(seat, joinedAt);
    this.#people.addJoined(person);
    // First of all: the others' next pictures are on their way while everything else is done.
    person.receiving.goLive();
    if (earlier) this.#tellOf(person, person);
    else this.#people.tell(['peer-joined', person.describe(), this.floor.broughtBy(person)], person);
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

  /** @throws {ProtocolError} NOT_JOINED, NOT_FOUND (`to` is nobody here), FULL */
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

  /** Changes what others see of a person. @throws {ProtocolError} NOT_JOINED, FULL */
  change(person: Participant, changes: Partial<Pick<Seat, 'hand' | 'userName'>>): void {
    this.#seats.change(person.seat, changes);
    this.#tellOf(person);
  }

  /** Ends a scheduled room that nobody has used for long. */
  endIfLongOver(): void {
    if (!this.scheduled || this.#people.count > 0) return;
    if (this.#clock.now() - this.#idleSince >= SCHEDULED_ROOM_MS) this.close(LONG_OVER);
  }

  /** Ends the meeting for everyone, and for good. */
  close(reason: string): void {
    if (this.#ended) return;
    this.#dismiss(reason);
    attempt(this.#log, () => this.#store.rooms.end(this.id, this.#clock.now()));
    this.#onEnd();
  }

  /** Ends the meeting for everyone, for now: the room is there again when this computer next hosts. */
  adjourn(reason: string): void {
    if (this.#ended) return;
    this.#dismiss(reason);
    this.#onEnd();
  }

  /** It cannot go on here: a scheduled room adjourns, any other ends. */
  end(reason: string): void {
    if (this.scheduled) this.adjourn(reason);
    else this.close(reason);
  }

  /** @throws {ProtocolError} NOT_FOUND, FULL */
  #requirePlace(ticket: Ticket): void {
    const spare = this.#door.takesHost(ticket) ? SPARE_PLACES_FOR_HOSTS : 0;
    if (this.#people.count < MAX_PARTICIPANTS_PER_ROOM + spare) return;
    throw new ProtocolError('FULL', `The meeting is full: it has room for ${MAX_PARTICIPANTS_PER_ROOM} people.`);
  }

  #dismiss(reason: string): void {
    this.#ended = true;
    this.#stopWaiting?.();
    this.#lead.close();
    const everyone = this.#people.everyone;
    this.#people.tellEveryone(['roomClosed', { reason }]);
    for (const person of everyone) {
      if (this.#people.remove(person)) this.#seats.leave(person.seat, this.#clock.now());
      person.end();
    }
    this.#media.close();
  }

  /** Nobody is in: the room ends, unless someone comes. A scheduled one stays. */
  #waitForSomeone(ms: number, reason: string): void {
    if (this.#ended || this.scheduled) return;
    this.#stopWaiting ??= this.#clock.after(ms, () => this.close(reason));
  }

  /** Their recovery window is over; the room need not wait for them once more. */
  #giveUp(person: Participant): void {
    this.#remove(person);
    if (this.#people.count === 0 && !this.scheduled) this.close(EVERYONE_LEFT);
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
    const wasHost = seat.role === 'host';
    this.#idleSince = this.#clock.now();
    this.#seats.leave(seat, this.#idleSince);
    person.end();
    this.#people.tell(['peerLeft', { socketId: person.connection.id, userId: seat.userId }]);
    if (wasHost) this.#lead.pass();
    return true;
  }

  /** The same person comes through another connection. */
  #displace(earlier: Participant): void {
    earlier.sending.endAll();
    earlier.connection.notify('removed', { reason: 'You have joined from another window or device.' });
    earlier.end();
  }

  #tellOf(person: Participant, except?: Participant): void {
    this.#people.tell(['participantUpdated', { participant: person.describe() }], except);
  }
}
