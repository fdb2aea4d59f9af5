#!/usr/bin/env node
/** The host without a window. Standard output is for the person or program that asked; the log goes to standard error. */
import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { openBrowser } from './command-line/browser.ts';
import { ControlError } from './command-line/control/messages.ts';
import { hostOptions } from './command-line/host-options.ts';
import { HELP, readCommandLine } from './command-line/options.ts';
import { printConfig } from './command-line/settings/print.ts';
import type { Settings } from './command-line/settings/table.ts';
import { UsageError } from './command-line/usage-error.ts';
import { listeningLine, welcome } from './command-line/welcome.ts';
import type { Host } from './host/host.ts';
import { HostError } from './host/host-error.ts';
import { createLog } from './host/operations/log.ts';

const FAILED = 1;
const WRONG_USAGE = 2;
/** The exit code that shells use for a program ended by SIGINT. */
const INTERRUPTED = 130;
/** npm and its scripts forward a signal that the terminal has sent already: within this time it is the same Ctrl+C. */
const ECHO_MS = 500;

/** How long ending may take, ms: people are told at once, and what is left then is ended without waiting. */
const CLOSING_MS = 10_000;

const Manifest = v.object({ version: v.string() });

process.exitCode = await run(process.argv.slice(2));

/** Resolves with the exit code once hosting is over. */
async function run(args: string[]): Promise<number> {
  try {
    const asked = readCommandLine(args, process.env);
    if (asked.command === 'help') process.stdout.write(HELP);
    else if (asked.command === 'version') process.stdout.write(`${(await ownPackage()).version}\n`);
    else if (asked.command === 'print-config') process.stdout.write(printConfig(asked));
    else if (asked.command === 'list') await listNearby(asked.settings);
    else if (asked.command === 'rooms') await listRooms(asked.settings);
    else if (asked.command === 'end') return await endRoom(asked.settings, asked.roomId);
    else if (asked.command === 'check') return await check(asked.settings);
    else await host(asked.settings);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof HostError || error instanceof ControlError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error instanceof UsageError ? WRONG_USAGE : FAILED;
  }
}

/** Prints what would keep guests from joining; the exit code says whether something would. */
async function check(settings: Settings): Promise<number> {
  const { checkHost, describeFindings } = await import('./command-line/check/check.ts');
  const findings = await checkHost(hostOptions(settings));
  process.stdout.write(describeFindings(findings));
  return findings.some(({ level }) => level === 'problem') ? FAILED : 0;
}

/** Shows the hosts nearby. */
async function listNearby({ json = false }: Settings): Promise<void> {
  const log = createLog(process.stderr, { level: 'warn', json });
  const { lookNearby, nearbyLine, nearbyText } = await import('./command-line/nearby.ts');
  const { hosts, hasNetwork } = await lookNearby(log);
  process.stdout.write(json ? hosts.map(nearbyLine).join('') : nearbyText(hosts, hasNetwork));
}

/** Prints the meetings of the running host. @throws {ControlError} */
async function listRooms(settings: Settings): Promise<void> {
  const { askForRooms, describeRooms } = await import('./command-line/control/client.ts');
  const rooms = await askForRooms(hostOptions(settings).dataDir);
  process.stdout.write(settings.json ? `${JSON.stringify(rooms)}\n` : describeRooms(rooms));
}

/** Ends a meeting of the running host. @throws {ControlError} */
async function endRoom(settings: Settings, roomId: string): Promise<number> {
  const { askToEnd } = await import('./command-line/control/client.ts');
  if (await askToEnd(hostOptions(settings).dataDir, roomId)) return 0;
  process.stderr.write(`There is no meeting ${roomId}; \`parley rooms\` lists them.\n`);
  return FAILED;
}

/** Parley's own package, whether its source runs or its build. */
async function ownPackage(): Promise<{ version: string; pageRoot: string }> {
  const manifest = findPackageJSON(import.meta.url);
  if (!manifest) throw new Error('Parley’s package.json is missing');
  const { version } = v.parse(Manifest, JSON.parse(await readFile(manifest, 'utf8')));
  return { version, pageRoot: join(dirname(manifest), 'dist', 'renderer') };
}

/** Hosts until a signal ends it. @throws {HostError} */
async function host(settings: Settings): Promise<void> {
  const { json = false } = settings;
  const { version, pageRoot } = await ownPackage();
  const ending = signalled();
  const watched = process.stderr.isTTY && !json;
  const log = createLog(process.stderr, { level: watched ? 'warn' : 'info', json });
  process.on('unhandledRejection', (error) => log.error('Something went wrong', { error }));

  // Loaded on demand, so that `--help` need not wait for all of the host.
  const [{ startHost }, { openControl }] = await Promise.all([
    import('./host/host.ts'),
    import('./command-line/control/server.ts'),
  ]);
  const options = hostOptions(settings);
  const starting = startHost({ ...options, version, pageRoot, log });
  const running = await Promise.race([starting, ending]);
  // Nobody has joined yet, so nobody needs to be informed.
  if (!running) process.exit(INTERRUPTED);
  const closeControl = await openControl(running, options.dataDir, log);
  process.stdout.write(json ? `${listeningLine(running)}\n` : `${await welcome(running)}\n`);
  if (settings.open) open(running, (error) => log.warn('No browser could be opened', { error }));

  await ending;
  closeControl();
  const closed = running.close('The host has ended the meeting.');
  const late = setTimeout(() => {
    log.error('The host could not end in time and is ended now', { seconds: CLOSING_MS / 1000 });
    process.exit(FAILED);
  }, CLOSING_MS);
  await closed;
  clearTimeout(late);
}

/** Opens the page over loopback, which every computer has. */
function open({ port }: Host, onFailure: (error: Error) => void): void {
  openBrowser(`https://127.0.0.1:${port}/`, onFailure);
}

/** Resolves with the first signal to end; a second one ends the process at once. */
function signalled(): Promise<null> {
  return new Promise((resolve) => {
    let asked = Infinity;
    const end = () => {
      const now = performance.now();
      if (now - asked > ECHO_MS) process.exit(INTERRUPTED);
      asked = Math.min(asked, now);
      resolve(null);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  });
}
