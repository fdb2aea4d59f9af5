/** The entry of the desktop app: creates the parts of `desktop/` and connects them. Contains no rules. */
import { join } from 'node:path';
import { hostname, release } from 'node:os';
import {
  app,
  BrowserWindow,
  clipboard,
  desktopCapturer,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  systemPreferences,
} from 'electron';
import { channel } from '../src-shared/channel.ts';
import { CALLS } from '../src-shared/ipc.ts';
import { pickerChannel } from '../src-shared/picker-channel.ts';
import { PICKER_CALLS } from '../src-shared/picker-ipc.ts';
import { openAppFiles } from './desktop/files/app-files.ts';
import { createRoom } from './desktop/hosting/create-room.ts';
import { Hosting } from './desktop/hosting/hosting.ts';
import { startOwnHost } from './desktop/hosting/own-host.ts';
import { workerPath } from './desktop/hosting/worker-path.ts';
import { createHandlers } from './desktop/ipc/handlers.ts';
import { createPickerHandlers } from './desktop/ipc/picker-handlers.ts';
import { isFromPage, serveCalls } from './desktop/ipc/serve.ts';
import { deepLink, linkFromArguments, protocolClient } from './desktop/links/deep-links.ts';
import { LinkOpener } from './desktop/links/link-opener.ts';
import { browseOnDemand, NearbyHosts } from './desktop/nearby/nearby.ts';
import { NearbyRooms } from './desktop/nearby/nearby-rooms.ts';
import { SCHEME } from './desktop/page/scheme.ts';
import { canShareSound, systemAsks } from './desktop/screen-share/capabilities.ts';
import { PickerWindow } from './desktop/screen-share/picker-window.ts';
import { ScreenPicker } from './desktop/screen-share/screen-picker.ts';
import { pinnedRequest } from './desktop/trust/pinned-request.ts';
import { appText } from './desktop/window/app-text.ts';
import { WindowMaker } from './desktop/window/create-window.ts';
import { Dialogs } from './desktop/window/dialogs.ts';
import { menuTemplate } from './desktop/window/menu.ts';
import { lacksSandbox } from './desktop/window/sandbox.ts';
import { SleepBlocker } from './desktop/window/sleep-blocker.ts';
import { Quitting } from './desktop/window/quitting.ts';
import { MainWindow } from './desktop/window/main-window.ts';
import { boundsFrom, stateOf } from './desktop/window/window-state.ts';
import { createLog } from './host/operations/log.ts';
import { systemClock } from './host/system-clock.ts';

const system = process.platform;
const log = createLog(process.stderr);
const report = (error: unknown) => log.error('the app failed', { error });

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  {
    scheme: SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
  },
]);
if (system === 'win32') app.setAppUserModelId('app.parley.desktop');
process.on('uncaughtException', report);
process.on('unhandledRejection', report);

if (lacksSandbox(app.isPackaged, app.commandLine)) refuse();
else if (app.requestSingleInstanceLock()) compose();
else app.quit();

/** Explains why the app does not run, and ends it. */
function refuse(): void {
  const explain = () => {
    new Dialogs(dialog, () => app.getLocale()).noSandbox();
    app.exit(1);
  };
  app.whenReady().then(explain).catch(report);
}

function compose(): void {
  const files = openAppFiles(app.getPath('userData'));
  const dialogs = new Dialogs(dialog, () => app.getLocale());
  const built = (path: string) => join(import.meta.dirname, '..', path);
  const pageRoot = built('renderer');
  const appearance = { language: 'system' };
  const settings = app.isPackaged ? {} : process.env;
  // Tests do not use the network of the machine that they run on.
  const discovers = settings['PARLEY_DISCOVERY'] !== 'off';
  const hosting = new Hosting({
    createRoom,
    start: () =>
      startOwnHost({
        dataDir: files.host,
        version: app.getVersion(),
        pageRoot,
        announce: discovers && files.discovery.value.announce,
        workerBin: workerPath({
          packaged: app.isPackaged,
          resources: process.resourcesPath,
          system,
          override: process.env['MEDIASOUP_WORKER_BIN'],
        }),
        settings,
        log,
      }),
  });
  const nearby = new NearbyHosts({
    browse: () => browseOnDemand(log),
    mayLook: () => discovers && files.discovery.value.look,
    own: () => hosting.fingerprint,
    isKnown: (fingerprint) => files.mediaConsents.has({ origin: '', fingerprint }),
    rooms: new NearbyRooms({ request: pinnedRequest, clock: systemClock }),
    clock: systemClock,
  });
  const sleepBlocker = new SleepBlocker(powerSaveBlocker, () => hosting.hosted !== null);
  const pickerWindow: PickerWindow = new PickerWindow({ create: () => maker.makePicker(mainWindow.window), report });
  const picker = new ScreenPicker({
    capturer: desktopCapturer,
    sound: canShareSound(system, release()),
    systemAsks: systemAsks(system, process.env),
    denied: () => system === 'darwin' && systemPreferences.getMediaAccessStatus('screen') !== 'granted',
    window: pickerWindow,
  });
  const maker = new WindowMaker({
    BrowserWindow,
    fromPartition: (name) => session.fromPartition(name),
    page: { root: pageRoot, preload: built('preload/preload.cjs') },
    picker: { root: built('picker'), preload: built('preload/preload-picker.cjs') },
    dark: () => nativeTheme.shouldUseDarkColors,
    initial: () => boundsFrom(files.window.value, screen.getAllDisplays()),
    maximized: () => files.window.value?.maximized ?? false,
    mayUseMedia: (host) => host.fingerprint === hosting.hosted?.fingerprint || files.mediaConsents.has(host),
    answerDisplayMedia: picker.request,
    development: !app.isPackaged,
  });
  const mainWindow: MainWindow = new MainWindow({
    create: (pin, previous) => maker.make(pin, previous),
    onClose: (event, window) => {
      files.window.save(stateOf(window));
      quitting.hold(event);
    },
    onLeave: () => {
      const { inMeeting } = sleepBlocker;
      picker.cancel();
      sleepBlocker.set(false);
      return () => sleepBlocker.set(inMeeting);
    },
  });
  const quitting = new Quitting({
    guests: () => hosting.guests(sleepBlocker.inMeeting && mainWindow.isOwnMeeting),
    confirm: (guests) => dialogs.endFor(guests, mainWindow.window),
    end: () => hosting.end(),
    quit: () => app.quit(),
    report,
  });
  const links = new LinkOpener({ mainWindow, mayLeave: () => dialogs.leave(mainWindow.window) });
  const openLink = (link: string | null) => void links.open(link).catch(report);

  app.setAsDefaultProtocolClient(
    ...protocolClient({ packaged: app.isPackaged, program: process.execPath, folder: app.getAppPath() }),
  );
  app.on('before-quit', quitting.hold);
  app.on('activate', () => mainWindow.focus());
  app.on('second-instance', (_event, argv) => openLink(linkFromArguments(argv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    openLink(deepLink(url));
  });
  serveCalls(ipcMain, {
    calls: CALLS,
    channel,
    handlers: createHandlers({
      mainWindow,
      sleepBlocker,
      hosting,
      nearby,
      setAnnounced: (on) => hosting.setAnnounced(discovers && on),
      picker,
      files,
      clipboard,
      nativeTheme,
      appearance,
      computer: hostname(),
    }),
    isTrusted: (event) => isFromPage(event, mainWindow.contents),
    report,
  });
  serveCalls(ipcMain, {
    calls: PICKER_CALLS,
    channel: pickerChannel,
    handlers: createPickerHandlers({ picker, shell, system, appearance }),
    isTrusted: (event) => isFromPage(event, pickerWindow.contents),
    report,
  });
  const start = async () => {
    nativeTheme.themeSource = files.theme.value;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(system, !app.isPackaged, appText(app.getLocale()))));
    await mainWindow.show({ at: 'home', link: links.first ?? linkFromArguments(process.argv) });
  };
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      report(error);
      dialogs.startFailed();
      app.quit();
    });
}
