/** The pages of the system's settings where a person allows the app camera, microphone and screen. */
import type { PrivacyArea } from '../../../src-shared/ipc.ts';

const PAGES: Partial<Record<NodeJS.Platform, Record<PrivacyArea, string>>> = {
  darwin: {
    camera: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Camera',
    microphone: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone',
    screen: 'x-apple.systempreferences:com.apple.preference.security?Privacy_ScreenCapture',
  },
  win32: {
    camera: 'ms-settings:privacy-webcam',
    microphone: 'ms-settings:privacy-microphone',
    screen: 'ms-settings:privacy-graphicscaptureprogrammatic',
  },
};

/** The page for an area, or null where the system has none. These are all the addresses the app ever hands to the system. */
export function privacyPage(system: NodeJS.Platform, area: PrivacyArea): string | null {
  return PAGES[system]?.[area] ?? null;
}
