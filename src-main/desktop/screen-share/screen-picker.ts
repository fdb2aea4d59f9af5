/** Answers the page's `getDisplayMedia` with what the person chose in the picker's window. */
import type {
  DesktopCapturer,
  DesktopCapturerSource,
  DisplayMediaRequestHandlerHandlerRequest,
  Streams,
} from 'electron';
import type { ShareQuality } from '../../../src-shared/ipc.ts';
import type { ScreenSource, ShareChoice } from '../../../src-shared/picker-ipc.ts';
import { DesktopError } from '../ipc/desktop-error.ts';
import { isAppAddress } from '../page/scheme.ts';

/** Px: twice the width of a thumbnail in the picker. */
const THUMBNAIL = { width: 384, height: 216 };
const JPEG_QUALITY = 75;

export interface ScreenPickerOptions {
  capturer: Pick<DesktopCapturer, 'getSources'>;
  /** Whether the computer's sound can be shared too (capabilities.ts). */
  sound: boolean;
  /** Whether the system shows a picker of its own (capabilities.ts). */
  systemAsks: boolean;
  /** Whether the system withholds the screen from the app. */
  denied: () => boolean;
  /** The window that asks. */
  window: {
    /** @param closed called when it closes, however that happens */
    open: (closed: () => void) => void;
    close: () => void;
    /** The id of the window itself as a source; null: it is not open. */
    readonly sourceId: string | null;
  };
}

/** One request of the page to share something, until it is answered. */
interface Question {
  soundRequested: boolean;
  /** All sources listed so far. One that has just closed can still be chosen; capturing it then fails in the page. */
  listed: Map<string, DesktopCapturerSource>;
  callback: Callback;
}

type Callback = (streams: Streams | null) => void;

export class ScreenPicker {
  readonly #options: ScreenPickerOptions;
  #open: Question | null = null;
  #quality: ShareQuality | null = null;

  constructor(options: ScreenPickerOptions) {
    this.#options = options;
  }

  /** The quality that was chosen the last time; null: nothing was chosen yet. */
  get quality(): ShareQuality | null {
    return this.#quality;
  }

  /** The context of the picker's page, without the language. */
  get context(): { quality: ShareQuality; sound: boolean; denied: boolean } {
    const { sound, denied } = this.#options;
    return {
      quality: this.#quality ?? 'text',
      sound: sound && this.#question().soundRequested,
      denied: denied(),
    };
  }

  /** The handler for `setDisplayMediaRequestHandler`: calls `callback` exactly once, when the answer is known. */
  readonly request = (request: DisplayMediaRequestHandlerHandlerRequest, callback: Callback): void => {
    this.cancel();
    if (request.frame?.parent !== null || !isAppAddress(request.frame.url)) callback(null);
    else if (this.#options.systemAsks) void this.#letSystemAsk(callback);
    else this.#ask(request.audioRequested, callback);
  };

  /** Screens and windows as they look now, without the picker itself. @throws {DesktopError} BAD_REQUEST: no request is open */
  async sources(): Promise<ScreenSource[]> {
    const question = this.#question();
    const sources = await this.#options.capturer.getSources({
      types: ['screen', 'window'],
      thumbnailSize: THUMBNAIL,
    });
    const others = sources.filter(({ id }) => id !== this.#options.window.sourceId);
    for (const source of others) question.listed.set(source.id, source);
    return others.map(describe);
  }

  /** Answers the page. @throws {DesktopError} BAD_REQUEST: no request is open, or no such source was listed */
  answer({ source, quality, sound }: ShareChoice): void {
    const { listed, soundRequested } = this.#question();
    if (source === null) {
      this.#close(null);
      return;
    }
    const video = listed.get(source);
    if (!video) throw new DesktopError('BAD_REQUEST', 'No such screen or window was listed');
    this.#quality = quality;
    const audio = sound && soundRequested && this.#options.sound;
    this.#close({ video: { id: video.id, name: video.name }, ...(audio && { audio: 'loopback' as const }) });
  }

  /** The page has gone or makes another request: answers the open request, and closes the picker. */
  cancel(): void {
    if (this.#open) this.#close(null);
  }

  #ask(soundRequested: boolean, callback: Callback): void {
    const question: Question = { soundRequested, listed: new Map(), callback };
    this.#open = question;
    this.#options.window.open(() => {
      if (this.#open === question) this.#close(null);
    });
  }

  #question(): Question {
    if (!this.#open) throw new DesktopError('BAD_REQUEST', 'Nothing is asked any more');
    return this.#open;
  }

  #close(streams: Streams | null): void {
    const open = this.#open;
    this.#open = null;
    open?.callback(streams);
    this.#options.window.close();
  }

  /** Listing the sources opens the system's picker, and resolves with what was chosen there. */
  async #letSystemAsk(callback: Callback): Promise<void> {
    const [source] = await this.#options.capturer
      .getSources({ types: ['screen', 'window'], thumbnailSize: { width: 0, height: 0 } })
      .catch(() => []);
    callback(source ? { video: { id: source.id, name: source.name } } : null);
  }
}

function describe({ id, name, thumbnail }: DesktopCapturerSource): ScreenSource {
  return {
    id,
    kind: id.startsWith('screen:') ? 'screen' : 'window',
    name,
    thumbnail: thumbnail.isEmpty()
      ? null
      : `data:image/jpeg;base64,${thumbnail.toJPEG(JPEG_QUALITY).toString('base64')}`,
  };
}
