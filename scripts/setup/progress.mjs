// @ts-check
import { CURSOR } from './terminal.mjs';

/** How often a line that nobody watches (a log) says that work goes on, ms. */
const HEARTBEAT_MS = 20_000;
const REDRAW_MS = 200;

/** @typedef {(done: string | number) => void} Report hears how far a step is: a fraction of 1, or words */

/**
 * Says which step runs, how far it is and how long it took. In a terminal one line per step, kept up
 * to date; elsewhere a line when it begins, one every 20 s, and one when it ends.
 */
export class Progress {
  #out;
  #total;
  #step = 0;

  /** @param {{ total: number, out?: NodeJS.WriteStream }} options */
  constructor({ total, out = process.stdout }) {
    this.#total = total;
    this.#out = out;
  }

  /**
   * @template T
   * @param {string} title
   * @param {(report: Report) => Promise<T>} work
   * @param {{ shows?: boolean, summary?: (result: T) => string | undefined }} [options] `shows`: the
   * work writes to the terminal itself; `summary`: what the last line says of the result
   * @returns {Promise<T>}
   */
  async step(title, work, { shows = false, summary } = {}) {
    this.#step++;
    const label = `[${this.#step}/${this.#total}] ${title}`;
    const began = performance.now();
    let done = '';
    const live = this.#out.isTTY && !shows;
    const line = () => [label, '…', done, elapsed(performance.now() - began)].filter(Boolean).join(' ');
    const say = () => this.#out.write(live ? CURSOR.rewrite + line() : `${line()}\n`);
    if (live) say();
    else this.#out.write(`${label} …\n`);
    const timer = shows ? undefined : setInterval(say, live ? REDRAW_MS : HEARTBEAT_MS);
    try {
      const result = await work((how) => (done = typeof how === 'number' ? `${Math.floor(how * 100)} %` : how));
      this.#close(live, `${label}: ${summary?.(result) ?? 'done'}, ${elapsed(performance.now() - began)}`);
      return result;
    } catch (error) {
      this.#close(live, `${label}: failed, ${elapsed(performance.now() - began)}`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  /** @param {boolean} live @param {string} text */
  #close(live, text) {
    this.#out.write(`${live ? CURSOR.rewrite : ''}${text}\n`);
  }
}

/** A time for people: `0.4 s`, `12.3 s`, `3 min 5 s`. @param {number} ms */
export function elapsed(ms) {
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
