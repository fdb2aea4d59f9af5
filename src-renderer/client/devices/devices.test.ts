import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Preferences } from '../settings/preferences.svelte.ts';
import { Devices } from './devices.svelte.ts';
import { FakeMediaDevices, FakeStream, device, emptyStorage } from './testing.ts';

const headset = device('audioinput', 'headset');
const builtIn = device('audioinput', 'built-in');
const webcam = device('videoinput', 'webcam');
let media: FakeMediaDevices;
let preferences: Preferences;
let devices: Devices;

beforeEach(() => {
  media = new FakeMediaDevices([headset, builtIn, webcam]);
  Object.defineProperty(navigator, 'mediaDevices', { value: media, configurable: true });
  vi.stubGlobal('MediaStream', FakeStream);
  const storage = emptyStorage();
  preferences = new Preferences(() => storage);
  devices = new Devices(preferences);
});

afterEach(() => {
  devices.close();
  vi.unstubAllGlobals();
});

const permission = (state: PermissionState) =>
  Object.defineProperty(navigator, 'permissions', {
    value: { query: () => Promise.resolve({ state }) },
    configurable: true,
  });

describe('choosing a device that cannot be opened', () => {
  it('keeps the one that worked, now and the next time', async () => {
    await devices.open();
    const { track } = devices.microphone;
    media.failing.audio = 'NotReadableError';
    await devices.microphone.choose('built-in');
    expect(devices.microphone.track).toBe(track);
    expect(track?.readyState).toBe('live');
    expect(devices.microphone).toMatchObject({ chosen: 'headset', problem: null, opening: false });
    expect(preferences.device('microphone')?.id).toBe('headset');
  });

  it.each([
    ['NotReadableError', 'in-use'],
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['TypeError', 'failed'],
  ])('says which one and why (%s: %s), until one can be opened', async (failure, problem) => {
    await devices.open();
    media.failing.audio = failure;
    await devices.microphone.choose('built-in');
    expect(devices.microphone.refused).toEqual({
      id: 'built-in',
      label: 'The built-in',
      problem,
      kept: 'The headset',
    });
    delete media.failing.audio;
    await devices.microphone.choose('built-in');
    expect(devices.microphone).toMatchObject({ refused: null, chosen: 'built-in' });
  });

  it('says nothing of one that was chosen over by the next', async () => {
    await devices.open();
    media.failing.audio = 'NotReadableError';
    const first = devices.microphone.choose('built-in');
    delete media.failing.audio;
    await Promise.all([first, devices.microphone.choose('headset')]);
    expect(devices.microphone).toMatchObject({ refused: null, chosen: 'headset' });
    expect(preferences.device('microphone')?.id).toBe('headset');
  });

  it('keeps the one that works also after two that do not', async () => {
    media.devices.push(device('audioinput', 'phone'));
    await devices.open();
    media.failing.audio = 'NotReadableError';
    await Promise.all([devices.microphone.choose('built-in'), devices.microphone.choose('phone')]);
    expect(devices.microphone).toMatchObject({ chosen: 'headset', refused: { id: 'phone', kept: 'The headset' } });
    expect(preferences.device('microphone')?.id).toBe('headset');
  });
});

describe('opening', () => {
  it('asks for both in one prompt, once', async () => {
    await Promise.all([devices.open(), devices.open()]);
    expect(media.asked).toHaveLength(1);
    expect(media.asked[0]).toHaveProperty('audio.echoCancellation', true);
    expect(devices.microphone.chosen).toBe('headset');
    expect(devices.microphone.choices.map(({ id }) => id)).toEqual(['headset', 'built-in']);
    expect(devices.camera.stream).not.toBeNull();
  });

  it.each([
    ['NotReadableError', 'in-use'],
    ['NotFoundError', 'missing'],
    ['TypeError', 'failed'],
  ])('of a camera that fails with %s says %s and keeps the microphone', async (failure, problem) => {
    media.failing.video = failure;
    await devices.open();
    expect(devices.camera.problem).toBe(problem);
    expect(devices.microphone.problem).toBeNull();
    expect(devices.microphone.track?.readyState).toBe('live');
  });

  it('does not ask a person again who has just said no', async () => {
    permission('prompt');
    media.failing.audio = media.failing.video = 'NotAllowedError';
    await devices.open();
    expect(media.asked).toHaveLength(1);
    expect([devices.microphone.problem, devices.camera.problem]).toEqual(['denied', 'denied']);
  });

  it('takes a microphone that is allowed though the camera is not', async () => {
    permission('granted');
    media.failing.video = 'NotAllowedError';
    await devices.open();
    expect(devices.camera.problem).toBe('denied');
    expect(devices.microphone.track).not.toBeNull();
  });

  it('does not ask for a camera that was off last time', async () => {
    preferences.rememberOn('camera', false);
    devices = new Devices(preferences);
    await devices.open();
    expect(media.asked).toEqual([expect.not.objectContaining({ video: expect.anything() as unknown })]);
    expect(devices.camera.on).toBe(false);
  });
});

describe('muting', () => {
  it('is in effect before anything else happens', async () => {
    await devices.open();
    const track = devices.microphone.track;
    const told = vi.fn(() => track?.enabled);
    devices.microphone.subscribe(told);
    void devices.microphone.setOn(false);
    expect(told).toHaveReturnedWith(false);
    expect(track?.readyState).toBe('live');
  });

  it('is remembered', async () => {
    await devices.open();
    await devices.microphone.setOn(false);
    expect(new Devices(preferences).microphone.on).toBe(false);
  });

  it('also holds for a microphone that is changed while muted', async () => {
    await devices.open();
    await devices.microphone.setOn(false);
    await devices.microphone.choose('built-in');
    expect(devices.microphone.chosen).toBe('built-in');
    expect(devices.microphone.track?.enabled).toBe(false);
  });
});

it('a camera that is off is closed, and opens again', async () => {
  await devices.open();
  const before = devices.camera.track;
  await devices.camera.setOn(false);
  expect(before?.readyState).toBe('ended');
  expect(devices.camera.stream).toBeNull();
  await devices.camera.setOn(true);
  expect(devices.camera.track?.readyState).toBe('live');
});

describe('a device that is unplugged', () => {
  it('is replaced by another', async () => {
    await devices.open();
    media.devices = [builtIn, webcam];
    media.tracks.find(({ kind }) => kind === 'audio')?.end();
    await vi.waitFor(() => expect(devices.microphone.chosen).toBe('built-in'));
    expect(devices.microphone.problem).toBeNull();
  });

  it('leaves a problem where there is no other, until one is plugged in', async () => {
    await devices.open();
    media.devices = [headset, builtIn];
    media.tracks.find(({ kind }) => kind === 'video')?.end();
    media.change([headset, builtIn]);
    expect(devices.camera.problem).toBe('ended');
    expect(devices.camera.stream).toBeNull();
    media.change([headset, builtIn, webcam]);
    await vi.waitFor(() => expect(devices.camera.problem).toBeNull());
    expect(devices.camera.track?.readyState).toBe('live');
  });

  it('is taken again when it comes back, because it was chosen', async () => {
    await devices.open();
    await devices.microphone.choose('headset');
    media.change([builtIn, webcam]);
    media.tracks
      .filter(({ kind }) => kind === 'audio')
      .at(-1)
      ?.end();
    await vi.waitFor(() => expect(devices.microphone.chosen).toBe('built-in'));
    media.change([headset, builtIn, webcam]);
    await vi.waitFor(() => expect(devices.microphone.chosen).toBe('headset'));
  });
});

it('a camera that is switched off while it opens is not kept', async () => {
  const opening = devices.open();
  await devices.camera.setOn(false);
  await opening;
  expect(media.tracks.map(({ kind, readyState }) => [kind, readyState])).toEqual([
    ['audio', 'live'],
    ['video', 'ended'],
  ]);
  expect(devices.camera.stream).toBeNull();
  expect(devices.camera.opening).toBe(false);
});

it('a track that comes after its device was closed is not kept', async () => {
  const opening = devices.open();
  devices.close();
  await opening;
  expect(media.tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
  expect(devices.microphone.track).toBeNull();
});

describe('a camera that is held', () => {
  it('stays open while off, shows nothing, and closes when it is let go', async () => {
    await devices.open();
    const release = devices.camera.hold();
    const track = devices.camera.track;
    await devices.camera.setOn(false);
    expect(devices.camera.track).toBe(track);
    expect([track?.enabled, devices.camera.stream]).toEqual([false, null]);
    release();
    expect([track?.readyState, devices.camera.track]).toEqual(['ended', null]);
  });

  it('is not opened for that alone', async () => {
    await devices.camera.setOn(false);
    const release = devices.camera.hold();
    await devices.open();
    expect(devices.camera.track).toBeNull();
    release();
  });
});
