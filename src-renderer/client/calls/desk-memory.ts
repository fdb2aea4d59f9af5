import * as v from 'valibot';
import { MAX_INVITES_PER_ROOM } from '../../../src-shared/limits.ts';
import { Id } from '../../../src-shared/protocol/values/primitives.ts';
import type { KeyValueStorage } from '../../platform/index.ts';
import { inThisTab, storedValue } from '../settings/stored-value.ts';
import type { StoredValue } from '../settings/stored-value.ts';

/** How long after the page was loaded a client who offers again is in the same call, ms. */
const RESUME_MS = 30_000;

const Day = v.object({
  /** The id of the appointment whose call is in progress. */
  calling: v.nullable(Id),
  done: v.pipe(v.array(Id), v.maxLength(MAX_INVITES_PER_ROOM)),
});
type Day = v.InferOutput<typeof Day>;

/** The state of a professional's tab that survives a reload. */
export class DeskMemory {
  readonly #memory: StoredValue<Day>;
  readonly #resume: { appointmentId: string; until: number } | null;
  #day: Day;

  constructor(roomId: string, storage: () => KeyValueStorage = inThisTab, now = Date.now()) {
    this.#memory = storedValue(storage, `parley.desk.${roomId}`, Day);
    this.#day = this.#memory.read() ?? { calling: null, done: [] };
    const { calling } = this.#day;
    this.#resume = calling === null ? null : { appointmentId: calling, until: now + RESUME_MS };
  }

  get done(): string[] {
    return this.#day.done;
  }
  set done(done: string[]) {
    this.#set({ done: done.slice(-MAX_INVITES_PER_ROOM) });
  }

  set calling(calling: string | null) {
    this.#set({ calling });
  }

  /** Whether this appointment's call was in progress when the page was reloaded. */
  resumes(appointmentId: string, now = Date.now()): boolean {
    return this.#resume?.appointmentId === appointmentId && now < this.#resume.until && this.#day.calling !== null;
  }

  #set(change: Partial<Day>): void {
    this.#day = { ...this.#day, ...change };
    this.#memory.write(this.#day);
  }
}
