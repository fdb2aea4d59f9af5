/** Carries out each call of the main window's page. */
import type { Clipboard, NativeTheme } from 'electron';
import { MAX_LINK_LENGTH } from '../../../src-shared/limits.ts';
import { parseInvite } from '../../../src-shared/invite.ts';
import type { Answers, CALLS } from '../../../src-shared/ipc.ts';
import type { AppFiles } from '../files/app-files.ts';
import type { Hosting } from '../hosting/hosting.ts';
import { hostOfLink, resolveLink } from '../links/resolve-link.ts';
import type { NearbyHosts } from '../nearby/nearby.ts';
import type { ScreenPicker } from '../screen-share/screen-picker.ts';
import { probe } from '../trust/handshake.ts';
import type { SleepBlocker } from '../window/sleep-blocker.ts';
import type { MainWindow } from '../window/main-window.ts';
import type { Handlers } from './serve.ts';
import { DesktopError } from './desktop-error.ts';

export interface HandlerParts {
  mainWindow: MainWindow;
  sleepBlocker: SleepBlocker;
  hosting: Hosting;
  nearby: NearbyHosts;
  /** Whether the host announces itself from now on. */
  setAnnounced: (on: boolean) => Promise<void>;
  picker: Pick<ScreenPicker, 'quality'>;
  files: AppFiles;
  clipboard: Pick<Clipboard, 'readText'>;
  nativeTheme: Pick<NativeTheme, 'themeSource'>;
  /** The language that the page has set; the picker, a page of its own, uses it too. */
  appearance: { language: string };
  /** This computer's name as its people know it. */
  computer: string;
}

export function createHandlers(parts: HandlerParts): Handlers<typeof CALLS, Answers> {
  const {
    mainWindow,
    sleepBlocker,
    hosting,
    nearby,
    setAnnounced,
    picker,
    files,
    clipboard,
    nativeTheme,
    appearance,
    computer,
  } = parts;
  const joining = {
    probe,
    known: files.knownHosts,
    consents: files.mediaConsents,
    hosted: (roomId: string, fingerprint: string | undefined) => hosting.contextOf(roomId, fingerprint),
  };
  /** Only the home screen, which connects to no host, may report the person's consent. */
  const requireHome = () => {
    if (mainWindow.target.at !== 'home') throw new DesktopError('BAD_REQUEST', 'Only the home screen may ask for this');
  };
  return {
    context: () => {
      const preferences = files.preferences.value;
      const { target } = mainWindow;
      return target.at === 'home'
        ? { ...target, computer, hosting: hosting.hosted, discovery: files.discovery.value, preferences }
        : { ...target, preferences };
    },
    host: async (room) => {
      requireHome();
      const { hosted, context } = await hosting.open(room);
      await mainWindow.show(context);
      return hosted;
    },
    hostOfLink: ({ link }) => {
      requireHome();
      return hostOfLink(link, joining);
    },
    join: async ({ link, consent }) => {
      requireHome();
      await mainWindow.show(await resolveLink(link, consent, joining));
      return null;
    },
    goHome: async () => {
      await mainWindow.show({ at: 'home', link: null });
      return null;
    },
    setInMeeting: ({ inMeeting }) => {
      sleepBlocker.set(inMeeting);
      return null;
    },
    linkOnClipboard: async () => {
      const text = await clipboard.readText();
      return text.length <= MAX_LINK_LENGTH && parseInvite(text) ? text : null;
    },
    shareQuality: () => picker.quality,
    setAppearance: ({ theme, language }) => {
      appearance.language = language;
      nativeTheme.themeSource = theme;
      files.theme.save(theme);
      return null;
    },
    savePreferences: (preferences) => {
      files.preferences.save(preferences);
      return null;
    },
    nearby: () => {
      requireHome();
      return nearby.list();
    },
    setDiscovery: async (discovery) => {
      requireHome();
      files.discovery.save(discovery);
      await setAnnounced(discovery.announce);
      return null;
    },
  };
}
