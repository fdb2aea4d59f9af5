import { createPrivateKey } from 'node:crypto';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { createServer, TLSSocket } from 'node:tls';
import { afterEach, expect, it, vi } from 'vitest';
import { PROBE_MS } from '../../../src-shared/limits.ts';
import { spkiFingerprint } from '../../host/network/certificate.ts';
import { makeKey, selfSign } from '../../host/network/self-signed.ts';
import { probe } from './handshake.ts';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

it('reads the key of a host with a self-made certificate', async () => {
  const key = await makeKey();
  const cert = await selfSign({ key: createPrivateKey(key), names: ['127.0.0.1'], now: Date.now() });
  const origin = await listen(createServer({ key, cert }));
  expect(await probe(origin)).toEqual({ fingerprint: spkiFingerprint(cert), vouchedFor: false });
});

it('says so when what answers speaks no TLS', async () => {
  const origin = await listen(createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  await expect(probe(origin)).rejects.toMatchObject({ code: 'UNREACHABLE' });
});

it('waits PROBE_MS for a handshake, and no longer', async () => {
  const impatient = vi.spyOn(TLSSocket.prototype, 'setTimeout').mockImplementation(function (
    this: TLSSocket,
    ms,
    late,
  ) {
    if (ms === PROBE_MS) late?.();
    return this;
  });
  const origin = await listen(createTcpServer((socket) => socket.resume()));
  await expect(probe(origin)).rejects.toMatchObject({ code: 'UNREACHABLE' });
  impatient.mockRestore();
});

it('says so when nobody answers', async () => {
  const server = createTcpServer();
  const origin = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  await expect(probe(origin)).rejects.toMatchObject({ code: 'UNREACHABLE' });
});
