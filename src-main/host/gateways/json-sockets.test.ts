import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import {
  LAST_MESSAGES_MS,
  MAX_FRAGMENTS,
  MAX_MESSAGE_BYTES,
  MAX_UNREAD_BYTES,
  PING_INTERVAL_MS,
  PING_TIMEOUT_MS,
} from '../../../src-shared/limits.ts';
import { FakeClock } from '../meeting/testing.ts';
import type { JsonSocket } from './json-socket.ts';
import { JsonSockets } from './json-sockets.ts';

/** The events of all sockets, in order. */
type Event = { message: unknown } | { unreadable: string } | { intentional: boolean };

let server: Server;
let clock: FakeClock;
let sockets: JsonSockets;
let opened: JsonSocket[];
let events: ReadableStreamDefaultReader<Event>;
let clients: WebSocket[];

beforeEach(async () => {
  clock = new FakeClock();
  sockets = new JsonSockets(clock);
  opened = [];
  clients = [];
  const { readable, writable } = new TransformStream<Event, Event>(undefined, undefined, { highWaterMark: Infinity });
  const writer = writable.getWriter();
  events = readable.getReader();
  server = createServer();
  server.on('upgrade', (request, socket, head) =>
    sockets.accept({ request, socket, head }, (accepted) => {
      opened.push(accepted);
      return {
        received: (message) => void writer.write({ message }),
        unreadable: ({ code }) => void writer.write({ unreadable: code }),
        ended: (intentional) => void writer.write({ intentional }),
      };
    }),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterEach(() => {
  for (const client of clients) client.terminate();
  server.close();
});

const next = async () => (await events.read()).value;

async function connect(options: ClientOptions = {}) {
  const { port } = server.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}/`, options);
  clients.push(client);
  client.on('error', () => undefined);
  await once(client, 'open');
  const socket = opened.at(-1);
  if (!socket) throw new Error('nothing was accepted');
  return { client, socket };
}

/** Resolves when the host has handled all that `client` has sent so far. */
async function handled(client: WebSocket) {
  client.ping();
  await once(client, 'pong');
}

describe('messages', () => {
  it('go both ways as JSON, in order', async () => {
    const { client, socket } = await connect();
    expect(socket.remoteAddress).toBe('127.0.0.1');
    expect(socket.localAddress).toBe('127.0.0.1');
    client.send('{"a":1}');
    client.send('"text"');
    expect(await next()).toEqual({ message: { a: 1 } });
    expect(await next()).toEqual({ message: 'text' });
    const told = once(client, 'message');
    socket.send({ b: 2 });
    expect(String((await told)[0])).toBe('{"b":2}');
  });

  it.each([['{'], [''], [Buffer.from('{}')]])('that are not JSON text are reported: %o', async (frame) => {
    const { client } = await connect();
    client.send(frame);
    client.send('1');
    expect(await next()).toEqual({ unreadable: 'BAD_REQUEST' });
    expect(await next()).toEqual({ message: 1 });
  });

  it('may be as large as the limit; a larger one ends the connection', async () => {
    const { client } = await connect();
    const largest = 'x'.repeat(MAX_MESSAGE_BYTES - 2);
    client.send(JSON.stringify(largest));
    expect(await next()).toEqual({ message: largest });
    client.send(JSON.stringify(`${largest}x`));
    expect(await next()).toEqual({ intentional: false });
  });

  it('may come in as many fragments as the limit; one more ends the connection', async () => {
    const { client } = await connect();
    /** A JSON string in so many fragments. */
    const send = (fragments: number) => {
      client.send('"', { fin: false });
      for (let count = 2; count < fragments; count++) client.send('x', { fin: false });
      client.send('"', { fin: true });
    };
    send(MAX_FRAGMENTS);
    expect(await next()).toEqual({ message: 'x'.repeat(MAX_FRAGMENTS - 2) });
    const closed = once(client, 'close');
    send(MAX_FRAGMENTS + 1);
    expect(await next()).toEqual({ intentional: false });
    expect((await closed)[0]).toBe(1008);
  });

  it('to a socket that has ended are lost', async () => {
    const { client, socket } = await connect();
    client.close();
    expect(await next()).toEqual({ intentional: true });
    expect(() => socket.send({})).not.toThrow();
  });

  it('that come after the host has closed the connection are dropped', async () => {
    const { client, socket } = await connect();
    client.pause();
    socket.end();
    client.send('"too late"');
    client.resume();
    expect(await next()).toEqual({ intentional: true });
  });
});

describe('an end', () => {
  it.each([
    ['is said with a code and why', 'That is all.', 'That is all.'],
    ['is said as far as a close frame goes, in whole characters', 'é'.repeat(100), 'é'.repeat(61)],
  ])('%s', async (_how, reason, said) => {
    const { client, socket } = await connect();
    const closed = once(client, 'close');
    socket.end({ code: 4000, reason });
    expect((await closed).map(String)).toEqual(['4000', said]);
  });

  it.each([[1000], [1001], [undefined]])('by the other end with code %s is its will', async (code) => {
    const { client } = await connect();
    client.close(code);
    expect(await next()).toEqual({ intentional: true });
  });

  it('with another code, or with none at all, is a loss', async () => {
    const first = await connect();
    first.client.close(4000);
    expect(await next()).toEqual({ intentional: false });
    const second = await connect();
    second.client.terminate();
    expect(await next()).toEqual({ intentional: false });
  });

  it('by the host has been preceded by all that was said', async () => {
    const { client, socket } = await connect();
    const told = once(client, 'message');
    const closed = once(client, 'close');
    socket.send({ last: true });
    socket.end();
    expect(String((await told)[0])).toBe('{"last":true}');
    expect((await closed)[0]).toBe(1000);
  });
});

describe('signs of life', () => {
  it('are asked for; who gives none is lost', async () => {
    const { client } = await connect({ autoPong: false });
    const pinged = once(client, 'ping');
    clock.advance(PING_INTERVAL_MS);
    await pinged;
    clock.advance(PING_TIMEOUT_MS);
    expect(await next()).toEqual({ intentional: false });
  });

  it('are pongs', async () => {
    const { client } = await connect();
    for (let round = 0; round < 3; round++) {
      const pinged = once(client, 'ping');
      clock.advance(PING_INTERVAL_MS);
      await pinged;
      await handled(client);
    }
    client.close();
    expect(await next()).toEqual({ intentional: true });
  });

  it('are messages', async () => {
    const { client } = await connect({ autoPong: false });
    clock.advance(PING_INTERVAL_MS + PING_TIMEOUT_MS - 1);
    client.send('1');
    expect(await next()).toEqual({ message: 1 });
    clock.advance(PING_INTERVAL_MS + PING_TIMEOUT_MS - 1);
    client.send('2');
    expect(await next()).toEqual({ message: 2 });
  });
});

it('ends a connection that reads nothing, and no other', async () => {
  const { client, socket } = await connect();
  const part = { text: 'x'.repeat(MAX_UNREAD_BYTES / 4) };
  // One after another they are read.
  for (let sent = 0; sent < 8; sent++) {
    const told = once(client, 'message');
    socket.send(part);
    await told;
  }
  // Some of it the system takes in, up to 10 MB on Linux (tcp(7): tcp_wmem, tcp_rmem).
  for (let sent = 0; sent < 16; sent++) socket.send(part);
  expect(await next()).toEqual({ intentional: false });
});

describe('closing', () => {
  it('ends everyone, who hear what was said before', async () => {
    const { client, socket } = await connect();
    const told = once(client, 'message');
    const closed = once(client, 'close');
    socket.send({ last: true });
    await sockets.close();
    expect(String((await told)[0])).toBe('{"last":true}');
    expect((await closed)[0]).toBe(1001);
  });

  it.each([
    [LAST_MESSAGES_MS - 1, true],
    [LAST_MESSAGES_MS, false],
  ])('waits for those who read late: after %i ms they still close in order: %s', async (ms, inOrder) => {
    const { client } = await connect();
    client.pause();
    const closing = sockets.close();
    clock.advance(ms);
    client.resume();
    await closing;
    expect(await next()).toEqual({ intentional: inOrder });
  });

  it('lets nobody in any more', async () => {
    await sockets.close();
    await expect(connect()).rejects.toThrow('503');
  });
});
