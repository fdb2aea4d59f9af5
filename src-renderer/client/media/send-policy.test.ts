import { describe, expect, it } from 'vitest';
import { activeLayers, sendPolicy } from './send-policy.ts';

describe('a camera', () => {
  it.each([
    [720, [180, 360, 720]],
    [360, [180, 360]],
  ])('of %i px is sent %j px high, lowest first', (height, heights) => {
    const { encodings } = sendPolicy('camera', height);
    expect(encodings.map(({ scaleResolutionDownBy = 1 }) => height / scaleResolutionDownBy)).toEqual(heights);
  });

  it('is not described by one object for all', () => {
    expect(sendPolicy('camera', 720).encodings[0]).not.toBe(sendPolicy('camera', 720).encodings[0]);
  });
});

it('a screen keeps its resolution, and is one layer', () => {
  const { encodings, degradationPreference } = sendPolicy('screen', 1080);
  expect(encodings).toHaveLength(1);
  expect(degradationPreference).toBe('maintain-resolution');
});

it('a voice is mono and repairs itself; shared sound is stereo', () => {
  expect(sendPolicy('microphone', 0).codecOptions).toEqual({ opusStereo: false, opusFec: true, opusDtx: true });
  expect(sendPolicy('screen-audio', 0).codecOptions).toMatchObject({ opusStereo: true, opusDtx: false });
});

it('encodes up to the layer that is shown, and nothing for nobody', () => {
  expect(activeLayers(3, 2)).toEqual([true, true, true]);
  expect(activeLayers(3, 0)).toEqual([true, false, false]);
  expect(activeLayers(3, -1)).toEqual([false, false, false]);
});
