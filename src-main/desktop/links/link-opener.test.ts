import { expect, it, vi } from 'vitest';
import type { MeetingContext } from '../../../src-shared/ipc.ts';
import type { WindowTarget } from '../window/main-window.ts';
import { LinkOpener } from './link-opener.ts';

const LINK = 'parley://192.168.1.5:7443/r/a1b2c3d4';
const HOME: WindowTarget = { at: 'home', link: null };
const MEETING: MeetingContext = {
  at: 'meeting',
  invite: { origin: 'https://10.0.0.1:7443', roomId: 'x' },
  link: '',
  own: false,
  opened: false,
  trust: 'link',
};

function opener({ target = HOME, leaves = true, open = true } = {}) {
  const show = vi.fn(() => Promise.resolve());
  const focus = vi.fn();
  const mayLeave = vi.fn(() => Promise.resolve(leaves));
  const window = open ? {} : null;
  return { show, focus, mayLeave, opener: new LinkOpener({ mainWindow: { target, window, show, focus }, mayLeave }) };
}

it('keeps a link that comes before the first window', async () => {
  const { opener: one, show } = opener({ open: false });
  await one.open(LINK);
  expect(one.first).toBe(LINK);
  expect(show).not.toHaveBeenCalled();
});

it('opens it at home without asking', async () => {
  const { opener: one, show, focus, mayLeave } = opener();
  await one.open(LINK);
  expect(focus).toHaveBeenCalledOnce();
  expect(mayLeave).not.toHaveBeenCalled();
  expect(show).toHaveBeenCalledWith({ at: 'home', link: LINK });
});

it('asks before it leaves a meeting', async () => {
  const staying = opener({ target: MEETING, leaves: false });
  await staying.opener.open(LINK);
  expect(staying.show).not.toHaveBeenCalled();
  const leaving = opener({ target: MEETING });
  await leaving.opener.open(LINK);
  expect(leaving.show).toHaveBeenCalledWith({ at: 'home', link: LINK });
});

it('opened again without a link it comes to the front', async () => {
  const { opener: one, show, focus } = opener({ target: MEETING });
  await one.open(null);
  expect(focus).toHaveBeenCalledOnce();
  expect(show).not.toHaveBeenCalled();
});
