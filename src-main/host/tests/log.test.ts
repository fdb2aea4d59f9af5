/** What a host writes into its log while people use it in every way: nothing secret, and nobody's name. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import { CreatedInvite } from '../../../src-shared/protocol/index.ts';
import { createLog } from '../operations/log.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';

const NAME = 'Zacharias Quillfeather';
const TEXT = 'The safe is behind the mirror';
const SECRET = 'correct-horse-battery-staple';
const Attendee = v.object({ result: v.object({ token: v.string() }) });
const Line = v.looseObject({
  time: v.pipe(v.string(), v.isoTimestamp()),
  level: v.picklist(['info', 'warn', 'error']),
  message: v.string(),
});

let lines: string[];
let live: LiveHost;
beforeEach(async () => {
  lines = [];
  live = await startLiveHost({ log: createLog({ write: (line) => lines.push(line) }, { json: true }) });
});
afterEach(() => live.close());

const json = { 'Content-Type': 'application/json' };
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  live.ask(path, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });

test('neither secrets nor names are in the log', async () => {
  const { roomId, hostToken } = await live.makeRoom();
  const bearer = { Authorization: `Bearer ${hostToken}` };
  const made = await post(`/api/rooms/${roomId}/invites`, { role: 'participant', name: NAME }, bearer);
  const { token: invite } = v.parse(CreatedInvite, JSON.parse(made.text));

  const host = live.connect();
  const { sessionToken } = await host.join(roomId, NAME, { userId: 'zq-1', token: hostToken });
  const guest = live.connect();
  await guest.join(roomId, NAME, { userId: 'zq-2', token: invite });
  await guest.ask('sendMessage', { roomId, message: TEXT });

  // What is refused, unreadable or for nobody.
  const stranger = live.connect();
  const wrong = { roomId, userName: NAME, token: SECRET, passcode: SECRET, sessionToken: SECRET };
  await stranger.askUnchecked('joinRoom', wrong).catch(() => undefined);
  await expect(stranger.askUnchecked('joinRoom', { roomId, userName: [NAME], token: 7 })).rejects.toThrow();
  await expect(stranger.askUnchecked(`${NAME}-${SECRET}`, {})).rejects.toThrow();
  await post('/api/rooms', { hostName: [NAME], token: SECRET });
  await live.ask(`/api/rooms/${SECRET}?token=${SECRET}`);
  await live.ask(`/api/rooms/${roomId}/invites`, { headers: { Authorization: `Bearer ${SECRET}` } });
  await post('/api/validate-link', { token: SECRET });

  // The HTTP media API, whose token is in an address.
  const attended = await post('/api/media/rooms/createAttendee', { room: roomId, user: NAME });
  const { token: attendee } = v.parse(Attendee, JSON.parse(attended.text)).result;
  for (const token of [attendee, SECRET]) {
    const events = new WebSocket(`${live.origin.replace('https', 'wss')}/api/media/events?token=${token}`, {
      rejectUnauthorized: false,
    });
    await new Promise<unknown>((resolve) => events.on('open', resolve).on('error', resolve));
    events.terminate();
  }
  guest.socket.disconnect();
  await live.host.close('The test is over.');

  const log = lines.join('');
  expect(lines.map((line) => v.parse(Line, JSON.parse(line)).message)).toEqual(
    expect.arrayContaining(['The host is listening', 'meeting made', 'meeting ended', 'The host has ended']),
  );
  expect(log).toContain(roomId);
  const [first = '', last = ''] = NAME.split(' ');
  const kept = [first, last, TEXT, SECRET, hostToken, sessionToken, invite, attendee];
  for (const secret of kept) expect(log).not.toContain(secret);
  expect(log).not.toContain('zq-');
});
