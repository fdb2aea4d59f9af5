import { expect, it, vi } from 'vitest';
import { HostError } from '../../host/host-error.ts';
import { Hosting } from './hosting.ts';
import type { HostingOptions, RunningHost } from './hosting.ts';

const ROOM = { hostName: 'Mira', name: 'Mira’s room' };
const FINGERPRINT = 'A'.repeat(43);

function hosting() {
  const close = vi.fn(() => Promise.resolve());
  const setAnnounced = vi.fn(() => Promise.resolve());
  const host: RunningHost = {
    url: 'https://192.168.1.5:7443',
    port: 7443,
    fingerprint: FINGERPRINT,
    words: ['abandon', 'ability', 'able', 'about'],
    name: 'Mira’s laptop',
    participants: 3,
    setAnnounced,
    close,
  };
  const start = vi.fn(() => Promise.resolve(host));
  const createRoom = vi.fn<HostingOptions['createRoom']>(() =>
    Promise.resolve({ roomId: 'a1b2c3d4', hostToken: 'secret' }),
  );
  return { close, setAnnounced, start, createRoom, hosting: new Hosting({ start, createRoom }) };
}

it('starts the host, makes a room over the loopback, and goes there as a guest with the host’s token', async () => {
  const { hosting: one, createRoom } = hosting();
  const { hosted, context } = await one.open(ROOM);
  expect(createRoom).toHaveBeenCalledWith({ origin: 'https://127.0.0.1:7443', fingerprint: FINGERPRINT }, ROOM);
  expect(context.invite).toEqual({
    origin: 'https://127.0.0.1:7443',
    roomId: 'a1b2c3d4',
    token: 'secret',
    fingerprint: FINGERPRINT,
  });
  expect(context).toMatchObject({ own: true, opened: true });
  expect(hosted).toMatchObject({
    url: 'https://192.168.1.5:7443',
    name: 'Mira’s laptop',
    words: ['abandon', 'ability', 'able', 'about'],
  });
  expect(hosted.link).toBe(`https://192.168.1.5:7443/r/a1b2c3d4#fp=${FINGERPRINT}`);
  expect(JSON.stringify(hosted)).not.toContain('secret');
});

it('has the key of a room in its link', async () => {
  const { hosting: one, createRoom } = hosting();
  createRoom.mockResolvedValueOnce({ roomId: 'a1b2c3d4', hostToken: 'secret', linkKey: 'K' });
  const { hosted, context } = await one.open(ROOM);
  expect([hosted.link, context.link]).toEqual(
    Array(2).fill(`https://192.168.1.5:7443/r/a1b2c3d4#k=K&fp=${FINGERPRINT}`),
  );
  expect(context.invite).toMatchObject({ token: 'secret', key: 'K' });
});

it('starts one host, however many meetings are opened', async () => {
  const { hosting: one, start } = hosting();
  await Promise.all([one.open(ROOM), one.open(ROOM)]);
  expect(start).toHaveBeenCalledOnce();
});

it('finds the way back to its own meeting, and to no other', async () => {
  const { hosting: one } = hosting();
  expect(one.contextOf('a1b2c3d4', FINGERPRINT)).toBeNull();
  const { context } = await one.open(ROOM);
  expect(one.contextOf('a1b2c3d4', FINGERPRINT)).toEqual({ ...context, opened: false });
  expect(one.contextOf('ffffffff', FINGERPRINT)).toBeNull();
  expect(one.contextOf('a1b2c3d4', 'B'.repeat(43))).toBeNull();
  expect(one.contextOf('a1b2c3d4', undefined)).toBeNull();
});

it('says why the host did not start, and starts anew the next time', async () => {
  const { hosting: one, start } = hosting();
  start.mockRejectedValueOnce(new HostError('PORT_IN_USE', 'Port 7443 is taken'));
  await expect(one.open(ROOM)).rejects.toMatchObject({ code: 'PORT_IN_USE', message: 'Port 7443 is taken' });
  start.mockRejectedValueOnce(new TypeError('x is undefined'));
  await expect(one.open(ROOM)).rejects.toMatchObject({ code: 'HOST_FAILED' });
  await expect(one.open(ROOM)).resolves.toBeDefined();
});

it('says so when the host refuses a room', async () => {
  const { hosting: one, createRoom } = hosting();
  createRoom.mockRejectedValueOnce(new Error('503'));
  await expect(one.open(ROOM)).rejects.toMatchObject({ code: 'HOST_FAILED' });
  expect(one.hosted).toBeNull();
});

it('counts the others, and ends once', async () => {
  const { hosting: one, close } = hosting();
  expect(one.guests(false)).toBe(0);
  await one.open(ROOM);
  expect([one.guests(false), one.guests(true)]).toEqual([3, 2]);
  await Promise.all([one.end(), one.end()]);
  expect(close).toHaveBeenCalledOnce();
  expect([one.guests(false), one.guests(true), one.hosted]).toEqual([0, 0, null]);
});

it('switches the announcement of the running host, and has its key', async () => {
  const { hosting: one, setAnnounced } = hosting();
  await one.setAnnounced(false);
  expect(setAnnounced).not.toHaveBeenCalled();
  expect(one.fingerprint).toBeUndefined();
  await one.open(ROOM);
  await one.setAnnounced(false);
  expect(setAnnounced).toHaveBeenCalledExactlyOnceWith(false);
  expect(one.fingerprint).toBe(FINGERPRINT);
  await one.end();
  expect(one.fingerprint).toBeUndefined();
});
