/** Asks the app what a page that calls `getDisplayMedia` may share. */
import type * as Electron from 'electron';
import { frameAt } from '../ipc/ipc-main.ts';
import { NotInStandIn } from '../whole.ts';
import type { Wanted } from '../page/questions.ts';
import { appOrigin } from './addresses.ts';

type Handler = Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0];

export class DisplayMedia {
  #handler: Handler = null;

  readonly setHandler: Electron.Session['setDisplayMediaRequestHandler'] = (handler, options) => {
    if (options) throw new NotInStandIn('options of setDisplayMediaRequestHandler');
    this.#handler = handler;
  };

  /** Whether anything can be shared: Electron has no picker of its own. */
  get isSupported(): boolean {
    return this.#handler !== null;
  }

  /** Resolves to the chosen source's id, or to null when the app cancels; whenever the app answers. */
  choose(url: string, { audio, video }: Wanted): Promise<string | null> {
    return new Promise((resolve) => {
      let answered = false;
      const request: Electron.DisplayMediaRequestHandlerHandlerRequest = {
        frame: frameAt(url),
        securityOrigin: `${appOrigin(url)}/`,
        videoRequested: video,
        audioRequested: audio,
        userGesture: true,
      };
      this.#handler?.(request, (streams) => {
        if (answered) throw new Error('One-time callback was called more than once');
        const source = streams && sourceOf(streams);
        answered = true;
        resolve(source);
      });
    });
  }
}

function sourceOf({ video, audio }: Electron.Streams): string {
  if (!video) throw new TypeError('Video was requested, but no video stream was provided');
  if (!('name' in video) || !('id' in video)) throw new NotInStandIn('sharing of a frame');
  if (audio) throw new NotInStandIn('system audio');
  return video.id;
}
