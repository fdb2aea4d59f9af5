// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { ROOT } from './paths.mjs';
import { SetupError } from './setup-error.mjs';

/** Lines of a program's output that are kept to explain a failure. */
const KEPT_LINES = 60;
const PARENT_POLL_MS = 500;

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();

/** The signal that asked this process to end. @type {NodeJS.Signals | null} */
let endedBy = null;

/** Somebody asked for the end: what failed because of it needs no words. */
export class Interrupted extends Error {
  /** What a shell takes for "ended by this signal". */
  exitCode;

  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`ended by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** @throws {Interrupted} once a signal has asked for the end */
export function throwIfInterrupted() {
  if (endedBy) throw new Interrupted(endedBy);
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the checkout by default
 * @property {NodeJS.ProcessEnv} [env] added to this process's own; undefined takes a variable away
 * @property {(line: string) => void} [onLine] hears each line of output and of errors
 * @property {number} [keep] how many of the last lines are kept; 60 by default
 */

/**
 * Runs a program to its end, its output unseen.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} the exit code (128 + signal number if killed)
 * and the last lines it wrote
 */
export async function run(command, args, { cwd = ROOT, env = {}, onLine, keep = KEPT_LINES } = {}) {
  const child = start(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {string[]} */
  const kept = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      kept.push(line);
      if (kept.length > keep) kept.shift();
      onLine?.(line);
    });
  }
  const code = await ended(child, command);
  throwIfInterrupted();
  return { code, output: kept.join('\n') };
}

/**
 * Like {@link run}, for what must succeed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions & { failure: string }} options `failure`: the sentence for the person
 * @throws {SetupError} the sentence and the program's last lines
 */
export async function mustRun(command, args, { failure, ...options }) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new SetupError(`${failure}\n\n${output}`);
}

/**
 * Runs a program in this one's place: with its terminal, until it ends.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Pick<RunOptions, 'cwd' | 'env'>} [options]
 * @returns {Promise<number>} its exit code
 */
export async function handOver(command, args, { cwd = ROOT, env = {} } = {}) {
  return ended(start(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' }), command);
}

/**
 * Starts a program that ends, at the latest, with this one.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function start(command, args, options) {
  const child = spawn(command, args, { windowsHide: true, ...options });
  children.add(child);
  const forget = () => children.delete(child);
  child.once('exit', forget).once('error', forget);
  return child;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} command
 * @returns {Promise<number>}
 */
export function ended(child, command) {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new SetupError(`${command} cannot be started: ${error.message}`)));
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/**
 * Ends what was started, then this process, when a signal asks for it.
 */
export function passSignalsOn() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      // Ctrl+C in a terminal reaches the children by itself; again, it would cut their tidying short.
      endAll(signal, { told: signal === 'SIGINT' && process.stdin.isTTY });
    });
  }
  process.on('exit', () => {
    for (const child of children) stop(child, 'SIGTERM');
  });
  endWithNpm();
}

/** @param {NodeJS.Signals} signal @param {{ told: boolean }} children `told`: they have it already */
function endAll(signal, { told }) {
  endedBy = signal;
  for (const child of children) if (!told) stop(child, signal);
  if (children.size === 0) process.exit(128 + constants.signals[signal]);
}

/** npm runs a script through a shell, and what ends npm need not end the shell and what runs in it. */
function endWithNpm() {
  if (!process.env['npm_lifecycle_event'] || process.platform === 'win32') return;
  const line = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const before = line();
  const watch = setInterval(() => {
    if (line() === before) return;
    clearInterval(watch);
    endAll('SIGTERM', { told: false });
  }, PARENT_POLL_MS);
  watch.unref();
}

/** proc_pid_stat(5): `pid (name) state ppid …`; empty where there is no /proc. @param {number} pid */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')')).split(' ')[2] ?? '';
  } catch {
    return '';
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} [signal]
 */
export function stop(child, signal = 'SIGTERM') {
  // Windows ends one process only; the tree below it would stay.
  if (process.platform === 'win32' && child.pid) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
  else child.kill(signal);
}
