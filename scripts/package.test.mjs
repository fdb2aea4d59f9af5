// @ts-check
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './setup/paths.mjs';

const QUIET = /** @type {Parameters<typeof validateConfiguration>[1]} */ ({ isEnabled: false });

/** @type {import('app-builder-lib').Configuration} */
let config;
beforeAll(async () => {
  config = await getConfig(ROOT, join(ROOT, 'electron-builder.yml'), null);
});

describe('electron-builder.yml', () => {
  it('is what the builder’s own schema describes', async () => {
    await expect(validateConfiguration(config, QUIET)).resolves.toBeUndefined();
  });

  it('is refused by it with a key the builder does not know', async () => {
    const wrong = { ...config, electronFuses: { ...config.electronFuses, wasmTrapHandlers: true } };
    await expect(validateConfiguration(wrong, QUIET)).rejects.toThrow(/electronFuses/);
  });

  it('sets the fuses that keep the packed app from being used as Node or changed', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('unpacks the worker from where the app looks for it, and packs nothing it was made from', () => {
    expect(config.asarUnpack).toEqual(['node_modules/mediasoup/worker/out/Release/**']);
    expect(JSON.stringify(config.files)).toMatch(/"!node_modules\/mediasoup\/worker\/\{src,.*deps.*\}\/\*\*"/);
  });

  it('registers the links the app understands', () => {
    expect(config.protocols).toEqual([{ name: 'Parley', schemes: ['parley'] }]);
  });

  it('has what a deb cannot be made without', async () => {
    const { homepage } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(homepage).toMatch(/^https:/);
    expect(config.linux?.maintainer).toMatch(/ <.+@.+>$/);
  });

  it('asks of macOS what it needs, and no more', async () => {
    const entitlements = await readFile(join(ROOT, String(config.mac?.entitlements)), 'utf8');
    const keys = [...entitlements.matchAll(/<key>(.+)<\/key>/g)].map(([, key]) => key);
    expect(keys.map((key) => key?.replace('com.apple.security.', ''))).toEqual([
      'cs.allow-jit',
      'device.camera',
      'device.audio-input',
    ]);
    // Without these, macOS shows no hosts nearby, and nobody sees this one.
    expect(config.mac?.extendInfo).toMatchObject({
      NSLocalNetworkUsageDescription: expect.any(String),
      NSBonjourServices: ['_parley._tcp'],
    });
    expect(config.mac?.entitlementsInherit).toBe(config.mac?.entitlements);
  });

  it('names files that exist', () => {
    const { mac, linux, win } = config;
    for (const file of [mac?.icon, win?.icon, linux?.icon].map((name) => join('resources', String(name)))) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
    }
    expect(existsSync(join(ROOT, String(mac?.entitlements)))).toBe(true);
  });
});
