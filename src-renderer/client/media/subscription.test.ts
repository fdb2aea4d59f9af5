import type { types } from 'mediasoup-client';
import { expect, it } from 'vitest';
import { Subscription } from './subscription.ts';

function subscribe({ held = false, mode = 'S3T3' } = {}): Subscription {
  const rtpParameters = { codecs: [], encodings: [{ scalabilityMode: mode }] };
  const consumer = { id: 'c', closed: false, rtpParameters } as unknown as types.Consumer;
  return new Subscription(consumer, { held });
}

/** Asks for all that is due, as a host that agrees. */
function settle(subscription: Subscription): string[] {
  const asked: string[] = [];
  for (let request = subscription.due; request; request = subscription.due) {
    asked.push(request === 'set-layer' ? `${request} ${subscription.dueLayer}` : request);
    subscription.asked(request)();
  }
  return asked;
}

it.each([
  ['S3T3', 3],
  ['L2T1', 2],
  ['', 1],
])('knows from %j that there are %i layers', (mode, layers) => {
  expect(subscribe({ mode }).layers).toBe(layers);
});

it('while prepared needs to say which layer will be shown, the top one too, and nothing more', () => {
  const subscription = subscribe({ held: true });
  subscription.wanted = 2;
  expect(settle(subscription)).toEqual(['set-layer 2']);
});

it('flows when what shows it is there, and not before', () => {
  const subscription = subscribe();
  expect(settle(subscription)).toEqual([]);
  subscription.place();
  expect(settle(subscription)).toEqual(['resume']);
});

it('is paused when nothing of it is needed, and resumed in the layer that is', () => {
  const subscription = subscribe({ held: true });
  subscription.wanted = 'nothing';
  expect(settle(subscription)).toEqual(['pause']);
  subscription.wanted = 1;
  expect(settle(subscription)).toEqual(['set-layer 1', 'resume']);
});

it('is asked for again when the host did not answer: what it did is unknown', () => {
  const subscription = subscribe({ held: true });
  subscription.wanted = 'nothing';
  subscription.asked('pause');
  expect(subscription.due).toBe('pause');
  subscription.wanted = 2;
  expect(settle(subscription)).toEqual(['set-layer 2', 'resume']);
});
