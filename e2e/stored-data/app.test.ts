/** The app of today on what earlier versions kept beside their host. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAppFiles } from '../../src-main/desktop/files/app-files.ts';
import { folderOf } from './facts.ts';

const key = (fingerprint: string) => ({ trust: 'key', fingerprint }) as const;
const RECEPTION = key('n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg');

describe('data of 0.1.0', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-stored-'));
    cpSync(join(folderOf('0.1.0'), 'app'), folder, { recursive: true });
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('knows the key of every host', () => {
    const { knownHosts } = openAppFiles(folder);
    expect(knownHosts.get('https://192.168.1.20:7443')).toEqual(RECEPTION);
    expect(knownHosts.get('https://[fd00::20]:7443')).toEqual(RECEPTION);
    expect(knownHosts.get('https://meet.example.org')).toEqual(key('LCa0a2j_xo_5m0U8HTBBNBNCLXBkg7-g-YpeiGJm564'));
  });

  it('still knows them when another has come', () => {
    openAppFiles(folder).knownHosts.remember('https://10.0.0.9:7443', key('B'));
    const { knownHosts } = openAppFiles(folder);
    expect(knownHosts.get('https://192.168.1.20:7443')).toEqual(RECEPTION);
    expect(knownHosts.get('https://10.0.0.9:7443')).toEqual(key('B'));
  });

  it('opens as its person left it', () => {
    const { theme, window } = openAppFiles(folder);
    expect(theme.value).toBe('dark');
    expect(window.value).toEqual({ x: 120, y: 80, width: 1440, height: 900, maximized: false });
  });
});
