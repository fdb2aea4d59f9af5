/** The files of the app itself, in its data folder. */
import { join } from 'node:path';
import * as v from 'valibot';
import { Discovery, Preferences, Theme } from '../../../src-shared/ipc.ts';
import { KnownHosts } from '../trust/known-hosts.ts';
import { MediaConsents } from '../trust/media-consents.ts';
import { WindowState } from '../window/window-state.ts';
import { JsonFile } from './json-file.ts';

export function openAppFiles(folder: string) {
  return {
    /** The page's preferences. */
    preferences: new JsonFile(join(folder, 'preferences.json'), Preferences, {}),
    theme: new JsonFile<Theme>(join(folder, 'theme.json'), Theme, 'system'),
    discovery: new JsonFile(join(folder, 'discovery.json'), Discovery, { announce: true, look: true }),
    window: new JsonFile(join(folder, 'window.json'), v.nullable(WindowState), null),
    knownHosts: new KnownHosts(join(folder, 'known-hosts.json')),
    mediaConsents: new MediaConsents(join(folder, 'media-consents.json')),
    /** The data folder of the host. */
    host: join(folder, 'host'),
  };
}

export type AppFiles = ReturnType<typeof openAppFiles>;
