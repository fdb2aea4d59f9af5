import type { DesktopCapturerSource, DisplayMediaRequestHandlerHandlerRequest } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import type { ShareChoice } from '../../../src-shared/picker-ipc.ts';
import { ScreenPicker } from './screen-picker.ts';

const source = (id: string, name: string, jpeg: string | null = 'picture') =>
  ({
    id,
    name,
    thumbnail: { isEmpty: () => jpeg === null, toJPEG: () => Buffer.from(jpeg ?? '') },
  }) as unknown as DesktopCapturerSource;

const SCREEN = source('screen:1:0', 'Built-in display');
const WINDOW = source('window:7:0', 'Season plan');
const ITSELF = source('window:9:0', 'Share your screen');

const choice = (source: string | null, more: Partial<ShareChoice> = {}): ShareChoice => ({
  source,
  quality: 'text',
  sound: false,
  ...more,
});

/** A picker, and its window: open while `closed` is set. */
function setUp(options: { sound?: boolean; systemAsks?: boolean; denied?: boolean } = {}) {
  const window = {
    sourceId: ITSELF.id,
    closed: null as (() => void) | null,
    open: vi.fn((closed: () => void) => void (window.closed = closed)),
    close: vi.fn(() => void (window.closed = null)),
  };
  const getSources = vi.fn(() => Promise.resolve([SCREEN, WINDOW, ITSELF]));
  const picker = new ScreenPicker({
    capturer: { getSources },
    sound: options.sound ?? true,
    systemAsks: options.systemAsks ?? false,
    denied: () => options.denied ?? false,
    window,
  });
  const request = (audioRequested = true, frame: object | null = { parent: null, url: 'app://parley/r/x' }) => {
    const callback = vi.fn();
    picker.request({ frame, audioRequested } as DisplayMediaRequestHandlerHandlerRequest, callback);
    return callback;
  };
  return { picker, window, request, getSources };
}

describe('the picker', () => {
  it('lists screens and windows with pictures, but not itself', async () => {
    const { picker, request } = setUp();
    request();
    expect(await picker.sources()).toEqual([
      { id: 'screen:1:0', kind: 'screen', name: 'Built-in display', thumbnail: 'data:image/jpeg;base64,cGljdHVyZQ==' },
      { id: 'window:7:0', kind: 'window', name: 'Season plan', thumbnail: 'data:image/jpeg;base64,cGljdHVyZQ==' },
    ]);
  });

  it('says so where there is no picture', async () => {
    const { picker, request, getSources } = setUp();
    getSources.mockResolvedValueOnce([source('window:8:0', 'Minimised', null)]);
    request();
    expect(await picker.sources()).toMatchObject([{ thumbnail: null }]);
  });

  it('answers with what was chosen, with sound where it was wanted and can be had, and closes', async () => {
    const video = { id: 'window:7:0', name: 'Season plan' };
    for (const [able, sound, asked, expected] of [
      [true, true, true, { video, audio: 'loopback' }],
      [true, false, true, { video }],
      [true, true, false, { video }],
      [false, true, true, { video }],
    ] as const) {
      const { picker, window, request } = setUp({ sound: able });
      const callback = request(asked);
      await picker.sources();
      picker.answer(choice('window:7:0', { sound }));
      expect(callback.mock.calls).toEqual([[expected]]);
      expect(window.closed).toBeNull();
    }
  });

  it('remembers the quality that was chosen, for the page and for the next time', async () => {
    const { picker, request } = setUp();
    request();
    expect([picker.quality, picker.context.quality]).toEqual([null, 'text']);
    await picker.sources();
    picker.answer(choice('window:7:0', { quality: 'motion' }));
    request();
    expect([picker.quality, picker.context.quality]).toEqual(['motion', 'motion']);
  });

  it('answers null when the person cancels, or closes its window', () => {
    const cancelled = setUp();
    const first = cancelled.request();
    cancelled.picker.answer(choice(null));
    expect(first.mock.calls).toEqual([[null]]);
    const closed = setUp();
    const second = closed.request();
    closed.window.closed?.();
    expect(second.mock.calls).toEqual([[null]]);
  });

  it('answers once: a second answer is refused, a later cancel changes nothing', async () => {
    const { picker, request } = setUp();
    const callback = request();
    await picker.sources();
    picker.answer(choice('screen:1:0'));
    expect(() => picker.answer(choice(null))).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
    picker.cancel();
    expect(callback).toHaveBeenCalledOnce();
  });

  it('answers when the page goes, and closes', () => {
    const { picker, window, request } = setUp();
    const callback = request();
    picker.cancel();
    picker.cancel();
    expect(callback.mock.calls).toEqual([[null]]);
    expect(window.close).toHaveBeenCalledOnce();
  });

  it('answers the first question when the page asks anew', () => {
    const { window, request } = setUp();
    const first = request();
    const closedFirst = window.closed;
    const second = request();
    closedFirst?.();
    expect(first.mock.calls).toEqual([[null]]);
    expect(second).not.toHaveBeenCalled();
    expect(window.open).toHaveBeenCalledTimes(2);
  });

  it('gives nothing that was not listed, itself least of all', async () => {
    const { picker, request } = setUp();
    const callback = request();
    await picker.sources();
    for (const id of ['window:99:0', ITSELF.id])
      expect(() => picker.answer(choice(id))).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
    expect(callback).not.toHaveBeenCalled();
  });

  it('lists nothing while nothing is asked', async () => {
    const { picker, getSources } = setUp();
    await expect(picker.sources()).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(getSources).not.toHaveBeenCalled();
  });

  it.each([
    ['another page', { parent: null, url: 'https://example.com/' }],
    ['a frame within', { parent: {}, url: 'app://parley/' }],
    ['a frame that is gone', null],
  ])('gives %s nothing', (_who, frame) => {
    const { window, request } = setUp();
    expect(request(true, frame).mock.calls).toEqual([[null]]);
    expect(window.open).not.toHaveBeenCalled();
  });

  it('says when the system withholds the screen', () => {
    const { picker, request } = setUp({ denied: true });
    request(false);
    expect(picker.context).toEqual({ quality: 'text', sound: false, denied: true });
  });
});

describe('where the system asks itself', () => {
  it('shows no picker and hands on what was picked there', async () => {
    const { window, request, getSources } = setUp({ systemAsks: true });
    getSources.mockResolvedValueOnce([WINDOW]);
    const callback = request();
    await vi.waitFor(() =>
      expect(callback.mock.calls).toEqual([[{ video: { id: 'window:7:0', name: 'Season plan' } }]]),
    );
    expect(window.open).not.toHaveBeenCalled();
  });

  it.each([
    ['was cancelled there', () => Promise.resolve([])],
    ['failed', () => Promise.reject(new Error('portal'))],
  ])('answers null when it %s', async (_how, outcome) => {
    const { request, getSources } = setUp({ systemAsks: true });
    getSources.mockImplementationOnce(outcome);
    const callback = request();
    await vi.waitFor(() => expect(callback.mock.calls).toEqual([[null]]));
  });
});
