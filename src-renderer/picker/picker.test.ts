import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PickerContext, ScreenSource } from '../../src-shared/picker-ipc.ts';
import { Picker } from './picker.svelte.ts';

const SCREEN: ScreenSource = { id: 'screen:1:0', kind: 'screen', name: 'Display', thumbnail: null };
const WINDOW: ScreenSource = { id: 'window:7:0', kind: 'window', name: 'Season plan', thumbnail: null };
const CONTEXT: PickerContext = { language: 'system', quality: 'text', sound: true, denied: false };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function open(context: Partial<PickerContext> = {}) {
  const done = <Value>(value: Value) => vi.fn(() => Promise.resolve({ ok: true as const, value }));
  const given = { ...CONTEXT, ...context };
  const bridge = {
    context: done(given),
    sources: done([SCREEN, WINDOW]),
    answer: vi.fn((_choice: object) => Promise.resolve({ ok: true as const, value: null })),
    openSettings: done(null),
  };
  const picker = new Picker(bridge, given);
  await vi.advanceTimersByTimeAsync(0);
  return { picker, bridge };
}

describe('the picker', () => {
  it('lists what there is, and shares what is chosen', async () => {
    const { picker, bridge } = await open();
    expect([picker.sources, picker.chosen]).toEqual([[SCREEN, WINDOW], null]);
    picker.share();
    expect(bridge.answer).not.toHaveBeenCalled();
    picker.choose(WINDOW.id);
    picker.quality = 'motion';
    picker.share();
    expect(bridge.answer.mock.calls).toEqual([[{ source: 'window:7:0', quality: 'motion', sound: false }]]);
  });

  it('shows new pictures while it is open, and no longer', async () => {
    const { picker, bridge } = await open();
    await vi.advanceTimersByTimeAsync(2000);
    expect(bridge.sources).toHaveBeenCalledTimes(3);
    picker.cancel();
    await vi.advanceTimersByTimeAsync(5000);
    expect(bridge.sources).toHaveBeenCalledTimes(3);
  });

  it('forgets a choice that has closed', async () => {
    const { picker, bridge } = await open();
    picker.choose(WINDOW.id);
    bridge.sources.mockResolvedValue({ ok: true, value: [SCREEN] });
    await vi.advanceTimersByTimeAsync(1000);
    expect(picker.chosen).toBeNull();
  });

  it('answers once, however often it is cancelled', async () => {
    const { picker, bridge } = await open();
    picker.cancel();
    picker.cancel();
    expect(bridge.answer.mock.calls).toEqual([[{ source: null, quality: 'text', sound: false }]]);
  });

  it('asks for sound only where it is offered', async () => {
    const { picker, bridge } = await open({ sound: false });
    picker.sound = true;
    picker.choose(SCREEN.id);
    picker.share();
    expect(bridge.answer.mock.calls).toEqual([[{ source: 'screen:1:0', quality: 'text', sound: false }]]);
  });

  it('leads to the system’s settings, and gives up for now', async () => {
    const { picker, bridge } = await open({ denied: true });
    expect(picker.denied).toBe(true);
    picker.openSettings();
    expect(bridge.openSettings).toHaveBeenCalledOnce();
    expect(bridge.answer.mock.calls).toEqual([[{ source: null, quality: 'text', sound: false }]]);
  });
});
