import { describe, expect, it } from 'vitest';
import {
  MAX_CHANGE_BURST_PER_SOCKET,
  MAX_CHANGES_PER_SECOND_PER_SOCKET,
  MAX_EVENT_BURST_PER_ROOM,
  MAX_EVENTS_PER_SECOND_PER_ROOM,
  MAX_JOIN_BURST_PER_ADDRESS,
  MAX_JOIN_BURST_PER_SOCKET,
  MAX_JOINS_PER_MINUTE_PER_SOCKET,
  MAX_JOINS_PER_SECOND_PER_ADDRESS,
  MAX_MESSAGE_BURST_PER_SOCKET,
  MAX_MESSAGES_PER_SECOND_PER_SOCKET,
  MAX_PING_BURST_PER_SOCKET,
  MAX_PINGS_PER_SECOND_PER_SOCKET,
  MAX_RELAYED_KIB_BURST,
  MAX_RELAYED_KIB_PER_SECOND,
  MAX_REQUEST_BURST_PER_SOCKET,
  MAX_REQUESTS_PER_SECOND_PER_SOCKET,
  MAX_TRANSPORTS_PER_MINUTE,
} from '../../../../src-shared/limits.ts';
import { FakeClock, hostOneRoom, rtpParameters } from '../testing.ts';
import { HostRates, SessionRates, relayLimit, roomEventLimit } from './session-rates.ts';

const limited = expect.objectContaining({ code: 'RATE_LIMITED' }) as Error;

/** How often this can be done before it is refused. */
function countUntilRefused(act: () => void): number {
  for (let done = 0; ; done++) {
    try {
      act();
    } catch (error) {
      expect(error).toEqual(limited);
      return done;
    }
  }
}

describe('a connection', () => {
  it.each([
    ['requests', MAX_REQUEST_BURST_PER_SOCKET, MAX_REQUESTS_PER_SECOND_PER_SOCKET, 1],
    ['pings', MAX_PING_BURST_PER_SOCKET, MAX_PINGS_PER_SECOND_PER_SOCKET, 1],
    ['transports', MAX_TRANSPORTS_PER_MINUTE, MAX_TRANSPORTS_PER_MINUTE, 60],
    ['messages', MAX_MESSAGE_BURST_PER_SOCKET, MAX_MESSAGES_PER_SECOND_PER_SOCKET, 1],
    ['changes', MAX_CHANGE_BURST_PER_SOCKET, MAX_CHANGES_PER_SECOND_PER_SOCKET, 1],
    ['joins', MAX_JOIN_BURST_PER_SOCKET, MAX_JOINS_PER_MINUTE_PER_SOCKET, 60],
  ] as const)('has a burst of %s, and then a steady rate', (name, burst, steady, seconds) => {
    const clock = new FakeClock();
    const rates = new SessionRates(new HostRates(clock, (address) => address));
    const draw = () => rates.draw({ [name]: 1 }, { remoteAddress: '192.0.2.1' });
    expect(countUntilRefused(draw)).toBe(burst);
    // The time after which one more is allowed, ms; 1 ms is left for rounding.
    const interval = Math.ceil((seconds * 1000) / steady);
    clock.advance(interval - 1);
    expect(countUntilRefused(draw)).toBe(0);
    clock.advance(2);
    expect(countUntilRefused(draw)).toBe(1);
    clock.advance(seconds * 1000);
    expect(countUntilRefused(draw)).toBe(steady);
  });

  it('pings at the expense of nothing else, and is answered when it has used up its requests', async () => {
    const { session } = await (await hostOneRoom()).join('ada');
    expect(countUntilRefused(() => session.countRequest('ping'))).toBe(MAX_PING_BURST_PER_SOCKET);
    expect(countUntilRefused(() => session.countRequest('react'))).toBe(MAX_REQUEST_BURST_PER_SOCKET);
    const other = (await (await hostOneRoom()).join('grace')).session;
    expect(countUntilRefused(() => other.countRequest('react'))).toBe(MAX_REQUEST_BURST_PER_SOCKET);
    other.countRequest('ping');
    await expect(Promise.try(() => other.perform('ping', {}))).resolves.toEqual({});
  });

  it('falls silent and leaves, whatever it has used up', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    const { producerId } = await ada.produce({ kind: 'audio', rtpParameters });
    const exhaust = async () => {
      for (;;) {
        await ada.pauseProducer({ producerId });
        await ada.resumeProducer({ producerId });
      }
    };
    await expect(exhaust()).rejects.toEqual(limited);
    await ada.pauseProducer({ producerId });
    await ada.closeProducer({ producerId });
    await expect(ada.leaveRoom({})).resolves.toEqual({});
  });
});

it('an address has a burst of joins for all its connections, and then a steady rate', () => {
  const clock = new FakeClock();
  const host = new HostRates(clock, (address) => address);
  const join = () => new SessionRates(host).draw({ joins: 1 }, { remoteAddress: '192.0.2.1' });
  expect(countUntilRefused(join)).toBe(MAX_JOIN_BURST_PER_ADDRESS);
  clock.advance(1000);
  expect(countUntilRefused(join)).toBe(MAX_JOINS_PER_SECOND_PER_ADDRESS);
  expect(() => new SessionRates(host).draw({ joins: 1 }, { remoteAddress: '198.51.100.7' })).not.toThrow();
});

it('a room has a burst of events, and then a steady rate', () => {
  const clock = new FakeClock();
  const events = roomEventLimit(clock);
  const rates = new SessionRates(new HostRates(clock, (address) => address));
  const tell = () => rates.draw({ events: 1 }, { remoteAddress: '192.0.2.1', events });
  expect(countUntilRefused(tell)).toBe(MAX_EVENT_BURST_PER_ROOM);
  clock.advance(1000);
  expect(countUntilRefused(tell)).toBe(MAX_EVENTS_PER_SECOND_PER_ROOM);
});

it('a client in a call has a burst of what is sent on, and then a steady rate', () => {
  const clock = new FakeClock();
  const relayed = relayLimit(clock);
  const rates = new SessionRates(new HostRates(clock, (address) => address));
  const send = () => rates.draw({ relayed: 1 }, { remoteAddress: '192.0.2.1', relayed });
  expect(countUntilRefused(send)).toBe(MAX_RELAYED_KIB_BURST);
  clock.advance(1000);
  expect(countUntilRefused(send)).toBe(MAX_RELAYED_KIB_PER_SECOND);
});

it('what one limit refuses takes nothing from the others', () => {
  const clock = new FakeClock();
  const events = roomEventLimit(clock);
  const host = new HostRates(clock, (address) => address);
  const rates = new SessionRates(host);
  const remoteAddress = '192.0.2.1';
  const join = () => rates.draw({ joins: 1, events: 2 }, { remoteAddress, events });
  events.take(MAX_EVENT_BURST_PER_ROOM);
  for (let attempt = 0; attempt < 2 * MAX_JOIN_BURST_PER_ADDRESS; attempt++) expect(join).toThrow(limited);
  clock.advance(1000);
  expect(countUntilRefused(join)).toBe(MAX_JOIN_BURST_PER_SOCKET);
  expect(host.joinsOf(remoteAddress).has(MAX_JOIN_BURST_PER_ADDRESS - MAX_JOIN_BURST_PER_SOCKET)).toBe(true);
});
