import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { isAppAddress } from '../page/scheme.ts';

/**
 * Whether a call comes from our window's own page: its contents, the top frame, at our address.
 * Must be asked synchronously: a frame that has gone on since is null or another page.
 */
export function isFromWindow(
  event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  contents: WebContents | null,
): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && event.sender === contents && isAppAddress(frame.url);
}
