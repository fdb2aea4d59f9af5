import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from './paths.mjs';

describe('cacheFolder', () => {
  const home = '/home/ada';

  it('follows each system', () => {
    expect(cacheFolder({ platform: 'linux', env: {}, home })).toBe(join(home, '.cache', 'parley'));
    expect(cacheFolder({ platform: 'linux', env: { XDG_CACHE_HOME: '/var/cache' }, home })).toBe('/var/cache/parley');
    expect(cacheFolder({ platform: 'darwin', env: {}, home })).toBe(join(home, 'Library', 'Caches', 'parley'));
    expect(cacheFolder({ platform: 'win32', env: { LOCALAPPDATA: '/local' }, home })).toBe('/local/parley/Cache');
  });
});
