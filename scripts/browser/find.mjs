// @ts-check
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/**
 * @typedef {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv }} Machine
 * @typedef {object} Names
 * @property {string[]} linux executables on the PATH
 * @property {[app: string, executable: string][]} mac
 * @property {string[][]} windows paths below a folder of programs
 */

/** @type {Names} Browsers of the Chromium family, the plainest first. */
const CHROMIUM = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'brave-browser'],
  mac: [
    ['Chromium', 'Chromium'],
    ['Google Chrome', 'Google Chrome'],
    ['Microsoft Edge', 'Microsoft Edge'],
    ['Brave Browser', 'Brave Browser'],
  ],
  windows: [
    ['Chromium', 'Application', 'chrome.exe'],
    ['Google', 'Chrome', 'Application', 'chrome.exe'],
    ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
    ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
  ],
};

/** @type {Names} */
const FIREFOX = {
  linux: ['firefox-esr', 'firefox'],
  mac: [['Firefox', 'firefox']],
  windows: [['Mozilla Firefox', 'firefox.exe']],
};

/**
 * Where a browser of the Chromium family may be, in the order they are tried.
 *
 * @param {Machine} machine
 * @returns {string[]} absolute paths
 */
export function browserCandidates(machine) {
  return candidates(machine, CHROMIUM);
}

/**
 * Where Firefox may be, in the order they are tried.
 *
 * @param {Machine} machine
 * @returns {string[]} absolute paths
 */
export function firefoxCandidates(machine) {
  return candidates(machine, FIREFOX);
}

/** @param {Machine} machine @param {Names} names */
function candidates({ platform, env }, { linux, mac, windows }) {
  if (platform === 'darwin') {
    const folders = ['/Applications', ...(env['HOME'] ? [join(env['HOME'], 'Applications')] : [])];
    return mac.flatMap(([app, executable]) =>
      folders.map((folder) => join(folder, `${app}.app`, 'Contents', 'MacOS', executable)),
    );
  }
  if (platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((folder) => !!folder);
    return windows.flatMap((parts) => folders.map((folder) => join(/** @type {string} */ (folder), ...parts)));
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return linux.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * A browser of the Chromium family on this machine; null: none.
 *
 * @returns {Promise<string | null>} its absolute path
 */
export function findBrowser() {
  return firstUsable(browserCandidates(process));
}

/**
 * Firefox on this machine; null: none.
 *
 * @returns {Promise<string | null>} its absolute path
 */
export function findFirefox() {
  return firstUsable(firefoxCandidates(process));
}

/** @param {readonly string[]} paths */
async function firstUsable(paths) {
  for (const path of paths) {
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return path;
  }
  return null;
}

/**
 * Whether a window can be shown.
 *
 * @param {Machine} machine
 */
export function hasDisplay({ platform, env }) {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}
