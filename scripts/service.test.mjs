import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './setup/paths.mjs';

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');

describe('the unit for systemd', () => {
  const unit = read('docs/service/parley.service');
  const found = spawnSync('systemd-analyze', ['--version']).status === 0;
  const MISSING = 'systemd-analyze is not installed here; on Debian and Ubuntu `npm test` installs it';

  test('is one that systemd takes, and exposes little', ({ skip }) => {
    if (!found) skip(MISSING);
    const folder = mkdtempSync(join(tmpdir(), 'parley-unit-'));
    const file = join(folder, 'parley.service');
    // systemd looks whether the program exists; where it will be, nothing is on this machine.
    writeFileSync(file, unit.replace('/usr/local/bin/parley', join(ROOT, 'scripts', 'parley.mjs')));
    const verified = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
    expect({ status: verified.status, stderr: verified.stderr }).toEqual({ status: 0, stderr: '' });
    const judged = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', '--no-pager', file], {
      encoding: 'utf8',
    });
    expect(judged.stdout).toMatch(/Overall exposure level for parley\.service: 1\.\d OK/);
    expect(judged.status).toBe(0);
    rmSync(folder, { recursive: true });
  });

  test('waits longer than the host takes to end, and ends its media processes with it', () => {
    const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]);
    const closing = Number(/CLOSING_MS = ([\d_]+)/.exec(read('src-main/headless.ts'))?.[1]?.replaceAll('_', ''));
    expect(seconds * 1000).toBeGreaterThan(closing);
    expect(unit).toMatch(/^KillMode=mixed$/m);
  });
});

describe('the Dockerfile', () => {
  /** Instructions with their arguments; continued lines are joined, comments left out. */
  const instructions = read('Dockerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
      return { name, rest };
    });
  const all = (/** @type {string} */ name) => instructions.filter((one) => one.name === name).map(({ rest }) => rest);
  /** Instructions of the last stage, which is what runs. */
  const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
  const KNOWN = 'FROM WORKDIR COPY RUN ENV USER VOLUME EXPOSE STOPSIGNAL HEALTHCHECK ENTRYPOINT'.split(' ');

  test('has known instructions alone, and images of the Node that Parley runs on', () => {
    expect(instructions.map(({ name }) => name).filter((name) => !KNOWN.includes(name))).toEqual([]);
    expect(all('FROM').every((image) => /^node:24-bookworm(-slim)?( AS \w+)?$/.test(image))).toBe(true);
    const stages = all('FROM').flatMap((image) => / AS (\w+)$/.exec(image)?.[1] ?? []);
    const sources = all('COPY').flatMap((copy) => /--from=(\w+)/.exec(copy)?.[1] ?? []);
    expect(sources.every((source) => stages.includes(source))).toBe(true);
  });

  test('runs the host as a user of its own, in exec form, so that signals reach it', () => {
    const names = last.map(({ name }) => name);
    expect(last.find(({ name }) => name === 'USER')?.rest).toBe('parley');
    expect(names.indexOf('USER')).toBeLessThan(names.indexOf('ENTRYPOINT'));
    const [, program] = JSON.parse(all('ENTRYPOINT')[0] ?? '[]');
    expect(JSON.parse(read('package.json')).bin.parley).toBe(program);
    const check = JSON.parse(/CMD (.+)$/.exec(all('HEALTHCHECK')[0] ?? '')?.[1] ?? '[]');
    expect(spawnSync(process.execPath, ['--check', '-'], { input: check[2] }).status).toBe(0);
  });

  test('opens the ports and keeps the folder that its variables say', () => {
    const variables = Object.fromEntries(all('ENV').flatMap((line) => line.split(/ +/).map((pair) => pair.split('='))));
    expect(all('VOLUME')).toEqual([variables['PARLEY_DATA']]);
    expect(all('EXPOSE')[0]).toMatch(/^7443\/tcp /);
    expect(all('HEALTHCHECK')[0]).toContain(`127.0.0.1:${variables['PARLEY_MONITORING_PORT']}/readyz`);
  });

  test('leaves what is made again, and what is private, outside', () => {
    const ignored = read('.dockerignore').trim().split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', '.cache', 'dist', 'node_modules']));
    for (const path of ['package.json', 'scripts/setup.mjs']) expect(existsSync(join(ROOT, path))).toBe(true);
  });
});
