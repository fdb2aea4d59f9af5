import { once } from 'node:events';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import {
  MAX_CONNECTIONS,
  MAX_CONNECTIONS_PER_ADDRESS,
  SPARE_CONNECTIONS_FOR_LOOPBACK,
} from '../../../src-shared/limits.ts';
import { Connections } from './connections.ts';

/** A connection from `address`, not connected to anything. */
const from = (address: string) => Object.defineProperty(new Socket(), 'remoteAddress', { value: address });

it('one address has so many, and those of others are not its own', async () => {
  const connections = new Connections();
  const own = Array.from({ length: MAX_CONNECTIONS_PER_ADDRESS }, () => from('192.0.2.7'));
  expect(own.every((socket) => connections.add(socket))).toBe(true);
  const oneMore = from('::ffff:192.0.2.7');
  expect([connections.add(oneMore), oneMore.destroyed]).toEqual([false, true]);
  expect(connections.add(from('192.0.2.8'))).toBe(true);
  const [first] = own;
  if (first) await once(first.destroy(), 'close');
  expect(connections.add(from('192.0.2.7'))).toBe(true);
  expect(connections.add(from('192.0.2.7'))).toBe(false);
  connections.end();
  expect(own.every((socket) => socket.destroyed)).toBe(true);
});

it('when others have taken all, this computer itself still has some', () => {
  const connections = new Connections();
  for (let count = 0; count < MAX_CONNECTIONS; count++) connections.add(from(`10.0.${count >> 8}.${count & 255}`));
  expect(connections.add(from('192.0.2.7'))).toBe(false);
  const own = Array.from({ length: SPARE_CONNECTIONS_FOR_LOOPBACK }, () => connections.add(from('127.0.0.1')));
  expect(new Set(own)).toEqual(new Set([true]));
  expect(connections.add(from('127.0.0.1'))).toBe(false);
});
