import type { types } from 'mediasoup';
import { expect, it } from 'vitest';
import { FrameRate, LOOK_AGAIN_MS } from './frame-rate.ts';
import { HeldClock } from './testing.ts';

/** A consumer that is sent as told, and the frame rate it is given. */
function receiving({ preferred = 2 }: { preferred?: number | null } = {}) {
  const asked: types.ConsumerLayers[] = [];
  const consumer = {
    closed: false,
    paused: false,
    currentLayers: undefined as types.ConsumerLayers | undefined,
    preferredLayers: preferred === null ? undefined : { spatialLayer: 1, temporalLayer: preferred },
    setPreferredLayers: (layers: types.ConsumerLayers) => {
      asked.push(layers);
      return Promise.resolve();
    },
  };
  const clock = new HeldClock();
  const frameRate = new FrameRate(consumer, clock);
  const send = (temporalLayer: number) => {
    consumer.currentLayers = { spatialLayer: 1, temporalLayer };
    frameRate.changed();
  };
  return { consumer, clock, frameRate, send, asked };
}

const LOOKED = [
  { spatialLayer: 1, temporalLayer: 1 },
  { spatialLayer: 1, temporalLayer: 2 },
];

it('has a picture that begins with the fewest frames looked at again, and what is preferred stays', () => {
  const { clock, send, asked } = receiving();
  send(0);
  clock.pass(LOOK_AGAIN_MS - 1);
  expect(asked).toEqual([]);
  clock.pass(1);
  expect(asked).toEqual(LOOKED);
  clock.pass(10 * LOOK_AGAIN_MS);
  expect(asked).toEqual(LOOKED);
});

it('leaves alone what has more already, or has them by then', () => {
  const { clock, send, asked } = receiving();
  send(1);
  clock.pass(LOOK_AGAIN_MS);
  send(0);
  send(2);
  clock.pass(LOOK_AGAIN_MS);
  expect(asked).toEqual([]);
});

it.each([
  ['prefers the fewest', 0],
  ['has no layers', null],
])('leaves alone what %s', (_, preferred) => {
  const { clock, send, asked } = receiving({ preferred });
  send(0);
  clock.pass(LOOK_AGAIN_MS);
  expect(asked).toEqual([]);
});

it.each(['paused', 'closed'] as const)('leaves alone what is %s by then', (state) => {
  const { consumer, clock, frameRate, send, asked } = receiving();
  send(0);
  consumer[state] = true;
  clock.pass(LOOK_AGAIN_MS);
  send(0);
  frameRate.close();
  consumer[state] = false;
  clock.pass(LOOK_AGAIN_MS);
  expect(asked).toEqual([]);
});
