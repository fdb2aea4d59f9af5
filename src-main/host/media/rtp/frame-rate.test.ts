import type { types } from 'mediasoup';
import { expect, it } from 'vitest';
import { BEGINNING_MS, FrameRate, LOOK_AGAIN_MS } from './frame-rate.ts';
import { HeldClock } from '../testing.ts';

/** A consumer that is sent what the test says, and the frame rate it is given. */
function receiving({ preferred = 2 }: { preferred?: number | null } = {}) {
  const asked: types.ConsumerLayers[] = [];
  const answers: (() => void)[] = [];
  const consumer = {
    currentLayers: undefined as types.ConsumerLayers | undefined,
    preferredLayers: preferred === null ? undefined : { spatialLayer: 1, temporalLayer: preferred },
    setPreferredLayers: async (layers: types.ConsumerLayers) => {
      asked.push(layers);
      await new Promise<void>((resolve) => answers.push(resolve));
      consumer.preferredLayers = { temporalLayer: 2, ...layers };
    },
  };
  const clock = new HeldClock();
  const frameRate = new FrameRate(consumer, clock);
  const send = (temporalLayer: number | null) => {
    consumer.currentLayers = temporalLayer === null ? undefined : { spatialLayer: 1, temporalLayer };
    frameRate.changed();
  };
  /** What has been asked is answered, and acted upon. */
  const answer = async () => {
    for (const resolve of answers.splice(0)) resolve();
    await new Promise(setImmediate);
  };
  return { clock, frameRate, send, asked, answer };
}

const LOOKED = [
  { spatialLayer: 1, temporalLayer: 1 },
  { spatialLayer: 1, temporalLayer: 2 },
];

it('has a picture that begins with the fewest frames looked at again, and what is preferred stays', async () => {
  const { clock, send, asked, answer } = receiving();
  send(0);
  clock.pass(LOOK_AGAIN_MS - 1);
  expect(asked).toEqual([]);
  clock.pass(1);
  expect(asked).toEqual(LOOKED);
  await answer();
  clock.pass(LOOK_AGAIN_MS);
  expect(asked).toEqual([...LOOKED, ...LOOKED]);
  await answer();
  send(2);
  clock.pass(LOOK_AGAIN_MS);
  expect(asked).toHaveLength(4);
});

it('leaves it to the media process when the picture has begun', async () => {
  const { clock, send, asked, answer } = receiving();
  send(0);
  for (let passed = 0; passed < 2 * BEGINNING_MS; passed += LOOK_AGAIN_MS) {
    clock.pass(LOOK_AGAIN_MS);
    await answer();
  }
  expect(asked).toHaveLength(2 * Math.ceil(BEGINNING_MS / LOOK_AGAIN_MS));
  asked.length = 0;
  send(2);
  send(0);
  clock.pass(LOOK_AGAIN_MS);
  expect(asked).toEqual([]);
  send(null);
  send(0);
  clock.pass(LOOK_AGAIN_MS);
  expect(asked).toEqual(LOOKED);
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

it('never undoes what is asked for meanwhile', async () => {
  const { clock, frameRate, send, asked, answer } = receiving();
  send(0);
  const preferring = frameRate.prefer({ spatialLayer: 0 });
  clock.pass(LOOK_AGAIN_MS);
  expect(asked).toEqual([{ spatialLayer: 0 }]);
  await answer();
  await preferring;
  clock.pass(LOOK_AGAIN_MS);
  expect(asked.slice(1)).toEqual(LOOKED.map((layers) => ({ ...layers, spatialLayer: 0 })));
});

it.each([
  ['is paused', ({ send }: ReturnType<typeof receiving>) => send(null)],
  ['has ended', ({ frameRate }: ReturnType<typeof receiving>) => frameRate.close()],
])('looks no more at what %s', async (_, stop) => {
  const receiver = receiving();
  receiver.send(0);
  receiver.clock.pass(LOOK_AGAIN_MS);
  stop(receiver);
  await receiver.answer();
  receiver.clock.pass(LOOK_AGAIN_MS);
  expect(receiver.asked).toEqual(LOOKED);
});
