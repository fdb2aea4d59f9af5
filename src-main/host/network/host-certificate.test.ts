/** The certificate of a whole host, as a client over TLS sees it while time passes. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseInvite } from '../../../src-shared/invite.ts';
import type { HostOptions } from '../host.ts';
import { FakeClock } from '../meeting/testing.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';
import { spkiFingerprint } from './certificate.ts';
import { FILES_LOOK_MS, RENEWAL_LOOK_MS } from './host-certificate.ts';
import { issueCertificate } from './testing.ts';

const DAY = 86_400_000;

/** A clock of which single timers can be fired: half a day of all the others would take seconds. */
class FiringClock extends FakeClock {
  readonly #set = new Map<number, (() => void)[]>();

  override after(ms: number, run: () => void): () => void {
    this.#set.set(ms, [...(this.#set.get(ms) ?? []), run]);
    return super.after(ms, run);
  }

  /** Runs the timer that was last set for `ms`. */
  fire(ms: number): void {
    this.#set.get(ms)?.at(-1)?.();
  }

  /** How many timers were set for `ms`. */
  count(ms: number): number {
    return this.#set.get(ms)?.length ?? 0;
  }
}

const clock = new FiringClock();
const errors: string[] = [];
let started: LiveHost | undefined;
let folder: string | undefined;

afterEach(async () => {
  await started?.close();
  if (folder) await rm(folder, { recursive: true });
  [started, folder] = [undefined, undefined];
  errors.length = 0;
});

async function start(options: Partial<HostOptions> = {}): Promise<LiveHost> {
  const log = { info: () => undefined, warn: () => undefined, error: (message: string) => void errors.push(message) };
  started = await startLiveHost({ clock, log, ...options });
  return started;
}

/** The certificate that a new connection is shown. */
const shown = ({ host }: LiveHost) =>
  new Promise<X509Certificate>((resolve, reject) => {
    const socket = connect({ port: host.port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      const { raw } = socket.getPeerCertificate();
      socket.destroy();
      resolve(new X509Certificate(raw));
    });
    socket.once('error', reject);
  });

describe('a certificate of the host itself', () => {
  test.each([
    ['found on the network', {}],
    ['given with --address', { addresses: ['127.0.0.1'] }],
  ])('is renewed with the same key before it expires, also with addresses that are %s', async (_, options) => {
    const host = await start(options);
    const first = await shown(host);
    clock.sleep(370 * DAY);
    clock.fire(RENEWAL_LOOK_MS);
    await vi.waitFor(async () => expect((await shown(host)).serialNumber).not.toBe(first.serialNumber));
    const second = await shown(host);
    expect(second.validToDate.getTime()).toBeGreaterThan(clock.now() + 300 * DAY);
    expect(spkiFingerprint(second.raw)).toBe(host.host.fingerprint);
    expect(spkiFingerprint(first.raw)).toBe(host.host.fingerprint);
  });
});

describe('a certificate from elsewhere', () => {
  async function issued(names: readonly string[], more: Partial<HostOptions> = {}) {
    folder = await mkdtemp(join(tmpdir(), 'parley-issued-'));
    const certificate = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
    await issueCertificate(certificate, { names, now: clock.now() });
    return { certificate, host: await start({ certificate, ...more }) };
  }

  test('is shown; its names are the host’s, also those of a wildcard', async () => {
    const { certificate, host } = await issued(['meet.example.org', '*.rooms.example.org']);
    expect((await shown(host)).raw).toEqual(new X509Certificate(await readFile(certificate.cert)).raw);
    const status = async (name: string) => (await host.ask('/api/host', { headers: { Host: name } })).status;
    expect(await status(`meet.example.org:${host.host.port}`)).toBe(200);
    expect(await status('blue.rooms.example.org')).toBe(200);
    expect(await status(host.authority)).toBe(200);
    expect(await status('rooms.example.org')).toBe(403);
    expect(await status('a.b.rooms.example.org')).toBe(403);
    expect(await status('evil.example')).toBe(403);
  });

  test('makes links that carry no key: by a name of it, or by the public address', async () => {
    const { host } = await issued(['*.rooms.example.org', 'meet.example.org']);
    expect(host.host.url).toBe(`https://meet.example.org:${host.host.port}`);
    const { url } = await host.makeRoom();
    expect(parseInvite(url)).toMatchObject({ origin: host.host.url });
    expect(url).not.toContain('fp=');
  });

  test('is replaced when its files are, key and all', async () => {
    const { certificate, host } = await issued(['meet.example.org']);
    const first = await shown(host);
    await issueCertificate(certificate, { names: ['meet.example.org', 'new.example.org'], now: clock.now() });
    clock.fire(FILES_LOOK_MS);
    await vi.waitFor(async () => expect((await shown(host)).raw).not.toEqual(first.raw));
    expect(host.host.fingerprint).toBe(spkiFingerprint((await shown(host)).raw));
    expect((await host.ask('/api/host', { headers: { Host: 'new.example.org' } })).status).toBe(200);
  });

  test('stays while its files cannot be used, which is logged once', async () => {
    const { certificate, host } = await issued(['meet.example.org']);
    const first = await shown(host);
    const whole = await readFile(certificate.cert, 'utf8');
    await writeFile(certificate.cert, whole.slice(0, 100));
    for (let look = 0; look < 3; look++) {
      const looks = clock.count(FILES_LOOK_MS);
      clock.fire(FILES_LOOK_MS);
      // This one is over when the next is due.
      await vi.waitFor(() => expect(clock.count(FILES_LOOK_MS)).toBe(looks + 1));
    }
    expect(errors).toEqual(['The certificate could not be replaced']);
    expect((await shown(host)).raw).toEqual(first.raw);
  });
});

test('links say the public address of a host that has one', async () => {
  const live = await start({ publicUrl: 'https://meet.example.org:8443' });
  const { host } = live;
  expect(host.url).toBe('https://meet.example.org:8443');
  expect(parseInvite((await live.makeRoom()).url)).toMatchObject({
    origin: 'https://meet.example.org:8443',
    fingerprint: host.fingerprint,
  });
  expect((await live.ask('/api/host', { headers: { Host: 'meet.example.org:8443' } })).status).toBe(200);
});
