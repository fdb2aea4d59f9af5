import { expect, it } from 'vitest';
import { PrivacyArea } from '../../../src-shared/ipc.ts';
import { privacyPage } from './privacy-settings.ts';

it('knows the page of every area where the system has one, and none elsewhere', () => {
  for (const area of PrivacyArea.options) {
    expect(privacyPage('darwin', area)).toMatch(/^x-apple\.systempreferences:/);
    expect(privacyPage('win32', area)).toMatch(/^ms-settings:privacy-/);
    expect(privacyPage('linux', area)).toBeNull();
  }
});
