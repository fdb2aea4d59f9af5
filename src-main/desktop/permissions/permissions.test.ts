import type { Session } from 'electron';
import { expect, it } from 'vitest';
import { GRANTED, guardPermissions, mayHave } from './permissions.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;

/** A session that keeps the handlers it is given. */
function guarded(mayUseMedia = true) {
  const kept: { request?: RequestHandler | null; check?: CheckHandler | null; device?: (() => boolean) | null } = {};
  guardPermissions(
    {
      setPermissionRequestHandler: (handler) => void (kept.request = handler),
      setPermissionCheckHandler: (handler) => void (kept.check = handler),
      setDevicePermissionHandler: (handler) => void (kept.device = handler as () => boolean),
    },
    () => mayUseMedia,
  );
  return kept;
}

it('gives every row a reason', () => {
  for (const [permission, reason] of Object.entries(GRANTED)) expect(reason, permission).toMatch(/^[A-Z].{15,}\.$/);
});

it('grants exactly the table', () => {
  expect(Object.keys(GRANTED).sort()).toEqual([
    'clipboard-sanitized-write',
    'display-capture',
    'fullscreen',
    'local-network',
    'local-network-access',
    'loopback-network',
    'media',
    'notifications',
    'screen-wake-lock',
    'speaker-selection',
  ]);
});

it.each([
  'geolocation',
  'clipboard-read',
  'usb',
  'hid',
  'fileSystem',
  'openExternal',
  'midi',
  'unknown',
  'toString',
  '__proto__',
])('denies %s', (permission) => {
  expect(mayHave(permission, 'app://parley/', true, true)).toBe(false);
});

it('grants nothing to another page or to a frame within', () => {
  expect(mayHave('media', 'app://parley/r/x', true, true)).toBe(true);
  expect(mayHave('media', 'https://parley/', true, true)).toBe(false);
  expect(mayHave('media', 'app://parley/', false, true)).toBe(false);
});

it('gives camera and microphone to no host before the person agreed', () => {
  const { request, check } = guarded(false);
  const asked: boolean[] = [];
  const details = { requestingUrl: 'app://parley/r/x', isMainFrame: true };
  request?.(null as never, 'media', (granted) => asked.push(granted), details);
  request?.(null as never, 'fullscreen', (granted) => asked.push(granted), details);
  expect(asked).toEqual([false, true]);
  expect(check?.(null, 'media', 'app://parley/', details)).toBe(false);
});

it('answers requests and checks alike, also where a check comes without contents or address', () => {
  const { request, check, device } = guarded();
  const asked: boolean[] = [];
  const details = { requestingUrl: 'app://parley/', isMainFrame: true };
  request?.(null as never, 'media', (granted) => asked.push(granted), details);
  request?.(null as never, 'geolocation', (granted) => asked.push(granted), details);
  expect(asked).toEqual([true, false]);
  expect(check?.(null, 'media', 'app://parley/', { isMainFrame: true })).toBe(true);
  expect(check?.(null, 'media', 'app://parley/', { isMainFrame: true, requestingUrl: 'https://evil.example/' })).toBe(
    false,
  );
  expect(check?.(null, 'serial', 'app://parley/', details)).toBe(false);
  expect(device?.()).toBe(false);
});
