import type { Answer, EventName, EventPayload, RoomInfo } from '../../../src-shared/protocol/index.ts';
import type { Invite } from '../../../src-shared/invite.ts';
import { Arrival } from './arrival.ts';
import { Credentials } from './credentials.ts';
import type { RoomSessionListener } from './room-session-listener.ts';
import { SessionStateMachine, type SessionState } from './session-state.svelte.ts';
import { SessionTimers } from './timers.ts';
import { Media } from '../media/media.ts';
import { MeetingError, mayAskAgain, passes, problemOf } from '../problem.ts';
import { retryDelay } from '../signaling/retry-policy.ts';
import { roomInfo } from '../signaling/api.ts';
import { RoomSignaling, type SignalingListener } from '../signaling/room-signaling.ts';
import type { Problem } from '../view.ts';

/**
 * One person's session of one room: gets ready unseen, joins in one message, waits in the lobby where that is
 * necessary, and comes back after whatever happens, always by the same way.
 */
export class RoomSession {
  readonly media: Media;
  readonly #credentials: Credentials;
  readonly #listener: RoomSessionListener;
  readonly #signaling: RoomSignaling;
  readonly #timers: SessionTimers;
  readonly #arrival: Arrival;
  #lookUp: Promise<RoomInfo> | null;
  /** What the host said of the room the last time. */
  #room: RoomInfo | null = null;
  /** Resolves when joining can begin; made anew whenever the connection is lost. */
  #readying = Promise.withResolvers<undefined>();
  readonly #machine = new SessionStateMachine();
  /** Set once the person wants to be in. */
  #name: string | null = null;
  /** Whether all was ready to join, since the connection was lost. */
  #prepared = false;
  /** Whether this connection has joined; `asked`: the host may have let it in already; `waiting`: in the lobby. */
  #join: 'none' | 'asked' | 'waiting' | 'done' = 'none';
  /** Counts the ways in; one overtaken by the next gives up. */
  #turn = 0;
  #attempt = 0;

  /** @param connect how to reach the host */
  constructor(
    invite: Invite,
    listener: RoomSessionListener,
    timers = new SessionTimers(),
    connect = (origin: string, heard: SignalingListener): RoomSignaling => new RoomSignaling(origin, heard),
  ) {
    this.#credentials = new Credentials(invite);
    this.#listener = listener;
    this.#timers = timers;
    this.#arrival = new Arrival(timers);
    // Beside connecting, not after it.
    this.#lookUp = roomInfo(this.#credentials.address);
    this.#lookUp.catch((error: unknown) => {
      // What passes is looked up again once there is a connection.
      const problem = problemOf(error);
      if (!mayAskAgain(problem)) this.#end(problem);
    });
    this.#readying.promise.catch(() => undefined);
    this.#signaling = connect(invite.origin, {
      connected: () => this.#connected(),
      recovered: ({ network }) => this.#recovered(network),
      lost: () => this.#lost(),
      delayed: (problem) => listener.delayed(problem),
      refused: (problem) => this.#end(problem),
    });
    this.media = new Media(this.#signaling, {
      received: (received) => listener.received(received),
      broken: () => this.#again(() => this.#remake()),
    });
    this.on('mediaRestarted', () => this.#mediaRestarted());
    this.on('admitted', (answer) => {
      if (this.#join !== 'none' && this.#join !== 'done')
        void this.#letIn(answer, { prepared: false, turn: this.#turn });
    });
    this.on('denied', ({ reason }) => this.#end(new MeetingError('DENIED', reason)));
    this.on('removed', ({ reason }) => this.#end(new MeetingError('REMOVED', reason)));
    this.on('roomClosed', ({ reason }) => this.#end(new MeetingError('CLOSED', reason)));
  }

  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): void {
    this.#signaling.on(name, (payload) => this.#arrival.tell(() => listener(payload)));
  }

  /** Reactive. */
  get state(): SessionState {
    return this.#machine.state;
  }

  get request(): RoomSignaling['request'] {
    return this.#signaling.request.bind(this.#signaling);
  }

  /**
   * Resolves when they are in, or wait in the lobby. Rejects with a `Problem`; the person may try again unless
   * `ended` was told.
   *
   * @param passcode where the room needs one; absent: the one given before
   */
  async join(name: string, passcode?: string): Promise<void> {
    this.#name = name;
    if (passcode !== undefined) this.#credentials.passcode = passcode;
    this.#machine.become('joining');
    await this.#readying.promise;
    await this.#joinRoom(name);
  }

  /** The network is back, or the person is: no need to wait for the next try. */
  hurry(): void {
    this.#signaling.hurry();
  }

  /** Goes at once. The membership stays this tab's: who comes back, by a reload too, is the same person. */
  leave(): void {
    if (this.#join !== 'none') this.#signaling.tell('leaveRoom');
    this.#close();
  }

  /** From a fresh connection to being ready; for someone who was in or waiting already, to that again. */
  async #enter(): Promise<void> {
    const turn = this.#nextTurn();
    if (!this.#machine.isIn) this.#unready();
    this.media.drop();
    const room = await this.#findRoom(turn);
    if (!room || turn !== this.#turn) return;
    try {
      this.#listener.found(room);
      await this.media.load(room.routerRtpCapabilities);
      if (turn !== this.#turn) return;
      if (this.#machine.resumes && this.#name !== null) await this.#joinRoom(this.#name);
      // Somebody who has pressed Join already is not prepared first: joining makes it all in one round trip.
      else if (this.#name === null) await this.#prepare(turn);
      else this.#readying.resolve(undefined);
      this.#attempt = 0;
    } catch (error) {
      if (turn === this.#turn) this.#failed(error, () => this.#enter());
    }
  }

  /** What the host says of the room; null: not found, which has been dealt with. */
  async #findRoom(turn: number): Promise<RoomInfo | null> {
    const lookUp = this.#lookUp ?? roomInfo(this.#credentials.address);
    this.#lookUp = null;
    try {
      return (this.#room = await lookUp);
    } catch (error) {
      // The next connection begins anew.
      if (turn !== this.#turn || this.#signaling.state !== 'connected') return null;
      const problem = problemOf(error);
      // The link may have another key by now. Whoever was in needs none: joining says whether the room is there.
      if (problem.code === 'NOT_FOUND' && this.#machine.isIn) return this.#room;
      if (this.#machine.resumes ? passes(problem) : mayAskAgain(problem)) {
        this.#listener.delayed(problem);
        this.#again(() => this.#enter());
      } else this.#end(problem);
      return null;
    }
  }

  async #prepare(turn: number): Promise<void> {
    const { rtpCapabilities } = this.media;
    const parts = await this.#credentials.show((shown) => this.request('prepare', { ...shown, rtpCapabilities }));
    if (turn !== this.#turn) return;
    await this.media.open(parts, { held: true });
    if (turn !== this.#turn) return;
    this.#readying.resolve(undefined);
    await this.media.sending;
    if (turn === this.#turn && !this.#machine.isIn) this.#ready(null);
  }

  async #joinRoom(userName: string): Promise<void> {
    const turn = this.#turn;
    const prepared = this.media.held;
    this.#join = 'asked';
    const answer = await this.#askToJoin(userName, { prepared }).catch((error: unknown) => {
      if (problemOf(error).code === 'WAITING') return null;
      this.#notJoined(error, turn);
      throw error;
    });
    if (answer) await this.#letIn(answer, { prepared, turn });
    else this.#wait();
  }

  /** In the lobby, where nobody has transports; unless somebody has admitted them already. */
  #wait(): void {
    if (this.#join !== 'asked') return;
    this.#join = 'waiting';
    this.media.drop();
    this.#machine.become('lobby');
    this.#listener.waiting();
  }

  /** @param options.turn what it was when the host was asked, or said it: by now the media may have to be made anew */
  async #letIn(answer: Answer<'joinRoom'>, { prepared, turn }: { prepared: boolean; turn: number }): Promise<void> {
    this.#join = 'done';
    this.#credentials.membership = { userId: answer.userId, sessionToken: answer.sessionToken };
    const firstPicture = this.#listener.admitted();
    if (firstPicture && turn === this.#turn) {
      this.#machine.become('arriving');
      this.#arrival.begin(firstPicture);
    }
    this.#arrival.tell(() => {
      this.#machine.become('joined');
      this.#listener.joined(answer);
    });
    // In already: what fails from here on is repaired, not refused.
    if (turn !== this.#turn) void this.#rebuild();
    else if (prepared) {
      this.media.release();
      this.#arrival.tell(() => this.media.activate());
    } else {
      await this.#open(answer).catch((error: unknown) => {
        if (turn === this.#turn) this.#failed(error, () => this.#rebuild());
      });
    }
  }

  /** Prepared: one message flips everything. Else: one answer brings all there is to negotiate. */
  async #askToJoin(userName: string, { prepared }: { prepared: boolean }): Promise<Answer<'joinRoom'>> {
    // Media that flows before the browser can take it costs a second: its key frame is lost.
    for (let rest = prepared && this.media.negotiated(); rest; rest = this.media.negotiated()) await rest;
    const wishes = prepared ? {} : { rtpCapabilities: this.media.rtpCapabilities, transports: true };
    return this.#credentials.show(
      (shown) => this.request('joinRoom', { ...shown, userName, ...wishes }),
      this.#machine,
    );
  }

  /** @param turn what it was when the host was asked: by now the media may have to be made anew */
  #notJoined(error: unknown, turn: number): void {
    this.#join = 'none';
    const remains = this.#machine.isIn || (this.#machine.resumes && passes(problemOf(error)));
    if (!remains) {
      this.#name = null;
      this.#machine.become(this.#prepared ? 'ready' : 'preparing');
    }
    if (this.#signaling.state !== 'connected') return;
    if (problemOf(error).code === 'UNREACHABLE') this.#startOver();
    else if (turn !== this.#turn) void this.#enter();
  }

  /** A join whose answer was lost may have been carried out. */
  #startOver(): void {
    this.#join = 'none';
    this.#signaling.tell('leaveRoom');
    void this.#enter();
  }

  async #open({ sendTransport, recvTransport, consumers }: Answer<'joinRoom'>): Promise<void> {
    // None to whoever was prepared, and had to wait nevertheless.
    if (!sendTransport || !recvTransport || !consumers) await this.#rebuild();
    else await this.media.open({ sendTransport, recvTransport, consumers }, { held: false });
  }

  /** They are in, but all media has to be made anew. */
  async #rebuild(): Promise<void> {
    const turn = this.#nextTurn();
    this.media.drop();
    try {
      const [sendTransport, recvTransport] = await Promise.all([
        this.#signaling.request('createProducerTransport', {}),
        this.#signaling.request('createConsumerTransport', {}),
      ]);
      const { consumers } = await this.#signaling.request('consumeAll', {
        rtpCapabilities: this.media.rtpCapabilities,
      });
      if (turn !== this.#turn) return;
      await this.media.open({ sendTransport, recvTransport, consumers }, { held: false });
      this.#attempt = 0;
    } catch (error) {
      if (turn === this.#turn) this.#failed(error, () => this.#rebuild());
    }
  }

  #failed(error: unknown, retry: () => Promise<void>): void {
    const problem = problemOf(error);
    // The next connection begins anew.
    if (this.#signaling.state !== 'connected') return;
    if (this.#machine.resumes && passes(problem)) this.#again(retry);
    else if (!this.#machine.isIn && mayAskAgain(problem)) {
      this.#readying.resolve(undefined);
      this.#ready(problem);
    } else this.#end(problem);
  }

  /** As ready to join as the room allows. Who has pressed *Join* meanwhile goes on joining. */
  #ready(problem: Problem | null): void {
    this.#prepared = true;
    if (this.#name === null) this.#machine.become('ready');
    this.#listener.ready(problem);
  }

  #again(retry: () => unknown): void {
    this.#timers.set('retry', retryDelay(this.#attempt++, Math.random), () => void retry());
  }

  /** Nobody knows this connection yet. */
  #connected(): void {
    this.#join = 'none';
    void this.#enter();
  }

  #lost(): void {
    this.#arrival.end();
    // What waited may have been the end.
    if (this.state === 'left') return;
    this.#nextTurn();
    this.#prepared = false;
    if (this.#machine.isIn) this.#machine.become('reconnecting');
    else {
      this.#unready();
      // Whoever waits stays in the lobby, and asks to be let in again.
      if (this.#name === null) this.#machine.become('preparing');
    }
    this.#listener.lost();
  }

  /** @param network whether the network may be another one */
  #recovered(network: boolean): void {
    if (this.#join !== 'done') {
      this.#startOver();
      return;
    }
    this.#machine.become('joined');
    // Lost while it was being made: the way that made it has given up.
    if (this.media.absent) void this.#rebuild();
    else this.media.resume({ network });
    this.#listener.recovered();
  }

  #mediaRestarted(): void {
    this.#listener.restarted();
    this.#remake();
  }

  /** The media has to be made anew. While the host is asked to let them in, whoever asks does so when it has answered. */
  #remake(): void {
    if (this.#join === 'done') void this.#rebuild();
    else if (this.#join === 'none') void this.#enter();
    else {
      this.#nextTurn();
      this.media.drop();
    }
  }

  #unready(): void {
    const { resolve, reject } = this.#readying;
    this.#readying = Promise.withResolvers();
    // Whoever has pressed Join already waits for the one before.
    this.#readying.promise.then(resolve, reject);
  }

  #nextTurn(): number {
    this.#timers.clear('retry');
    return ++this.#turn;
  }

  #end(problem: Problem): void {
    if (this.state === 'left') return;
    this.#arrival.end();
    this.#readying.reject(problem);
    this.#close();
    this.#listener.ended(problem);
  }

  #close(): void {
    this.#machine.become('left');
    this.#arrival.drop();
    this.#nextTurn();
    this.#timers.clearAll();
    this.media.drop();
    this.#signaling.close();
  }
}
