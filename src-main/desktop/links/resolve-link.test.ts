import { describe, expect, it, vi } from 'vitest';
import type { MeetingContext } from '../../../src-shared/ipc.ts';
import { fingerprintWords } from '../../../src-shared/words.ts';
import type { KnownHost } from '../trust/known-hosts.ts';
import { hostOfLink, resolveLink } from './resolve-link.ts';

const [A, B] = ['a'.repeat(43), 'b'.repeat(43)];
const ORIGIN = 'https://192.168.1.5:7443';
const LINK = `${ORIGIN}/r/a1b2c3d4`;
const key = (fingerprint: string): KnownHost => ({ trust: 'key', fingerprint });

interface Given {
  seen?: string;
  vouchedFor?: boolean;
  known?: KnownHost;
  /** The identities the person has agreed to. */
  consented?: readonly (string | null)[];
  own?: MeetingContext | null;
}

function options({ seen = A, vouchedFor = false, known, consented = [], own = null }: Given = {}) {
  return {
    probe: vi.fn(() => Promise.resolve({ fingerprint: seen, vouchedFor })),
    known: { get: () => known, remember: vi.fn() },
    consents: {
      has: ({ fingerprint }: { fingerprint: string | null }) => consented.includes(fingerprint),
      add: vi.fn(),
    },
    hosted: () => own,
  };
}

const OWN: MeetingContext = {
  at: 'meeting',
  invite: { origin: 'https://127.0.0.1:7443', roomId: 'a1b2c3d4', token: 'host', fingerprint: A },
  link: `${ORIGIN}/r/a1b2c3d4#fp=${A}`,
  own: true,
  opened: false,
  trust: 'link',
};

describe('the host of a link', () => {
  it('is told before anything is sent to it', () => {
    const given = options();
    expect(hostOfLink(`${LINK}#t=token&fp=${A}`, given)).toEqual({
      address: '192.168.1.5:7443',
      own: false,
      words: fingerprintWords(A),
      wordsBefore: null,
      met: false,
      consented: false,
    });
    expect(given.probe).not.toHaveBeenCalled();
  });

  it('that was met and agreed to is so again by a link with and without its key', () => {
    const given = options({ known: key(A), consented: [A] });
    for (const link of [LINK, `${LINK}#fp=${A}`])
      expect(hostOfLink(link, given)).toMatchObject({ words: fingerprintWords(A), met: true, consented: true });
  });

  it('whose key is another than the known one is told as such, and is not agreed to', () => {
    expect(hostOfLink(`${LINK}#fp=${B}`, options({ known: key(A), consented: [A, B] }))).toMatchObject({
      words: fingerprintWords(B),
      wordsBefore: fingerprintWords(A),
      met: false,
      consented: false,
    });
  });

  it('that an authority vouches for is known by its name', () => {
    expect(hostOfLink(LINK, options({ known: { trust: 'ca' }, consented: [null] }))).toMatchObject({
      words: null,
      met: true,
      consented: true,
    });
    expect(hostOfLink(LINK, options({ consented: [null] })).consented).toBe(false);
  });

  it('is this computer where the meeting is hosted here', () => {
    expect(hostOfLink(OWN.link, options({ own: OWN }))).toMatchObject({ own: true, consented: true });
  });
});

describe('a link', () => {
  it('sends nothing anywhere before the person has agreed', async () => {
    const given = options();
    await expect(resolveLink(`${LINK}#fp=${A}`, undefined, given)).rejects.toMatchObject({ code: 'CONSENT_REQUIRED' });
    expect(given.probe).not.toHaveBeenCalled();
    expect(given.consents.add).not.toHaveBeenCalled();
  });

  it('leads to its meeting, pinned to the key it names, and is passed on without its token', async () => {
    const given = options();
    expect(await resolveLink(`parley://192.168.1.5:7443/r/a1b2c3d4#t=token&fp=${A}`, 'host', given)).toEqual({
      at: 'meeting',
      invite: { origin: ORIGIN, roomId: 'a1b2c3d4', token: 'token', fingerprint: A },
      link: `${ORIGIN}/r/a1b2c3d4#fp=${A}`,
      own: false,
      opened: false,
      trust: 'link',
    });
    expect(given.known.remember).toHaveBeenCalledWith(ORIGIN, key(A));
    expect(given.consents.add).toHaveBeenCalledWith({ origin: ORIGIN, fingerprint: A });
  });

  it('is followed without a question where the person has agreed to its host before', async () => {
    expect(await resolveLink(LINK, undefined, options({ known: key(A), consented: [A] }))).toMatchObject({
      trust: 'known',
    });
  });

  it('without a key is pinned to the one that answers, which is not passed on', async () => {
    expect(await resolveLink('192.168.1.5:7443/r/a1b2c3d4', 'host', options())).toMatchObject({
      invite: { fingerprint: A },
      link: LINK,
      trust: 'first-use',
    });
  });

  it('keeps the key of the room, in the link to pass on too', async () => {
    const link = `${LINK}#k=K&fp=${A}`;
    const { invite, link: passedOn } = await resolveLink(link, 'host', options());
    expect([invite.key, passedOn]).toEqual(['K', link]);
  });

  it('is refused when another key answers, and nothing is remembered', async () => {
    const given = options({ seen: B });
    await expect(resolveLink(`${LINK}#fp=${A}`, 'host', given)).rejects.toMatchObject({ code: 'KEY_CHANGED' });
    expect(given.known.remember).not.toHaveBeenCalled();
    expect(given.consents.add).not.toHaveBeenCalled();
  });

  it('replaces a known key only when the person agreed to that', async () => {
    const silently = options({ seen: B, known: key(A) });
    await expect(resolveLink(`${LINK}#fp=${B}`, 'host', silently)).rejects.toMatchObject({ code: 'KEY_UNCONFIRMED' });
    expect(silently.known.remember).not.toHaveBeenCalled();
    const agreed = options({ seen: B, known: key(A) });
    expect(await resolveLink(`${LINK}#fp=${B}`, 'new-key', agreed)).toMatchObject({ trust: 'link' });
    expect(agreed.known.remember).toHaveBeenCalledWith(ORIGIN, key(B));
  });

  it('to a host that an authority vouches for pins nothing, and the consent is for the name', async () => {
    const given = options({ vouchedFor: true });
    const context = await resolveLink(LINK, 'host', given);
    expect([context.trust, context.invite.fingerprint]).toEqual(['authority', undefined]);
    expect(given.known.remember).toHaveBeenCalledWith(ORIGIN, { trust: 'ca' });
    expect(given.consents.add).toHaveBeenCalledWith({ origin: ORIGIN, fingerprint: null });
  });

  it('is refused when it is none', async () => {
    await expect(resolveLink('hello', 'host', options())).rejects.toMatchObject({ code: 'NOT_A_LINK' });
  });

  it('to a meeting hosted here goes over the loopback interface', async () => {
    const given = options({ own: OWN });
    expect(await resolveLink(OWN.link, undefined, given)).toBe(OWN);
    expect(given.probe).not.toHaveBeenCalled();
  });
});
