import type { DesktopCapturerSource, DisplayMediaRequestHandlerHandlerRequest } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import type { PickRequest } from '../../../src-shared/ipc.ts';
import { ScreenPicker } from './screen-picker.ts';

const source = (id: string, name: string, jpeg: string | null = 'picture') =>
  ({
    id,
    name,
    thumbnail: { isEmpty: () => jpeg === null, toJPEG: () => Buffer.from(jpeg ?? '') },
  }) as unknown as DesktopCapturerSource;

const SCREEN = source('screen:1:0', 'Built-in display');
const WINDOW = source('window:7:0', 'Season plan');

function picker(options: { sound?: boolean; systemAsks?: boolean; denied?: boolean } = {}) {
  const asked: PickRequest[] = [];
  const over = vi.fn();
  const getSources = vi.fn(() => Promise.resolve([SCREEN, WINDOW]));
  const picker = new ScreenPicker({
    capturer: { getSources },
    sound: options.sound ?? true,
    systemAsks: options.systemAsks ?? false,
    denied: () => options.denied ?? false,
    ask: (request) => void asked.push(request),
    over,
  });
  const request = (audioRequested = true, frame: object | null = { parent: null, url: 'app://parley/r/x' }) => {
    const callback = vi.fn();
    picker.request({ frame, audioRequested } as DisplayMediaRequestHandlerHandlerRequest, callback);
    return callback;
  };
  const last = () => asked.at(-1)?.pick ?? '';
  return { picker, request, asked, last, over, getSources };
}

describe('the picker', () => {
  it('lists screens and windows with pictures', async () => {
    const { picker: one, request, last } = picker();
    request();
    expect(await one.sources(last())).toEqual([
      { id: 'screen:1:0', kind: 'screen', name: 'Built-in display', thumbnail: 'data:image/jpeg;base64,cGljdHVyZQ==' },
      { id: 'window:7:0', kind: 'window', name: 'Season plan', thumbnail: 'data:image/jpeg;base64,cGljdHVyZQ==' },
    ]);
  });

  it('says so where there is no picture', async () => {
    const { picker: one, request, last, getSources } = picker();
    getSources.mockResolvedValueOnce([source('window:8:0', 'Minimised', null)]);
    request();
    expect(await one.sources(last())).toMatchObject([{ thumbnail: null }]);
  });

  it('answers with what was picked, with sound where it was wanted and can be had', async () => {
    const video = { id: 'window:7:0', name: 'Season plan' };
    for (const [able, wanted, asked, expected] of [
      [true, true, true, { video, audio: 'loopback' }],
      [true, false, true, { video }],
      [true, true, false, { video }],
      [false, true, true, { video }],
    ] as const) {
      const { picker: one, request, last } = picker({ sound: able });
      const callback = request(asked);
      await one.sources(last());
      one.answer(last(), 'window:7:0', wanted);
      expect(callback.mock.calls).toEqual([[expected]]);
    }
  });

  it('answers null when the person cancels', () => {
    const { picker: one, request, last } = picker();
    const callback = request();
    one.answer(last(), null, false);
    expect(callback.mock.calls).toEqual([[null]]);
  });

  it('answers once: a second answer is refused, a later cancel changes nothing', async () => {
    const { picker: one, request, last, over } = picker();
    const callback = request();
    await one.sources(last());
    one.answer(last(), 'screen:1:0', false);
    expect(() => one.answer(last(), null, false)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
    one.cancel();
    expect(callback).toHaveBeenCalledOnce();
    expect(over).not.toHaveBeenCalled();
  });

  it('answers when the window closes, and closes the picker', () => {
    const { picker: one, request, last, over } = picker();
    const callback = request();
    one.cancel();
    one.cancel();
    expect(callback.mock.calls).toEqual([[null]]);
    expect(over.mock.calls).toEqual([[last()]]);
  });

  it('answers the first question when the page asks anew', () => {
    const { request, asked } = picker();
    const first = request();
    const second = request();
    expect(first.mock.calls).toEqual([[null]]);
    expect(second).not.toHaveBeenCalled();
    expect(new Set(asked.map(({ pick }) => pick)).size).toBe(2);
  });

  it('gives nothing that was not listed', async () => {
    const { picker: one, request, last } = picker();
    const callback = request();
    await one.sources(last());
    expect(() => one.answer(last(), 'window:99:0', false)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
    expect(callback).not.toHaveBeenCalled();
  });

  it('tells an older picker that its question is over', async () => {
    const { picker: one, request, last } = picker();
    request();
    const old = last();
    request();
    await expect(one.sources(old)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it.each([
    ['another page', { parent: null, url: 'https://example.com/' }],
    ['a frame within', { parent: {}, url: 'app://parley/' }],
    ['a frame that is gone', null],
  ])('gives %s nothing', (_who, frame) => {
    const { request, asked } = picker();
    expect(request(true, frame).mock.calls).toEqual([[null]]);
    expect(asked).toEqual([]);
  });

  it('says when the system withholds the screen', () => {
    const { request, asked } = picker({ denied: true });
    request();
    expect(asked).toMatchObject([{ denied: true }]);
  });
});

describe('where the system asks itself', () => {
  it('shows no picker and hands on what was picked there', async () => {
    const { request, asked, getSources } = picker({ systemAsks: true });
    getSources.mockResolvedValueOnce([WINDOW]);
    const callback = request();
    await vi.waitFor(() =>
      expect(callback.mock.calls).toEqual([[{ video: { id: 'window:7:0', name: 'Season plan' } }]]),
    );
    expect(asked).toEqual([]);
  });

  it.each([
    ['was cancelled there', () => Promise.resolve([])],
    ['failed', () => Promise.reject(new Error('portal'))],
  ])('answers null when it %s', async (_how, outcome) => {
    const { request, getSources } = picker({ systemAsks: true });
    getSources.mockImplementationOnce(outcome);
    const callback = request();
    await vi.waitFor(() => expect(callback.mock.calls).toEqual([[null]]));
  });
});
