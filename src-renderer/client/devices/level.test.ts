import { expect, it } from 'vitest';
import { levelOf } from './level.svelte.ts';

const tone = (amplitude: number) => Float32Array.from({ length: 2048 }, (_, index) => amplitude * Math.sin(index / 5));

it('is nothing in silence and everything in a shout', () => {
  expect(levelOf(new Float32Array(2048))).toBe(0);
  expect(levelOf(tone(0.0001))).toBe(0);
  expect(levelOf(tone(1))).toBe(1);
});

it('moves through its whole range as a voice does', () => {
  const [whisper, talk, call] = [0.01, 0.05, 0.25].map((amplitude) => levelOf(tone(amplitude)));
  expect(whisper).toBeGreaterThan(0.1);
  expect(talk).toBeGreaterThan((whisper ?? 0) + 0.1);
  expect(call).toBeGreaterThan((talk ?? 0) + 0.1);
  expect(call).toBeLessThan(1);
});
