import type { AppointmentRow, InviteContent, Offer } from '../../../src-shared/protocol/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Devices } from '../devices/devices.svelte.ts';
import { MeetingError, problemOf } from '../problem.ts';
import type { Problem } from '../view.ts';
import { Call } from './call.svelte.ts';
import type { MakeDirectCall } from './call.svelte.ts';
import { DeskMemory } from './desk-memory.ts';
import { Appointments } from './appointments.svelte.ts';
import type { Connect, DeskSignaling } from '../signaling/direct-signaling.ts';
import type { CallView, ProfessionalSessionView, AppointmentView } from './view.ts';

export interface ProfessionalSessionOptions {
  invite: InviteContent;
  devices: Devices;
  platform: Pick<Platform, 'keepAwake'>;
  connect: Connect;
  make?: MakeDirectCall;
  memory?: DeskMemory;
}

/** A professional at their desk: who waits, and the call with one of them. */
export class ProfessionalSession implements ProfessionalSessionView {
  readonly #options: ProfessionalSessionOptions;
  readonly #signaling: DeskSignaling;
  readonly #memory: DeskMemory;
  readonly #appointments: Appointments;
  /** Unanswered ones, by appointment. */
  readonly #offers = new Map<string, { offer: Offer; offerId: string }>();
  #phase = $state<ProfessionalSessionView['phase']>('connecting');
  #problem = $state.raw<Problem | null>(null);
  #note = $state.raw<ProfessionalSessionView['note']>(null);
  #call = $state.raw<Call | null>(null);
  /** Whose call it is, by appointment. */
  #calling = $state<string | null>(null);
  #release: () => void = () => undefined;

  constructor(options: ProfessionalSessionOptions) {
    this.#options = options;
    this.#memory = options.memory ?? new DeskMemory(options.invite.roomId);
    this.#appointments = new Appointments(this.#memory.done);
    this.#signaling = options.connect({
      connected: () => this.#connected(),
      recovered: () => (this.#phase = 'open'),
      lost: () => (this.#phase = 'offline'),
      delayed: (problem) => this.#delayed(problem),
      refused: (problem) => this.#end(problem),
    });
    this.#signaling.on('apptData', ({ appointments }) => this.#expect(appointments));
    this.#signaling.on('newOfferWaiting', ({ offer, offerId, appointment }) => {
      this.#offers.set(appointment.id, { offer, offerId });
      if (this.#calling === appointment.id) this.#answer();
      else if (this.#calling === null && this.#memory.resumes(appointment.id)) this.join(appointment.id);
    });
    this.#signaling.on('iceToClient', ({ candidate, appointmentId }) => {
      if (this.#calling === appointmentId) this.#call?.direct?.addCandidate(candidate);
    });
    this.#signaling.on('hungUp', ({ appointmentId }) => this.#hungUp(appointmentId));
    this.#signaling.on('removed', ({ reason }) => this.#end(new MeetingError('REMOVED', reason)));
  }

  get phase(): ProfessionalSessionView['phase'] {
    return this.#phase;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get name(): string | null {
    return this.#options.invite.name ?? null;
  }
  get rows(): readonly AppointmentView[] {
    return this.#appointments.all(this.#calling);
  }
  get call(): CallView | null {
    return this.#call;
  }
  get next(): AppointmentView | null {
    return this.rows.find(({ state }) => state === 'waiting') ?? null;
  }
  get note(): ProfessionalSessionView['note'] {
    return this.#note;
  }

  join(appointmentId: string): void {
    if (this.#calling !== null || !this.#offers.has(appointmentId)) return;
    const { devices, platform, make } = this.#options;
    this.#note = null;
    this.#calling = appointmentId;
    this.#memory.calling = appointmentId;
    this.#call = new Call({
      name: () => this.#appointments.nameOf(appointmentId),
      devices,
      make,
      candidate: (candidate) => {
        // A lost candidate is one path less; others may work.
        this.#signaling.request('iceToServer', { candidate, appointmentId }).catch(() => undefined);
      },
    });
    this.#release = platform.keepAwake();
    // Beside answering, not before it.
    void devices.open();
    this.#answer();
  }

  hangUp(): void {
    this.#sayGoodbye();
    this.#options.devices.close();
  }

  callNext(): void {
    const { next } = this;
    this.#sayGoodbye();
    if (next) this.join(next.id);
    else this.#options.devices.close();
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

  #connected(): void {
    this.#phase = 'open';
    this.#problem = null;
  }

  #delayed(problem: Problem): void {
    this.#phase = 'offline';
    this.#problem = problem;
  }

  #expect(appointments: readonly AppointmentRow[]): void {
    this.#appointments.expect(appointments, Date.now());
    for (const { id, waiting } of appointments) if (!waiting) this.#offers.delete(id);
  }

  /** Answers the offer of the client in the call. An offer that continues the peer connection keeps it. */
  #answer(): void {
    const [appointmentId, call] = [this.#calling, this.#call];
    const offered = appointmentId === null ? undefined : this.#offers.get(appointmentId);
    if (appointmentId === null || !call || !offered) return;
    this.#offers.delete(appointmentId);
    const { offer, offerId } = offered;
    const direct = call.direct?.continues(offer) ? call.direct : call.open();
    this.#signaling.request('getIce', { appointmentId }).then(
      ({ candidates }) => candidates.forEach((candidate) => direct.addCandidate(candidate)),
      // Those that come from now on may do.
      () => undefined,
    );
    direct
      .answer(offer, (answer) => this.#signaling.request('newAnswer', { answer, appointmentId, offerId }))
      .catch((error: unknown) => {
        if (call.direct === direct && this.#call === call) this.#unanswered(problemOf(error));
      });
  }

  #unanswered({ code }: Problem): void {
    // Another offer follows now, or after the connection to the host is back.
    if (code === 'CONFLICT' || code === 'UNREACHABLE') return;
    this.#note = { kind: code === 'NOT_FOUND' ? 'gone' : 'failed', name: this.#call?.name ?? null };
    this.#part();
    this.#options.devices.close();
  }

  #sayGoodbye(): void {
    const appointmentId = this.#calling;
    if (appointmentId === null) return;
    // Not reached: the client sees the connection go.
    this.#signaling.request('hangUp', { appointmentId }).catch(() => undefined);
    this.#done(appointmentId);
    this.#part();
  }

  #hungUp(appointmentId: string): void {
    this.#offers.delete(appointmentId);
    if (this.#calling !== appointmentId) return;
    this.#note = { kind: 'hung-up', name: this.#call?.name ?? null };
    this.#done(appointmentId);
    this.#part();
    this.#options.devices.close();
  }

  #done(appointmentId: string): void {
    this.#appointments.done(appointmentId);
    this.#memory.done = this.#appointments.finished;
  }

  #end(problem: Problem): void {
    this.close();
    this.#problem = problem;
    this.#phase = 'ended';
  }

  #part(): void {
    this.#call?.close();
    this.#call = null;
    this.#calling = null;
    this.#memory.calling = null;
    this.#release();
    this.#release = () => undefined;
  }
}
