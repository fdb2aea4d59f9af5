/** In the place of media.ts: what makes no media, for tests of sessions. */
import { type Mock, vi } from 'vitest';

/** Makes what it is asked for at once. */
export class Media {
  static readonly activate: Mock = vi.fn();
  held = false;
  absent = true;
  rtpCapabilities = {};
  resume: Mock = vi.fn();
  readonly activate: Mock = Media.activate;
  load = () => Promise.resolve();
  negotiated = () => null;
  open = (_: unknown, { held }: { held: boolean }) => {
    Object.assign(this, { held, absent: false });
    return Promise.resolve();
  };
  release = () => (this.held = false);
  drop = () => Object.assign(this, { held: false, absent: true });
}
