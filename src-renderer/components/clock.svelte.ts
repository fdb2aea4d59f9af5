import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1000);
  return () => clearInterval(timer);
});

/** The time now, epoch ms. Where it is read reactively it is read again every second. */
export function now(): number {
  subscribe();
  return Date.now();
}
