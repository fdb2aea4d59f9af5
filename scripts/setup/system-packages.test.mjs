import { describe, expect, it } from 'vitest';
import { packagesFor, readAptStatus, readDistribution } from './system-packages.mjs';

describe('readDistribution', () => {
  it('knows Debian', () => {
    const text = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n';
    expect(readDistribution(text)).toEqual({ distribution: 'debian', codename: 'bookworm' });
  });

  it('knows Ubuntu, though it calls itself like Debian', () => {
    const text = 'ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\nUBUNTU_CODENAME=noble\n';
    expect(readDistribution(text)).toEqual({ distribution: 'ubuntu', codename: 'noble' });
  });

  it("takes Ubuntu's packages for what is made from it, by Ubuntu's name of the release", () => {
    const text = 'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_CODENAME=wilma\nUBUNTU_CODENAME=noble\n';
    expect(readDistribution(text)).toEqual({ distribution: 'ubuntu', codename: 'noble' });
  });

  it.each([['ID=fedora\nVERSION_ID=42\n'], ['']])('leaves others alone: %j', (text) => {
    expect(readDistribution(text).distribution).toBe('other');
  });
});

describe('packagesFor', () => {
  it('names the browser as each distribution does', () => {
    expect(packagesFor('browser', 'debian')).toEqual(['chromium']);
    expect(packagesFor('browser', 'ubuntu')).toEqual(['chromium-browser']);
  });

  it("has Firefox on Debian, and none on Ubuntu, whose package is a snap's", () => {
    expect(packagesFor('firefox', 'debian')).toEqual(['firefox-esr']);
    expect(packagesFor('firefox', 'ubuntu')).toEqual([]);
  });

  it('names what desktop tests are shown on', () => {
    expect(packagesFor('display', 'ubuntu')).toContain('xvfb');
  });

  it('names what networks in a test need', () => {
    expect(packagesFor('lab', 'debian')).toEqual(expect.arrayContaining(['iproute2', 'avahi-daemon', 'avahi-utils']));
  });

  it('names what tests of hosting read and verify', () => {
    expect(packagesFor('administration', 'debian')).toEqual(['nftables', 'iptables', 'systemd']);
  });

  it('names what builds the worker', () => {
    expect(packagesFor('compiler', 'debian')).toContain('meson');
    expect(packagesFor('compiler', 'debian')).not.toContain('libsrtp2-dev');
  });
});

describe('readAptStatus', () => {
  it.each([
    ['dlstatus:1:42.8571:Retrieving file 3 of 7 (2s remaining)', 'downloading, 42 %'],
    ['pmstatus:libuv1-dev:100.0000:Installed libuv1-dev', 'installing, 100 %'],
    ['Unpacking libuv1-dev:amd64 (1.44.2-1) ...', null],
  ])('%s', (line, status) => {
    expect(readAptStatus(line)).toBe(status);
  });
});
