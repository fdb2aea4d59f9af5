import { createPrivateKey } from 'node:crypto';
import type { Request } from 'electron';
import { beforeAll, describe, expect, it } from 'vitest';
import { spkiFingerprint } from '../../host/network/certificate.ts';
import { makeKey, selfSign } from '../../host/network/self-signed.ts';
import { ACCEPT, ASK_CHROMIUM, REFUSE, pinHost, verdict } from './verify.ts';

const NOW = Date.now();

/** A self-made certificate, and another of the same key with other names in it. */
async function certificates(): Promise<[string, string]> {
  const key = createPrivateKey(await makeKey());
  return Promise.all([
    selfSign({ key, names: ['192.168.1.5'], now: NOW }),
    selfSign({ key, names: ['10.0.0.9'], now: NOW }),
  ]);
}

let pem: string, remade: string, other: string;
beforeAll(async () => {
  [pem, remade] = await certificates();
  [other] = await certificates();
});

const asked = (hostname: string, data: string) => ({ hostname, certificate: { data } as Request['certificate'] });
const pin = (origin = 'https://192.168.1.5:7443') => ({ origin, fingerprint: spkiFingerprint(pem) });

describe('the verdict', () => {
  it('accepts the pinned key, in a certificate remade with it too', () => {
    expect(verdict(pin(), asked('192.168.1.5', pem))).toBe(ACCEPT);
    expect(verdict(pin(), asked('192.168.1.5', remade))).toBe(ACCEPT);
  });

  it('refuses another key', () => {
    expect(verdict(pin(), asked('192.168.1.5', other))).toBe(REFUSE);
  });

  it('refuses another host, whatever its key', () => {
    expect(verdict(pin(), asked('192.168.1.6', pem))).toBe(REFUSE);
  });

  it('refuses what is no certificate', () => {
    expect(verdict(pin(), asked('192.168.1.5', 'nonsense'))).toBe(REFUSE);
  });

  it('refuses everything at home', () => {
    expect(verdict(null, asked('192.168.1.5', pem))).toBe(REFUSE);
  });

  it('leaves a host that authorities vouch for to Chromium, and no other', () => {
    const vouched = { origin: 'https://meet.example', fingerprint: null };
    expect(verdict(vouched, asked('meet.example', pem))).toBe(ASK_CHROMIUM);
    expect(verdict(vouched, asked('evil.example', pem))).toBe(REFUSE);
  });

  it('knows an IPv6 address with and without brackets', () => {
    expect(verdict(pin('https://[fe80::1]:7443'), asked('fe80::1', pem))).toBe(ACCEPT);
    expect(verdict(pin('https://[fe80::1]:7443'), asked('[fe80::1]', pem))).toBe(ACCEPT);
  });
});

it('answers a session at once', () => {
  const verdicts: number[] = [];
  pinHost(
    {
      setCertificateVerifyProc: (verify) =>
        verify?.(asked('192.168.1.5', pem) as Request, (result) => void verdicts.push(result)),
    },
    pin(),
  );
  expect(verdicts).toEqual([ACCEPT]);
});
