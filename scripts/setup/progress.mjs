// @ts-check

/** ECMA-48: to the start of the line, which is emptied. */
const REWRITE = '\r\u001b[2K';
/** Columns of a terminal that does not say how many it has. */
const COLUMNS = 80;

/** How often a line that nobody watches (a log) says that work goes on, ms. */
const HEARTBEAT_MS = 20_000;
const REDRAW_MS = 200;

/**
 * @typedef {(done: string | number) => void} Report hears how far a step is: a fraction of 1, or words
 * @typedef {{ label: string, done: string, began: number }} Running
 */

/**
 * Says which steps run, how far they are and how long each took. In a terminal the last line shows what
 * runs now, kept up to date; elsewhere a step has a line when it begins, one every 20 s, and one when it
 * ends. Several steps may run at once.
 */
export class Progress {
  #out;
  #total;
  #step = 0;
  /** @type {Set<Running>} */
  #running = new Set();

  /** @param {{ total: number, out?: NodeJS.WriteStream }} options */
  constructor({ total, out = process.stdout }) {
    this.#total = total;
    this.#out = out;
  }

  /**
   * @template T
   * @param {string} title
   * @param {(report: Report) => Promise<T>} work
   * @param {{ summary?: (result: T) => string | undefined }} [options] `summary`: what the last line says
   * of the result
   * @returns {Promise<T>}
   */
  async step(title, work, { summary } = {}) {
    this.#step++;
    const running = { label: `[${this.#step}/${this.#total}] ${title}`, done: '', began: performance.now() };
    const live = this.#out.isTTY;
    this.#running.add(running);
    if (live) this.#redraw();
    else this.#out.write(`${running.label} …\n`);
    const say = () => (live ? this.#redraw() : this.#out.write(`${line(running)}\n`));
    const timer = setInterval(say, live ? REDRAW_MS : HEARTBEAT_MS);
    let ending = 'failed';
    try {
      const result = await work((how) => {
        running.done = typeof how === 'number' ? `${Math.floor(how * 100)} %` : how;
      });
      ending = summary?.(result) ?? 'done';
      return result;
    } finally {
      clearInterval(timer);
      this.#running.delete(running);
      this.say(`${running.label}: ${ending}, ${elapsed(performance.now() - running.began)}`);
    }
  }

  /** Writes something that stays, before what runs now. @param {string} text */
  say(text) {
    const live = this.#out.isTTY;
    this.#out.write(`${live ? REWRITE : ''}${text}\n`);
    if (live && this.#running.size > 0) this.#redraw();
  }

  #redraw() {
    const all = [...this.#running].map(line).join(' · ');
    // A line that wraps could not be rewritten.
    this.#out.write(REWRITE + all.slice(0, (this.#out.columns ?? COLUMNS) - 1));
  }
}

/** @param {Running} running */
function line({ label, done, began }) {
  return [label, '…', done, elapsed(performance.now() - began)].filter(Boolean).join(' ');
}

/** A time for people: `0.4 s`, `12.3 s`, `3 min 5 s`. @param {number} ms */
export function elapsed(ms) {
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
