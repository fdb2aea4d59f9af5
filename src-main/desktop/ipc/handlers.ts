/** What each call of the window does: hands on to the part whose business it is. */
import type { Clipboard, NativeTheme, Shell } from 'electron';
import { MAX_LINK_LENGTH } from '../../../src-shared/limits.ts';
import { parseInvite } from '../../../src-shared/invite.ts';
import type { AppFiles } from '../files/app-files.ts';
import type { Hosting } from '../hosting/hosting.ts';
import { placeOf } from '../links/joining.ts';
import type { ScreenPicker } from '../screens/screen-picker.ts';
import { probe } from '../trust/handshake.ts';
import { privacyPage } from '../window/privacy-settings.ts';
import type { Presence } from '../window/presence.ts';
import type { Stage } from '../window/stage.ts';
import type { CallHandlers } from './serve.ts';

export interface HandlerParts {
  stage: Stage;
  presence: Presence;
  hosting: Hosting;
  picker: ScreenPicker;
  files: AppFiles;
  clipboard: Pick<Clipboard, 'readText'>;
  nativeTheme: Pick<NativeTheme, 'themeSource'>;
  shell: Pick<Shell, 'openExternal'>;
  system: NodeJS.Platform;
  /** This computer's name as its people know it. */
  computer: string;
}

export function createHandlers(parts: HandlerParts): CallHandlers {
  const { stage, presence, hosting, picker, files, clipboard, nativeTheme, shell, system, computer } = parts;
  const joining = {
    probe,
    known: files.knownHosts,
    hosted: (roomId: string, fingerprint: string | undefined) => hosting.placeOf(roomId, fingerprint),
  };
  return {
    place: () => {
      const preferences = files.preferences.value;
      const { where } = stage;
      return where.at === 'home'
        ? { ...where, computer, hosting: hosting.hosted, preferences }
        : { ...where, preferences };
    },
    host: async (room) => {
      const { hosted, place } = await hosting.open(room);
      await stage.show(place);
      return hosted;
    },
    join: async ({ link }) => {
      await stage.show(await placeOf(link, joining));
      return null;
    },
    goHome: async () => {
      await stage.show({ at: 'home', link: null });
      return null;
    },
    setInMeeting: ({ inMeeting }) => {
      presence.set(inMeeting);
      return null;
    },
    linkOnClipboard: async () => {
      const text = await clipboard.readText();
      return text.length <= MAX_LINK_LENGTH && parseInvite(text) ? text : null;
    },
    screenSources: ({ pick }) => picker.sources(pick),
    answerPick: ({ pick, source, sound }) => {
      picker.answer(pick, source, sound);
      return null;
    },
    openPrivacySettings: async ({ area }) => {
      const page = privacyPage(system, area);
      if (page !== null) await shell.openExternal(page);
      return null;
    },
    setTheme: ({ theme }) => {
      nativeTheme.themeSource = theme;
      files.theme.save(theme);
      return null;
    },
    savePreferences: (preferences) => {
      files.preferences.save(preferences);
      return null;
    },
  };
}
