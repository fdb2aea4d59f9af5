import type { AppointmentRow } from '../../../src-shared/protocol/index.ts';
import type { AppointmentState, AppointmentView } from './view.ts';

const ORDER: readonly AppointmentState[] = ['calling', 'waiting', 'expected', 'done'];

/** The professional's list of appointments: each once, whether its client is connected or not. */
export class Appointments {
  #appointments = $state.raw<readonly AppointmentRow[]>([]);
  /** Since when each waits, epoch ms, by appointment. */
  #since = $state.raw<ReadonlyMap<string, number>>(new Map());
  #finished: ReadonlySet<string>;

  /** @param finished the appointments whose call was ended */
  constructor(finished: readonly string[] = []) {
    this.#finished = $state.raw(new Set(finished));
  }

  get finished(): string[] {
    return [...this.#finished];
  }

  /** Takes over the host's list of appointments, with those whose clients wait. @param now epoch ms */
  expect(appointments: readonly AppointmentRow[], now: number): void {
    const waiting = appointments.filter((row) => row.waiting);
    this.#since = new Map(waiting.map(({ id, since }) => [id, since ?? this.#since.get(id) ?? now]));
    this.#appointments = appointments;
  }

  done(id: string): void {
    this.#finished = new Set([...this.#finished, id]);
  }

  nameOf(id: string): string | null {
    return this.#appointments.find((row) => row.id === id)?.name ?? null;
  }

  /** In the order they concern the professional. @param calling the appointment the call is about */
  all(calling: string | null): AppointmentView[] {
    const rows = this.#appointments.map(({ id, title, startsAt, name = null, waiting }): AppointmentView => {
      const state = this.#stateOf(id, { waiting, calling: id === calling });
      return { id, title, startsAt, name, state, since: this.#since.get(id) ?? null };
    });
    return rows.sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || when(one) - when(other));
  }

  #stateOf(id: string, { waiting, calling }: { waiting: boolean; calling: boolean }): AppointmentState {
    if (calling) return 'calling';
    if (waiting) return 'waiting';
    return this.#finished.has(id) ? 'done' : 'expected';
  }
}

/** Sorts clients who wait by how long, then the others by the time of their appointment. */
const when = ({ state, since, startsAt }: AppointmentView): number =>
  state === 'waiting' ? (since ?? startsAt) : startsAt;
