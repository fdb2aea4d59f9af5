/** docs/hosting.md, as an administrator pastes it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkCertificate } from './check/certificate.ts';
import { resolveSettings } from './settings/resolve.ts';
import { fileSource } from './settings/sources.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/hosting.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, block = '']) => block);

/** Calls `work` with a folder that is gone afterwards. */
async function inFolder(work: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-hosting-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('its config files are read, together', () =>
  inFolder((folder) => {
    const file = join(folder, 'parley.toml');
    const written = blocks('toml');
    expect(written).toHaveLength(2);
    writeFileSync(file, written.join(''));
    expect(resolveSettings([fileSource(file)]).settings).toMatchObject({
      data: '/var/lib/parley',
      'public-url': 'https://meet.school.example:7443',
      'monitoring-port': 9464,
      cert: '/etc/parley/fullchain.pem',
      key: '/etc/parley/privkey.pem',
    });
  }));

test('an authority of its own issues a certificate that the host takes', ({ skip }) => {
  if (spawnSync('openssl', ['version']).status !== 0) skip('openssl is not installed here');
  return inFolder(async (folder) => {
    const block = blocks('sh').find((lines) => lines.includes('openssl req -x509')) ?? '';
    const lines = block.replace('cd /root\n', '').replace(/^install .*$/m, '');
    const { status, stderr } = spawnSync('sh', ['-e', '-c', lines], { cwd: folder, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const files = { cert: join(folder, 'fullchain.pem'), key: join(folder, 'privkey.pem') };
    const findings = await checkCertificate(files, ['meet.school.example', '192.168.1.5'], Date.now());
    expect(findings.map(({ level }) => level)).toEqual(['ok']);
    const verify = ['verify', '-CAfile', 'ca.pem', '-verify_hostname', 'meet.school.example', 'fullchain.pem'];
    expect(spawnSync('openssl', verify, { cwd: folder, encoding: 'utf8' }).stdout).toBe('fullchain.pem: OK\n');
  });
});

test('its links lead to files that exist, and its commands to scripts that do', () => {
  const root = join(import.meta.dirname, '../..');
  const links = [...page.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => join(root, 'docs', path));
  const installed = [...page.matchAll(/\/opt\/parley\/(\S+\.(?:mjs|service))/g)].map(([, path = '']) =>
    join(root, path),
  );
  expect(installed.length).toBeGreaterThan(1);
  for (const file of [...links, ...installed]) expect(() => readFileSync(file)).not.toThrow();
});
