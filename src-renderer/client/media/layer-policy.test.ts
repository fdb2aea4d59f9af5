import { describe, expect, it } from 'vitest';
import { wantedLayer } from './layer-policy.ts';

const size = (width: number, height: number) => ({ width, height });

describe('the demand of a tile', () => {
  it.each([
    [size(160, 90), 0],
    [size(320, 180), 0],
    [size(640, 360), 1],
    [size(1280, 720), 2],
    [size(3840, 2160), 2],
  ])('for %j is the lowest layer that fills it: %i', (shown, layer) => {
    expect(wantedLayer(shown, 3, 'nothing')).toBe(layer);
  });

  it('is nothing where nothing is shown', () => {
    expect(wantedLayer(size(0, 0), 3, 2)).toBe('nothing');
    expect(wantedLayer(size(300, 0), 3, 2)).toBe('nothing');
  });

  it('looks at the width of a tile that is wider than a camera', () => {
    expect(wantedLayer(size(1280, 200), 3, 'nothing')).toBe(2);
  });

  it('asks for no layer there is not', () => {
    expect(wantedLayer(size(1280, 720), 2, 'nothing')).toBe(1);
    expect(wantedLayer(size(1280, 720), 1, 'nothing')).toBe(0);
  });

  it('does not flicker where two layers meet', () => {
    expect(wantedLayer(size(700, 380), 3, 1)).toBe(1);
    expect(wantedLayer(size(700, 380), 3, 2)).toBe(2);
    expect(wantedLayer(size(900, 500), 3, 1)).toBe(2);
    expect(wantedLayer(size(640, 360), 3, 2)).toBe(1);
  });
});
