import type { Appointment, IceCandidateInit, InviteContent, Offer } from '../../../src-shared/protocol/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Devices } from '../devices/devices.svelte.ts';
import { retryDelay } from '../signaling/retry-policy.ts';
import { MeetingError, passes, problemOf } from '../problem.ts';
import type { Problem } from '../view.ts';
import { Call } from './call.svelte.ts';
import type { MakeDirectCall } from './call.svelte.ts';
import type { DirectCall } from './direct-call.ts';
import type { Connect, DeskSignaling } from '../signaling/direct-signaling.ts';
import type { CallView, ClientDeskView, ClientPhase } from './view.ts';

export interface ClientDeskOptions {
  invite: InviteContent & { appointment: Appointment };
  devices: Devices;
  platform: Pick<Platform, 'keepAwake'>;
  connect: Connect;
  make?: MakeDirectCall;
}

/** In session storage: after a reload the call continues, and another tab asks again. */
const ANNOUNCED = 'parley.announced';

/**
 * A client at a desk: offers a call once the person has pressed the button that says so, waits to be
 * answered, and offers again whenever the connection to the professional is lost. Opening the link
 * sends nothing: whoever made the link would otherwise see the person before they decided to be seen.
 */
export class ClientDesk implements ClientDeskView {
  readonly #options: ClientDeskOptions;
  readonly #signaling: DeskSignaling;
  #phase = $state<ClientPhase>('preparing');
  #offline = $state(false);
  #problem = $state.raw<Problem | null>(null);
  #appointment: Appointment;
  #professional = $state.raw<ClientDeskView['professional']>({ here: false, name: null });
  #waitingSince = $state<number | null>(null);
  #call = $state.raw<Call | null>(null);
  #release: () => void = () => undefined;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ClientDeskOptions) {
    const { devices, connect, invite } = options;
    this.#options = options;
    this.#appointment = $state.raw(invite.appointment);
    this.#signaling = connect({
      connected: () => this.#connected(),
      recovered: () => (this.#offline = false),
      lost: () => (this.#offline = true),
      delayed: (problem) => this.#delayed(problem),
      refused: (problem) => this.#end(problem),
    });
    this.#signaling.on('appointment', (appointment) => (this.#appointment = appointment));
    this.#signaling.on('professional', ({ here, name = null }) => this.#professionalIs({ here, name }));
    this.#signaling.on('answerResponse', ({ answer }) => {
      this.#answered();
      // One that fits no more belonged to an earlier offer.
      this.#call?.direct?.accept(answer).catch(() => this.#offerSoon());
    });
    this.#signaling.on('iceToClient', ({ candidate }) => this.#call?.direct?.addCandidate(candidate));
    this.#signaling.on('hungUp', () => this.#hungUp());
    this.#signaling.on('removed', ({ reason }) => this.#end(new MeetingError('REMOVED', reason)));
    const opened = devices.open();
    if (sessionStorage.getItem(ANNOUNCED) === invite.id) void opened.then(() => this.announce());
  }

  get phase(): ClientPhase {
    return this.#phase;
  }
  get offline(): boolean {
    return this.#offline;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get name(): string | null {
    return this.#options.invite.name ?? null;
  }
  get appointment(): Appointment {
    return this.#appointment;
  }
  get professional(): ClientDeskView['professional'] {
    return this.#professional;
  }
  get waitingSince(): number | null {
    return this.#waitingSince;
  }
  get call(): CallView | null {
    return this.#phase === 'calling' ? this.#call : null;
  }

  announce(): void {
    if (this.#phase !== 'preparing' || this.#signaling.state === 'closed') return;
    sessionStorage.setItem(ANNOUNCED, this.#options.invite.id);
    this.#phase = 'waiting';
    this.#waitingSince = Date.now();
    this.#release = this.#options.platform.keepAwake();
    this.#offer();
  }

  hangUp(): void {
    if (this.#phase !== 'calling' && this.#phase !== 'waiting') return;
    // Not reached: the host forgets the call with the connection.
    this.#signaling.request('hangUp', {}).catch(() => undefined);
    this.#hungUp();
  }

  comeBack(): void {
    if (this.#phase !== 'hung-up') return;
    this.#phase = 'preparing';
    // The person has pressed the button already.
    void this.#options.devices.open().then(() => this.announce());
  }

  retry(): void {
    this.#signaling.hurry();
  }

  /** Leaves the desk. Idempotent. */
  close(): void {
    this.#part();
    this.#signaling.close();
    this.#options.devices.close();
  }

  #delayed(problem: Problem): void {
    this.#offline = true;
    this.#problem = problem;
  }

  #connected(): void {
    this.#offline = false;
    this.#problem = null;
    // A host that was started anew remembers no offer, and of one that was not it is a newer one.
    if (this.#phase === 'waiting' || (this.#phase === 'calling' && this.#call?.state !== 'connected')) this.#offer();
  }

  #professionalIs(now: ClientDeskView['professional']): void {
    this.#professional = { here: now.here, name: now.name ?? this.#professional.name };
    // The professional has reloaded the page and lost the peer connection.
    if (now.here && this.#phase === 'calling' && this.#call?.state !== 'connected') this.#offer();
  }

  /** Offers a new connection. Without a host, or the professional, it is done when they are back. */
  #offer(): void {
    clearTimeout(this.#timer);
    if (this.#signaling.state !== 'connected') return;
    this.#call ??= new Call({
      name: () => this.#professional.name,
      devices: this.#options.devices,
      make: this.#options.make,
      candidate: (candidate) => this.#sendCandidate(candidate),
      broken: (how) => this.#repair(how),
    });
    const direct = this.#call.open();
    this.#send(direct, direct.offer.bind(direct));
  }

  #repair(how: 'disconnected' | 'failed'): void {
    if (this.#phase !== 'calling' || !this.#professional.here) return;
    const direct = this.#call?.direct;
    if (how === 'failed' || !direct) this.#offerSoon();
    else if (this.#signaling.state === 'connected') this.#send(direct, direct.restart.bind(direct));
  }

  #send(direct: DirectCall, make: (send: (offer: Offer) => Promise<unknown>) => Promise<void>): void {
    make((offer) => this.#signaling.request('newOffer', { offer })).catch((error: unknown) => {
      if (this.#call?.direct !== direct) return;
      const problem = problemOf(error);
      if (passes(problem)) this.#offerSoon();
      else this.#end(problem);
    });
  }

  #offerSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#offer(), retryDelay(this.#attempt++, Math.random));
  }

  #sendCandidate(candidate: IceCandidateInit): void {
    // A lost candidate is one path less; others may work.
    this.#signaling.request('iceToServer', { candidate }).catch(() => undefined);
  }

  #answered(): void {
    if (this.#phase === 'waiting') this.#phase = 'calling';
    this.#attempt = 0;
  }

  #hungUp(): void {
    if (this.#phase !== 'calling' && this.#phase !== 'waiting') return;
    this.#part();
    sessionStorage.removeItem(ANNOUNCED);
    this.#phase = 'hung-up';
    this.#options.devices.close();
  }

  #end(problem: Problem): void {
    this.close();
    this.#problem = problem;
    this.#phase = 'ended';
  }

  #part(): void {
    clearTimeout(this.#timer);
    this.#call?.close();
    this.#call = null;
    this.#waitingSince = null;
    this.#release();
    this.#release = () => undefined;
  }
}
