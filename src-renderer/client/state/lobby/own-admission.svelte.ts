import type { AdmissionView, Problem } from '../../view.ts';

/** What this person is asked for before they are in, and their time in the lobby. */
export class OwnAdmission implements AdmissionView {
  readonly #send: (note?: string) => Promise<void>;
  #needsPasscode = $state(false);
  #wrongPasscode = $state(false);
  #needsAdmission = $state(false);
  #waitingSince = $state<number | null>(null);
  #hostPresent = $state(true);
  #note = $state('');

  /** @param send writes to those who may admit; absent: takes it back */
  constructor(send: (note?: string) => Promise<void>) {
    this.#send = send;
  }

  get needsPasscode(): boolean {
    return this.#needsPasscode;
  }
  get wrongPasscode(): boolean {
    return this.#wrongPasscode;
  }
  get needsAdmission(): boolean {
    return this.#needsAdmission;
  }
  get waitingSince(): number | null {
    return this.#waitingSince;
  }
  get hostPresent(): boolean {
    return this.#hostPresent;
  }
  get note(): string {
    return this.#note;
  }

  async write(note: string): Promise<void> {
    const text = note.trim();
    await (text === '' ? this.#send() : this.#send(text));
    this.#note = text;
  }

  /**
   * Learns from why the room lets nobody in just so.
   *
   * @param problem the host's answer to preparing or joining; null: nothing is in the way
   * @param options.passcode whether one was given
   * @returns what remains to be told
   */
  learn(problem: Problem | null, { passcode }: { passcode: boolean }): Problem | null {
    this.#needsAdmission = problem?.code === 'WAITING';
    this.#wrongPasscode = problem?.code === 'PASSCODE' && passcode;
    this.#needsPasscode ||= problem?.code === 'PASSCODE';
    return problem?.code === 'WAITING' || problem?.code === 'PASSCODE' ? null : problem;
  }

  /** They are in the lobby, for the first time or again: the host knows nothing of what they wrote before. */
  enter(): void {
    this.#waitingSince ??= Date.now();
    if (this.#note !== '') this.#send(this.#note).catch(() => undefined);
  }

  /** The host has said whether anybody who may admit is there. */
  tell({ hostPresent }: { hostPresent: boolean }): void {
    this.#hostPresent = hostPresent;
  }

  /** They are in, or wait no longer. */
  leave(): void {
    this.#waitingSince = null;
    this.#note = '';
  }
}
