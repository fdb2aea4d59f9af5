/** What the page's side of the stand-in asks the main process, where Electron has it built into Chromium. */
export interface Questions {
  /** May the page open camera and microphone? */
  media: (wanted: Wanted) => boolean;
  /** What may the page share? The screen or the window is then what Chromium picks by itself. */
  display: (wanted: Wanted) => DisplayAnswer;
  /** The page has what it was to share, or has failed to get it. */
  displayTaken: () => null;
  /** The page opens a window: it gets none. */
  open: (url: string) => null;
  /** The page closes its window. */
  close: () => null;
}

export interface Wanted {
  audio: boolean;
  video: boolean;
}

export type DisplayAnswer = 'screen' | 'window' | 'denied' | 'cancelled' | 'unsupported';

export type Ask = <Name extends keyof Questions>(
  name: Name,
  ...argument: Parameters<Questions[Name]>
) => Promise<ReturnType<Questions[Name]>>;

/** One message from the preload's world to the main process. */
export interface PageCall {
  id: number;
  /** `invoke`: ipcRenderer's; `ask`: one of {@link Questions}; `failed`: the preload threw. */
  kind: 'invoke' | 'ask' | 'failed';
  /** Channel or question. */
  name: string;
  /** Its arguments, packed. */
  args: string;
  /** Address of the page. */
  url: string;
}

/** What the main process says to it: the answer to a call, or a message on a channel. */
export type PageMessage =
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'problem'; id: number; problem: string }
  | { kind: 'message'; channel: string; args: unknown[] };
