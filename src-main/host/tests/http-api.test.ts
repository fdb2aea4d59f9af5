import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseInvite } from '../../../src-shared/invite.ts';
import { HostInfo, HttpFailure, RoomInfo } from '../../../src-shared/protocol/index.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';

let host: LiveHost;

beforeEach(async () => {
  host = await startLiveHost();
});

afterEach(() => host.close());

const failureOf = (text: string) => v.parse(HttpFailure, JSON.parse(text)).error.code;

describe('a room', () => {
  it('is made, looked at while people come and go, and there for those who come back', async () => {
    const { roomId, url } = await host.makeRoom();
    expect(parseInvite(url)).toMatchObject({ roomId, fingerprint: expect.any(String) as string });
    const look = async () => host.ask(`/api/rooms/${roomId}`);
    const before = v.parse(RoomInfo, JSON.parse((await look()).text));
    expect(before).toMatchObject({ name: "Ada's meeting", participants: 0, locked: false, lobby: false });
    expect(before.routerRtpCapabilities.codecs?.map(({ mimeType }) => mimeType)).toContain('audio/opus');

    const ada = host.connect();
    await ada.join(roomId, 'ada');
    expect(JSON.parse((await look()).text)).toMatchObject({ participants: 1 });
    await ada.ask('leaveRoom', {});
    expect(JSON.parse((await look()).text)).toMatchObject({ participants: 0 });
  });

  it('is refused with a body too large, and the host goes on', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ hostName: 'x'.repeat(2 * 1024 * 1024) });
    const reply = await host.ask('/api/rooms', { method: 'POST', headers, body });
    expect(reply.status).toBe(400);
    expect(failureOf(reply.text)).toBe('BAD_REQUEST');
    await expect(host.makeRoom()).resolves.toHaveProperty('roomId');
  });
});

it('the host says who it is', async () => {
  const reply = await host.ask('/api/host');
  const info = v.parse(HostInfo, JSON.parse(reply.text));
  expect(info).toMatchObject({ name: 'desk', version: '1.2.3', mayCreateRooms: true });
  expect(info.fingerprint).toMatch(/^[\w-]{43}$/);
});

it.each([
  ['a foreign Host', { Host: 'evil.example' }],
  ['a foreign Origin', { Origin: 'https://evil.example' }],
])('%s is refused', async (_what, headers) => {
  const reply = await host.ask('/api/host', { headers });
  expect(reply.status).toBe(403);
  expect(failureOf(reply.text)).toBe('FORBIDDEN');
});

it('closing tells people why before their connection ends', async () => {
  const { roomId } = await host.makeRoom();
  const participants = [host.connect(), host.connect({ transports: ['polling'] })];
  for (const participant of participants) await participant.join(roomId, crypto.randomUUID());
  const told = participants.map((participant) => participant.next('roomClosed'));
  await host.close();
  await expect(Promise.all(told)).resolves.toEqual([{ reason: 'The test is over.' }, { reason: 'The test is over.' }]);
});
