import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Events, PickRequest, ScreenSource } from '../../src-shared/ipc.ts';
import { Picker } from './picker.svelte.ts';

const SCREEN: ScreenSource = { id: 'screen:1:0', kind: 'screen', name: 'Display', thumbnail: null };
const WINDOW: ScreenSource = { id: 'window:7:0', kind: 'window', name: 'Season plan', thumbnail: null };
const REQUEST: PickRequest = { pick: 'one', sound: true, denied: false };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function picker() {
  const listeners: { pick?: (request: PickRequest) => void; over?: (event: Events['pickOver']) => void } = {};
  const undo = () => undefined;
  const screenSources = vi.fn(() => Promise.resolve({ ok: true as const, value: [SCREEN, WINDOW] }));
  const answerPick = vi.fn(() => Promise.resolve({ ok: true as const, value: null }));
  const openPrivacySettings = vi.fn(() => Promise.resolve({ ok: true as const, value: null }));
  const one = new Picker({
    onPick: (listener) => ((listeners.pick = listener), undo),
    onPickOver: (listener) => ((listeners.over = listener), undo),
    screenSources,
    answerPick,
    openPrivacySettings,
  });
  const ask = async (request = REQUEST) => {
    listeners.pick?.(request);
    await vi.advanceTimersByTimeAsync(0);
  };
  return {
    one,
    ask,
    over: (pick: string) => listeners.over?.({ pick }),
    screenSources,
    answerPick,
    openPrivacySettings,
  };
}

describe('the picker', () => {
  it('opens when asked, and shares what is chosen', async () => {
    const { one, ask, answerPick } = picker();
    expect(one.open).toBe(false);
    await ask();
    expect([one.open, one.sources, one.chosen]).toEqual([true, [SCREEN, WINDOW], null]);
    one.share();
    expect(answerPick).not.toHaveBeenCalled();
    one.choose(WINDOW.id);
    one.share();
    expect(answerPick).toHaveBeenCalledExactlyOnceWith({ pick: 'one', source: 'window:7:0', sound: false });
    expect(one.open).toBe(false);
  });

  it('shows new pictures while it is open, and no longer', async () => {
    const { one, ask, screenSources } = picker();
    await ask();
    await vi.advanceTimersByTimeAsync(2000);
    expect(screenSources).toHaveBeenCalledTimes(3);
    one.cancel();
    await vi.advanceTimersByTimeAsync(5000);
    expect(screenSources).toHaveBeenCalledTimes(3);
  });

  it('forgets a choice that has closed', async () => {
    const { one, ask, screenSources } = picker();
    await ask();
    one.choose(WINDOW.id);
    screenSources.mockResolvedValue({ ok: true, value: [SCREEN] });
    await vi.advanceTimersByTimeAsync(1000);
    expect(one.chosen).toBeNull();
  });

  it('answers once, however it is closed', async () => {
    const { one, ask, answerPick } = picker();
    await ask();
    one.cancel();
    one.cancel();
    expect(answerPick).toHaveBeenCalledExactlyOnceWith({ pick: 'one', source: null, sound: false });
  });

  it('closes unanswered when the question is over, and at no other’s end', async () => {
    const { one, ask, over, answerPick } = picker();
    await ask();
    over('another');
    expect(one.open).toBe(true);
    over('one');
    expect(one.open).toBe(false);
    expect(answerPick).not.toHaveBeenCalled();
  });

  it('asks for sound only where it is offered', async () => {
    const { one, ask, answerPick } = picker();
    one.sound = true;
    await ask({ ...REQUEST, sound: false });
    one.choose(SCREEN.id);
    one.share();
    expect(answerPick).toHaveBeenCalledWith({ pick: 'one', source: 'screen:1:0', sound: false });
  });

  it('leads to the system’s settings, and gives up for now', async () => {
    const { one, ask, answerPick, openPrivacySettings } = picker();
    await ask({ ...REQUEST, denied: true });
    expect(one.denied).toBe(true);
    one.openSettings();
    expect(openPrivacySettings).toHaveBeenCalledWith({ area: 'screen' });
    expect(answerPick).toHaveBeenCalledWith({ pick: 'one', source: null, sound: false });
  });
});
