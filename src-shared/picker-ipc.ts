/**
 * The contract between the app's main process and the window of its screen picker. The picker lists what
 * can be shared and reports what the person chose. The meeting's page sees neither.
 */
import * as v from 'valibot';
import { ShareQuality } from './ipc.ts';
import type { Answer } from './ipc.ts';
import { MAX_SOURCE_ID_LENGTH } from './limits.ts';

export const ShareChoice = v.object({
  /** The id of a listed source; null: the person cancelled. */
  source: v.nullable(v.pipe(v.string(), v.maxLength(MAX_SOURCE_ID_LENGTH))),
  quality: ShareQuality,
  /** Whether the computer's sound is shared too. */
  sound: v.boolean(),
});
export type ShareChoice = v.InferOutput<typeof ShareChoice>;

/** Every call of the picker's window, with the schema of its argument. */
export const PICKER_CALLS = {
  context: v.undefined(),
  sources: v.undefined(),
  answer: ShareChoice,
  openSettings: v.undefined(),
} as const;
export type PickerCall = keyof typeof PICKER_CALLS;

export interface PickerAnswers {
  context: PickerContext;
  sources: ScreenSource[];
  answer: null;
  openSettings: null;
}

export interface PickerContext {
  /** The person's choice of language, `system` or a BCP 47 tag. */
  language: string;
  /** What was chosen the last time. */
  quality: ShareQuality;
  /** Whether the computer's sound can be shared too. */
  sound: boolean;
  /** Whether the system denies screen capture until the person allows it in its settings. */
  denied: boolean;
}

export interface ScreenSource {
  id: string;
  kind: 'screen' | 'window';
  name: string;
  /** A JPEG as a `data:` URL; null: the system provides none. */
  thumbnail: string | null;
}

/** `window.parleyPicker`: the picker page's only access to the computer. */
export interface PickerBridge {
  context(): Promise<Answer<PickerContext>>;
  sources(): Promise<Answer<ScreenSource[]>>;
  answer(choice: ShareChoice): Promise<Answer<null>>;
  openSettings(): Promise<Answer<null>>;
}
