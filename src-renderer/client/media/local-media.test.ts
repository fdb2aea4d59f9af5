import { beforeEach, expect, it, vi } from 'vitest';
import type { PickedDisplay, Platform } from '../../platform/index.ts';
import { Devices } from '../devices/devices.svelte.ts';
import { FakeTrack } from '../devices/testing.ts';
import type { Media } from './media.ts';
import { LocalMedia } from './local-media.svelte.ts';

const media = { send: vi.fn(() => Promise.resolve()), stopSending: vi.fn(() => Promise.resolve()) };
let picture: FakeTrack;
let picked: PromiseWithResolvers<PickedDisplay | null>;
let own: LocalMedia;

beforeEach(() => {
  vi.clearAllMocks();
  picture = new FakeTrack('video', { deviceId: 'screen', label: 'Screen' });
  picked = Promise.withResolvers();
  const platform = { pickDisplay: () => picked.promise } as unknown as Platform;
  own = new LocalMedia(media as unknown as Media, new Devices(), platform);
  media.send.mockClear();
});

/** The person has chosen. */
function pick(): void {
  const stream = { getTracks: () => [picture], getVideoTracks: () => [picture], getAudioTracks: () => [] };
  picked.resolve({ stream: stream as unknown as MediaStream, quality: 'text' });
}

it('sends the screen that was chosen until sharing stops', async () => {
  const ended = vi.fn();
  const sharing = own.share('text', ended);
  pick();
  await sharing;
  expect(media.send).toHaveBeenCalledExactlyOnceWith('screen', { track: picture, paused: false });
  expect(picture.contentHint).toBe('detail');
  picture.end();
  expect(own.sharing).toBe(false);
  expect(media.stopSending).toHaveBeenCalledWith('screen');
  expect(ended).toHaveBeenCalledOnce();
});

it('lets go of a screen that was chosen after the meeting had ended', async () => {
  const sharing = own.share('text', () => undefined);
  own.close();
  pick();
  await sharing;
  expect(picture.readyState).toBe('ended');
  expect(own.sharing).toBe(false);
  expect(media.send).not.toHaveBeenCalled();
});
