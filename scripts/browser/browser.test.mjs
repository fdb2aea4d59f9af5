import { describe, expect, it } from 'vitest';
import { appWindowArgs } from './app-window.mjs';
import { browserCandidates, firefoxCandidates, hasDisplay } from './find.mjs';
import { meetingLink } from './link.mjs';

describe('browserCandidates', () => {
  it('looks along the PATH on Linux, name by name', () => {
    const found = browserCandidates({ platform: 'linux', env: { PATH: '/usr/local/bin:/usr/bin' } });
    expect(found.slice(0, 2)).toEqual(['/usr/local/bin/chromium', '/usr/bin/chromium']);
    expect(found).toContain('/usr/bin/google-chrome');
  });

  it('looks among the applications on a Mac', () => {
    const found = browserCandidates({ platform: 'darwin', env: { HOME: '/Users/ada' } });
    expect(found).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    expect(found).toContain('/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium');
  });

  it('looks in the program folders on Windows', () => {
    const found = browserCandidates({ platform: 'win32', env: { PROGRAMFILES: '/programs' } });
    expect(found).toContain('/programs/Google/Chrome/Application/chrome.exe');
  });
});

describe('firefoxCandidates', () => {
  it('are where each system has Firefox', () => {
    const linux = firefoxCandidates({ platform: 'linux', env: { PATH: '/usr/bin' } });
    expect(linux).toEqual(['/usr/bin/firefox-esr', '/usr/bin/firefox']);
    const mac = firefoxCandidates({ platform: 'darwin', env: {} });
    expect(mac).toEqual(['/Applications/Firefox.app/Contents/MacOS/firefox']);
    const windows = firefoxCandidates({ platform: 'win32', env: { PROGRAMFILES: '/programs' } });
    expect(windows).toEqual(['/programs/Mozilla Firefox/firefox.exe']);
  });
});

describe('hasDisplay', () => {
  it('is asked of the environment on Linux only', () => {
    expect(hasDisplay({ platform: 'linux', env: {} })).toBe(false);
    expect(hasDisplay({ platform: 'linux', env: { DISPLAY: ':0' } })).toBe(true);
    expect(hasDisplay({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBe(true);
    expect(hasDisplay({ platform: 'win32', env: {} })).toBe(true);
  });
});

describe('appWindowArgs', () => {
  const window = { url: 'https://127.0.0.1:7443/', profile: '/p', root: false };

  it("trusts the host's certificate, named in padded base64, and keeps the sandbox", () => {
    const args = appWindowArgs({ ...window, fingerprint: '-_8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' });
    expect(args).toContain('--app=https://127.0.0.1:7443/');
    expect(args).toContain('--user-data-dir=/p');
    expect(args).toContain('--ignore-certificate-errors-spki-list=+/8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=');
    expect(args).not.toContain('--no-sandbox');
  });

  it('trusts no key where none is known', () => {
    expect(appWindowArgs({ ...window, fingerprint: null }).join(' ')).not.toContain('certificate');
  });

  it('does without the sandbox for root only', () => {
    expect(appWindowArgs({ ...window, fingerprint: 'AA', root: true })).toContain('--no-sandbox');
  });
});

describe('meetingLink', () => {
  const place = '192.168.1.24:7443/r/3f9a2c1d';
  const fingerprint = 'A'.repeat(43);

  it('is the same for the app and for a browser, with all it carries', () => {
    const hash = `#t=secret&fp=${fingerprint}`;
    const both = { app: `parley://${place}${hash}`, web: `https://${place}${hash}`, fingerprint };
    expect(meetingLink(both.app)).toEqual(both);
    expect(meetingLink(both.web)).toEqual(both);
  });

  it('may name no key, or nonsense for one', () => {
    expect(meetingLink(`https://${place}`)?.fingerprint).toBeNull();
    expect(meetingLink(`https://${place}#fp=../..`)?.fingerprint).toBeNull();
  });

  it.each(['--port', '8443', 'http://192.168.1.24/r/3f9a2c1d', 'https://example.com/', 'parley://'])(
    '%s is none',
    (text) => expect(meetingLink(text)).toBeNull(),
  );
});
