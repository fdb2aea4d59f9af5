/** What is said to a room that has ended. */
import { expect, test } from '../fixtures/test.ts';
import { Attendee } from './clients/attendee.ts';
import { HttpClient } from './clients/http.ts';
import { PlainWebSocketClient } from './clients/plain-websocket.ts';
import { connected, makeRoom } from './meeting.ts';
import { fieldsOf, outcomeOf, text } from './reply.ts';
import { dtlsParameters, microphone, rtpCapabilities } from './rtp.ts';

test('a room that has emptied ends, and is then like one that never was', async ({ host }) => {
  const http = await HttpClient.of(host.url);
  const { roomId, hostToken } = await makeRoom(http);
  const made = await http.ask('POST', `/api/rooms/${roomId}/invites`, { input: { role: 'host' }, token: hostToken });
  const invite = text(fieldsOf(made.reply), 'token');
  const cleo = await connected(host.url);
  const joined = fieldsOf(await cleo.ask('joinRoom', { roomId, userName: 'Cleo', token: hostToken }));
  const { sessionToken } = joined;
  fieldsOf(await cleo.ask('leaveRoom'));

  const status = async () => (await http.ask('GET', `/api/rooms/${roomId}`)).status;
  expect(await status()).toBe(200);
  await expect.poll(status, { timeout: 30_000 }).toBe(404);

  const wanda = await PlainWebSocketClient.connect(host.url);
  const hedy = new Attendee(host.url, http);
  const answers = {
    joinRoom: await cleo.ask('joinRoom', { roomId, userName: 'Cleo' }),
    'joinRoom again': await cleo.ask('joinRoom', { roomId, userName: 'Cleo', sessionToken }),
    'joinRoom as host': await cleo.ask('joinRoom', { roomId, userName: 'Cleo', token: hostToken }),
    'joinRoom by an invite': await cleo.ask('joinRoom', { roomId, userName: 'Cleo', token: invite }),
    prepare: await cleo.ask('prepare', { roomId, rtpCapabilities }),
    getRouterRtpCapabilities: await cleo.ask('getRouterRtpCapabilities', { roomId }),
    join: await wanda.ask('join', { roomId, userName: 'Wanda' }),
    createAttendee: await hedy.ask('createAttendee', { room: roomId, user: 'Hedy' }),
    invites: (await http.ask('GET', `/api/rooms/${roomId}/invites`, { token: hostToken })).reply,
    'validate-link': (await http.ask('POST', '/api/validate-link', { input: { token: invite } })).reply,
  };
  const unknown = await cleo.ask('joinRoom', { roomId: 'nowhere', userName: 'Cleo' });
  expect(outcomeOf(unknown)).toBe('NOT_FOUND');
  for (const [what, reply] of Object.entries(answers)) expect([what, reply]).toEqual([what, unknown]);
  expect(fieldsOf(await hedy.ask('exists', { room: roomId }, 'GET'))).toEqual({ exists: false });

  const inside = {
    sendMessage: { roomId, message: 'Hello' },
    getProducers: {},
    createProducerTransport: {},
    connectProducerTransport: { dtlsParameters },
    produce: microphone,
    consumeAll: { rtpCapabilities },
    raiseHand: { raised: true },
    leaveRoom: {},
  };
  for (const [name, payload] of Object.entries(inside)) {
    expect([name, outcomeOf(await cleo.ask(name, payload))]).toEqual([name, 'NOT_JOINED']);
  }
  cleo.socket.disconnect();
  wanda.close();
  await http.close();
});
