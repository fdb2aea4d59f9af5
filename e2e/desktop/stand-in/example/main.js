/** A small Electron app that uses each part of the stand-in once, as Parley does. Its tests change `rules` while it runs. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { app, BrowserWindow, desktopCapturer, ipcMain, nativeTheme, protocol, session } from 'electron';

const POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self' https: wss:";
const TYPES = { '.html': 'text/html', '.js': 'text/javascript' };

const rules = { pin: null, mayUseDevices: true, share: null, mayClose: true, log: [] };
Object.assign(globalThis, { rules });
const log = (line) => rules.log.push(line);

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (app.requestSingleInstanceLock()) app.whenReady().then(start, console.error);
else app.quit();

async function serve({ url }) {
  const { pathname } = new URL(url);
  const body = await readFile(join(import.meta.dirname, 'page', pathname)).catch(() => null);
  const headers = { 'content-type': TYPES[extname(pathname)] ?? '', 'content-security-policy': POLICY };
  return new Response(body, { status: body ? 200 : 404, headers });
}

function makeSession(name) {
  const own = session.fromPartition(name);
  own.setCertificateVerifyProc(({ hostname, certificate }, callback) => {
    log(`verify ${hostname}`);
    callback(certificate.fingerprint === rules.pin ? 0 : -2);
  });
  own.setPermissionCheckHandler((_contents, permission) => permission !== 'geolocation');
  own.setPermissionRequestHandler((_contents, permission, callback, details) => {
    if (permission === 'media') log(`media at ${details.requestingUrl}`);
    callback(permission !== 'media' || rules.mayUseDevices);
  });
  own.setDisplayMediaRequestHandler((_request, callback) => {
    void desktopCapturer
      .getSources({ types: ['screen', 'window'], thumbnailSize: { width: 0, height: 0 } })
      .then((sources) => {
        const chosen = sources.find(({ name }) => rules.share !== null && name.startsWith(rules.share));
        callback(chosen ? { video: chosen } : null);
      });
  });
  own.protocol.handle('app', serve);
  return own;
}

function makeWindow(name) {
  const window = new BrowserWindow({
    width: 700,
    height: 500,
    show: false,
    webPreferences: { session: makeSession(name), preload: join(import.meta.dirname, 'preload.cjs'), sandbox: true },
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    log(`open ${url}`);
    return { action: 'deny' };
  });
  window.webContents.on('will-navigate', (event) => {
    log(`navigate ${event.url}`);
    event.preventDefault();
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log(`gone: ${reason}`);
    window.webContents.reload();
  });
  window.on('close', (event) => {
    log('close');
    if (!rules.mayClose) event.preventDefault();
  });
  return window;
}

async function start() {
  nativeTheme.themeSource = 'dark';
  ipcMain.handle('greet', (event, who) => {
    log(`greet ${who}`);
    if (who === 'nobody') throw new RangeError('there is nobody to greet');
    return { greeting: `Hello ${String(who)}`, from: event.senderFrame?.url, absent: undefined };
  });
  app.on('second-instance', (_event, argv) => log(`second instance ${argv.at(-1) ?? ''}`));
  app.on('before-quit', () => log('before-quit'));
  Object.assign(globalThis, { makeWindow });
  const window = makeWindow('first');
  await window.loadURL('app://example/index.html');
  window.show();
}
