import type { AppointmentRow } from '../../../src-shared/protocol/index.ts';
import type { AppointmentState, AppointmentView } from './view.ts';

const ORDER: readonly AppointmentState[] = ['calling', 'waiting', 'expected', 'done'];

/** The professional's list: each appointment once, whatever its client does. */
export class Appointments {
  #appointments = $state.raw<readonly AppointmentRow[]>([]);
  /** Since when each waits, epoch ms, by appointment. */
  #since = $state.raw<ReadonlyMap<string, number>>(new Map());
  #finished: ReadonlySet<string>;

  /** @param finished the appointments somebody has hung up on already */
  constructor(finished: readonly string[] = []) {
    this.#finished = $state.raw(new Set(finished));
  }

  get finished(): string[] {
    return [...this.#finished];
  }

  /** All there are, and who of them waits, as the host says. @param now epoch ms */
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

/** Whoever waits longest comes first; the others by their time. */
const when = ({ state, since, startsAt }: AppointmentView): number =>
  state === 'waiting' ? (since ?? startsAt) : startsAt;
