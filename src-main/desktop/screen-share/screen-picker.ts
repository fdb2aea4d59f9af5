/** Answers the page's `getDisplayMedia` with what the person picks in the window. */
import { randomUUID } from 'node:crypto';
import type {
  DesktopCapturer,
  DesktopCapturerSource,
  DisplayMediaRequestHandlerHandlerRequest,
  Streams,
} from 'electron';
import type { PickRequest, ScreenSource } from '../../../src-shared/ipc.ts';
import { ShellError } from '../ipc/shell-error.ts';
import { isAppAddress } from '../page/scheme.ts';

/** Px: twice the width of a thumbnail in the picker. */
const THUMBNAIL = { width: 384, height: 216 };
const JPEG_QUALITY = 75;

export interface ScreenPickerOptions {
  capturer: Pick<DesktopCapturer, 'getSources'>;
  /** Whether sound can be shared along (capabilities.ts). */
  sound: boolean;
  /** Whether the system shows a picker of its own (capabilities.ts). */
  systemAsks: boolean;
  /** Whether the system withholds the screen from the app. */
  denied: () => boolean;
  /** Shows the picker in the window. */
  ask: (request: PickRequest) => void;
  /** Closes it again. */
  over: (pick: string) => void;
}

/** One question to the person, from the page's request to its one answer. */
interface Question {
  id: string;
  soundRequested: boolean;
  /** All sources listed so far: one that has just closed may still be chosen, and then fails in the page. */
  listed: Map<string, DesktopCapturerSource>;
  callback: Callback;
}

type Callback = (streams: Streams | null) => void;

export class ScreenPicker {
  readonly #options: ScreenPickerOptions;
  #open: Question | null = null;

  constructor(options: ScreenPickerOptions) {
    this.#options = options;
  }

  /** The handler for `setDisplayMediaRequestHandler`: calls `callback` exactly once, when it is known. */
  readonly request = (request: DisplayMediaRequestHandlerHandlerRequest, callback: Callback): void => {
    this.cancel();
    if (request.frame?.parent !== null || !isAppAddress(request.frame.url)) callback(null);
    else if (this.#options.systemAsks) void this.#letSystemAsk(callback);
    else this.#ask(request.audioRequested, callback);
  };

  /** Screens and windows as they look now. @throws {ShellError} BAD_REQUEST when `pick` is not open */
  async sources(pick: string): Promise<ScreenSource[]> {
    const open = this.#find(pick);
    const sources = await this.#options.capturer.getSources({
      types: ['screen', 'window'],
      thumbnailSize: THUMBNAIL,
    });
    for (const source of sources) open.listed.set(source.id, source);
    return sources.map(describe);
  }

  /**
   * Answers the page. @throws {ShellError} BAD_REQUEST when `pick` is not open or lists no such source
   *
   * @param source null: the person cancelled
   */
  answer(pick: string, source: string | null, sound: boolean): void {
    const { listed, soundRequested } = this.#find(pick);
    if (source === null) {
      this.#close(null);
      return;
    }
    const video = listed.get(source);
    if (!video) throw new ShellError('BAD_REQUEST', 'No such screen or window was listed');
    const audio = sound && soundRequested && this.#options.sound;
    this.#close({ video: { id: video.id, name: video.name }, ...(audio && { audio: 'loopback' as const }) });
  }

  /** The window is gone, or asked anew: the page gets its answer, the picker closes. */
  cancel(): void {
    if (!this.#open) return;
    this.#options.over(this.#open.id);
    this.#close(null);
  }

  #ask(soundRequested: boolean, callback: Callback): void {
    const { ask, denied, sound } = this.#options;
    const id = randomUUID();
    this.#open = { id, soundRequested, listed: new Map(), callback };
    ask({ pick: id, sound: sound && soundRequested, denied: denied() });
  }

  #find(pick: string): Question {
    if (this.#open?.id !== pick) throw new ShellError('BAD_REQUEST', 'Nobody asks what to share any more');
    return this.#open;
  }

  #close(streams: Streams | null): void {
    const open = this.#open;
    this.#open = null;
    open?.callback(streams);
  }

  /** Listing opens the system's picker and resolves with what was picked there. */
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
