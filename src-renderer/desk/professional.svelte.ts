import type { AppointmentRow, InviteContent, Offer } from '../../src-shared/protocol/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Devices } from '../meeting/devices/devices.svelte.ts';
import { MeetingError, problemOf } from '../meeting/problem.ts';
import type { Problem } from '../meeting/view.ts';
import { Call } from './call.svelte.ts';
import type { MakeDirectCall } from './call.svelte.ts';
import { DeskMemory } from './memory.ts';
import { Rows } from './rows.svelte.ts';
import type { Connect, DeskLine } from './signalling.ts';
import type { CallView, ProfessionalDeskView, RowView } from './view.ts';

export interface ProfessionalDeskOptions {
  invite: InviteContent;
  devices: Devices;
  platform: Pick<Platform, 'keepAwake'>;
  connect: Connect;
  make?: MakeDirectCall;
  memory?: DeskMemory;
}

/** A professional at their desk: who waits, and the call with one of them. */
export class ProfessionalDesk implements ProfessionalDeskView {
  readonly #options: ProfessionalDeskOptions;
  readonly #line: DeskLine;
  readonly #memory: DeskMemory;
  readonly #rows: Rows;
  /** Unanswered ones, by appointment. */
  readonly #offers = new Map<string, { offer: Offer; offerId: string }>();
  #phase = $state<ProfessionalDeskView['phase']>('connecting');
  #problem = $state.raw<Problem | null>(null);
  #note = $state.raw<ProfessionalDeskView['note']>(null);
  #call = $state.raw<Call | null>(null);
  /** Whose call it is, by appointment. */
  #calling = $state<string | null>(null);
  #release: () => void = () => undefined;

  constructor(options: ProfessionalDeskOptions) {
    this.#options = options;
    this.#memory = options.memory ?? new DeskMemory(options.invite.roomId);
    this.#rows = new Rows(this.#memory.done);
    this.#line = options.connect({
      connected: () => (this.#phase = 'open'),
      recovered: () => (this.#phase = 'open'),
      lost: () => (this.#phase = 'offline'),
      refused: (problem) => this.#end(problem),
    });
    this.#line.on('apptData', ({ appointments }) => this.#expect(appointments));
    this.#line.on('newOfferWaiting', ({ offer, offerId, appointment }) => {
      this.#offers.set(appointment.id, { offer, offerId });
      if (this.#calling === appointment.id) this.#answer();
      else if (this.#calling === null && this.#memory.resumes(appointment.id)) this.join(appointment.id);
    });
    this.#line.on('iceToClient', ({ candidate, appointmentId }) => {
      if (this.#calling === appointmentId) this.#call?.direct?.addCandidate(candidate);
    });
    this.#line.on('hungUp', ({ appointmentId }) => this.#hungUp(appointmentId));
    this.#line.on('removed', ({ reason }) => this.#end(new MeetingError('REMOVED', reason)));
  }

  get phase(): ProfessionalDeskView['phase'] {
    return this.#phase;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get name(): string | null {
    return this.#options.invite.name ?? null;
  }
  get rows(): readonly RowView[] {
    return this.#rows.all(this.#calling);
  }
  get call(): CallView | null {
    return this.#call;
  }
  get next(): RowView | null {
    return this.rows.find(({ state }) => state === 'waiting') ?? null;
  }
  get note(): ProfessionalDeskView['note'] {
    return this.#note;
  }

  join(appointmentId: string): void {
    if (this.#calling !== null || !this.#offers.has(appointmentId)) return;
    const { devices, platform, make } = this.#options;
    this.#note = null;
    this.#calling = appointmentId;
    this.#memory.calling = appointmentId;
    this.#call = new Call({
      name: () => this.#rows.nameOf(appointmentId),
      devices,
      make,
      candidate: (candidate) => {
        // One that is lost is one way less; the others may do.
        this.#line.request('iceToServer', { candidate, appointmentId }).catch(() => undefined);
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
    this.#line.hurry();
  }

  /** Leaves the desk. Idempotent. */
  close(): void {
    this.#part();
    this.#line.close();
    this.#options.devices.close();
  }

  #expect(appointments: readonly AppointmentRow[]): void {
    this.#rows.expect(appointments, Date.now());
    for (const { id, waiting } of appointments) if (!waiting) this.#offers.delete(id);
  }

  /** Answers the offer of whom the call is with; one that goes on with the connection there is keeps it. */
  #answer(): void {
    const [appointmentId, call] = [this.#calling, this.#call];
    const offered = appointmentId === null ? undefined : this.#offers.get(appointmentId);
    if (appointmentId === null || !call || !offered) return;
    this.#offers.delete(appointmentId);
    const { offer, offerId } = offered;
    const direct = call.direct?.continues(offer) ? call.direct : call.open();
    this.#line.request('getIce', { appointmentId }).then(
      ({ candidates }) => candidates.forEach((candidate) => direct.addCandidate(candidate)),
      // Those that come from now on may do.
      () => undefined,
    );
    direct
      .answer(offer, (answer) => this.#line.request('newAnswer', { answer, appointmentId, offerId }))
      .catch((error: unknown) => {
        if (call.direct === direct && this.#call === call) this.#unanswered(problemOf(error));
      });
  }

  #unanswered({ code }: Problem): void {
    // Another offer is on its way, or comes with the connection to the host.
    if (code === 'CONFLICT' || code === 'UNREACHABLE') return;
    this.#note = { kind: code === 'NOT_FOUND' ? 'gone' : 'failed', name: this.#call?.name ?? null };
    this.#part();
    this.#options.devices.close();
  }

  #sayGoodbye(): void {
    const appointmentId = this.#calling;
    if (appointmentId === null) return;
    // Not reached: the client sees the connection go.
    this.#line.request('hangUp', { appointmentId }).catch(() => undefined);
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
    this.#rows.done(appointmentId);
    this.#memory.done = this.#rows.finished;
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
