import { expect, it } from 'vitest';
import { MAX_UNREAD_BYTES } from '../../../../../src-shared/limits.ts';
import { EventChannel } from './event-channel.ts';

/** An event whose JSON text has so many bytes. */
function event(bytes: number) {
  const failure = (message: string) => ({ event: 'error', error: { code: 'INTERNAL', message } }) as const;
  return failure('x'.repeat(bytes - JSON.stringify(failure('')).length));
}

it('events wait for an attendee up to a limit, which begins anew when they are sent', () => {
  const channel = new EventChannel();
  expect(channel.send(event(MAX_UNREAD_BYTES - 100))).toBe(true);
  expect(channel.send(event(100))).toBe(true);
  const sent: object[] = [];
  channel.connect({ send: (message) => void sent.push(message), end: () => undefined });
  expect(sent).toHaveLength(2);
  channel.disconnect({ code: 1000, reason: '' });
  expect(channel.send(event(MAX_UNREAD_BYTES - 100))).toBe(true);
  expect(channel.send(event(101))).toBe(false);
});
