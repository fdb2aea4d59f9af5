import { createPrivateKey } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { MAX_PINNED_ANSWER_BYTES, PINNED_ANSWER_MS } from '../../../src-shared/limits.ts';
import { spkiFingerprint } from '../../host/network/certificate.ts';
import { makeKey, selfSign } from '../../host/network/self-signed.ts';
import { pinnedRequest } from './pinned-request.ts';

let tls: { key: string; cert: string };
let fingerprint: string;
const servers: Server[] = [];

beforeAll(async () => {
  const key = await makeKey();
  tls = { key, cert: await selfSign({ key: createPrivateKey(key), names: ['127.0.0.1'], now: Date.now() }) };
  fingerprint = spkiFingerprint(tls.cert);
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function host(answer: RequestListener): Promise<string> {
  const server = createServer(tls, answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

it('asks a host that has the key', async () => {
  const origin = await host((request, response) => {
    response.writeHead(request.method === 'POST' ? 201 : 200).end(JSON.stringify({ path: request.url }));
  });
  expect(await pinnedRequest({ origin, fingerprint, path: '/a' })).toEqual({ status: 200, body: { path: '/a' } });
  expect(await pinnedRequest({ origin, fingerprint, path: '/b', body: {} })).toMatchObject({ status: 201 });
});

it('sends nothing to a host that has another key', async () => {
  const asked = vi.fn<RequestListener>();
  const origin = await host(asked);
  await expect(pinnedRequest({ origin, fingerprint: 'A'.repeat(43), path: '/' })).rejects.toThrow('Another host');
  expect(asked).not.toHaveBeenCalled();
});

it('reads an answer up to a size', async () => {
  expect(MAX_PINNED_ANSWER_BYTES).toBe(65_536);
  const origin = await host((request, response) => {
    response.end(JSON.stringify('x'.repeat(Number(request.url?.slice(1)) - 2)));
  });
  expect(await pinnedRequest({ origin, fingerprint, path: '/65536' })).toMatchObject({ status: 200 });
  await expect(pinnedRequest({ origin, fingerprint, path: '/65537' })).rejects.toThrow('too large');
});

it('takes JSON only', async () => {
  const origin = await host((_request, response) => response.end('<html>'));
  await expect(pinnedRequest({ origin, fingerprint, path: '/' })).rejects.toThrow(SyntaxError);
});

it('waits PINNED_ANSWER_MS for an answer, and no longer', async () => {
  expect(PINNED_ANSWER_MS).toBe(5000);
  const late = new AbortController();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
  const origin = await host(() => late.abort());
  await expect(pinnedRequest({ origin, fingerprint, path: '/' })).rejects.toThrow('abort');
  expect(timeout).toHaveBeenCalledWith(5000);
});
