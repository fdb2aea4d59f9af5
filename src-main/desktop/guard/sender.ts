import { isAppAddress } from '../page/scheme.ts';

/** What Electron says of who sent a message. */
export interface Sent {
  /** The contents it came from. */
  sender: object;
  senderFrame: { url: string; parent: object | null } | null;
}

/**
 * Whether a call comes from our window's own page: its contents, the top frame, at our address.
 * Must be asked synchronously: a frame that has gone on since is null or another page.
 */
export function isFromWindow({ sender, senderFrame }: Sent, contents: object | null): boolean {
  return senderFrame !== null && senderFrame.parent === null && sender === contents && isAppAddress(senderFrame.url);
}
