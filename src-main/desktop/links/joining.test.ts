import { describe, expect, it, vi } from 'vitest';
import type { MeetingPlace } from '../../../src-shared/ipc.ts';
import { placeOf } from './joining.ts';

const [A, B] = ['a'.repeat(43), 'b'.repeat(43)];
const ORIGIN = 'https://192.168.1.5:7443';

function options({ seen = A, known = undefined as string | undefined, own = null as MeetingPlace | null } = {}) {
  return {
    probe: vi.fn(() => Promise.resolve({ fingerprint: seen, vouchedFor: false })),
    known: { get: () => known, remember: vi.fn() },
    hosted: () => own,
  };
}

describe('a link', () => {
  it('leads to its meeting, pinned to the key it names, and is passed on without its token', async () => {
    const given = options();
    expect(await placeOf(`parley://192.168.1.5:7443/r/a1b2c3d4#t=token&fp=${A}`, given)).toEqual({
      at: 'meeting',
      invite: { origin: ORIGIN, roomId: 'a1b2c3d4', token: 'token', fingerprint: A },
      link: `${ORIGIN}/r/a1b2c3d4#fp=${A}`,
      own: false,
      opened: false,
      trust: 'link',
    });
    expect(given.known.remember).toHaveBeenCalledWith(ORIGIN, A);
  });

  it('without a key is pinned to the one that answers, which is passed on by nobody', async () => {
    expect(await placeOf('192.168.1.5:7443/r/a1b2c3d4', options())).toMatchObject({
      invite: { fingerprint: A },
      link: `${ORIGIN}/r/a1b2c3d4`,
      trust: 'first-use',
    });
  });

  it('is refused when another key answers, and nothing is remembered', async () => {
    const given = options({ seen: B });
    await expect(placeOf(`${ORIGIN}/r/a1b2c3d4#fp=${A}`, given)).rejects.toMatchObject({ code: 'KEY_CHANGED' });
    expect(given.known.remember).not.toHaveBeenCalled();
  });

  it('is refused when it is none', async () => {
    await expect(placeOf('hello', options())).rejects.toMatchObject({ code: 'NOT_A_LINK' });
  });

  it('to a meeting hosted here goes over the loopback', async () => {
    const own: MeetingPlace = {
      at: 'meeting',
      invite: { origin: 'https://127.0.0.1:7443', roomId: 'a1b2c3d4', token: 'host', fingerprint: A },
      link: `${ORIGIN}/r/a1b2c3d4#fp=${A}`,
      own: true,
      opened: false,
      trust: 'link',
    };
    const given = options({ own });
    expect(await placeOf(own.link, given)).toBe(own);
    expect(given.probe).not.toHaveBeenCalled();
  });
});
