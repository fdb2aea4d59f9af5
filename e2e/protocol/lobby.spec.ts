/** Clients written from the documents that try to get past the lobby, and to come back after they were removed. */
import { io } from 'socket.io-client';
import { Host } from '../fixtures/host.ts';
import { expect, test } from '../fixtures/test.ts';
import { Attendee } from './clients/attendee.ts';
import { HttpClient } from './clients/http.ts';
import { PlainWebSocketClient } from './clients/plain-websocket.ts';
import { mediaApiMessages, plainWebSocketMessages, socketIoMessages } from './documents.ts';
import { connected, makeRoom, names } from './meeting.ts';
import { type Fields, type Reply, fieldsOf, outcomeOf, text } from './reply.ts';
import { NOBODYS, camera, microphone, rtpCapabilities } from './rtp.ts';

let http: HttpClient;

test.beforeAll(async ({ host }) => {
  http = await HttpClient.of(host.url);
});
test.afterAll(() => http.close());

/** A room with these settings, and its host, who sends sound and a picture. */
async function guardedRoom(host: string, settings: Fields, client = http) {
  const room = await makeRoom(client);
  const ada = await connected(host);
  const { roomId, hostToken } = room;
  const joined = fieldsOf(await ada.ask('joinRoom', { roomId, userName: 'Ada', userId: 'ada', token: hostToken }));
  const receiving = fieldsOf(await ada.ask('createConsumerTransport'));
  const sending = fieldsOf(await ada.ask('createProducerTransport'));
  const sound = text(fieldsOf(await ada.ask('produce', microphone)), 'producerId');
  const changed = fieldsOf(await ada.ask('setRoom', settings));
  ada.inbox.take();
  return { ...room, ada, adas: { sound, receiving, sending, sessionToken: text(joined, 'sessionToken') }, changed };
}

/** What joinRoom, or another way in, comes to. */
const knock = async (host: string, room: Fields) => {
  const client = await connected(host);
  const reply = await client.ask('joinRoom', { userName: 'Mallory', ...room });
  return { client, reply };
};

/** A message of each name that names what there is. */
function attack(roomId: string, sound: string): Fields {
  return {
    roomId,
    room: roomId,
    message: 'let me in',
    userId: 'ada',
    all: true,
    producerId: sound,
    consumerId: sound,
    consumerIds: [sound],
    transportId: NOBODYS,
    rtpCapabilities,
    reaction: '👍',
    raised: true,
    userName: 'Mallory',
    role: 'host',
    lobbyMode: 'off',
    direction: 'recv',
    layers: [],
    spatialLayer: 0,
    dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: 'A5:'.repeat(31) + 'A5' }] },
    ...microphone,
  };
}

test('waiting over Socket.IO, every event of the documents is refused, and nothing is told', async ({ host }) => {
  const { roomId, ada, adas } = await guardedRoom(host.url, { lobbyMode: 'everyone' });
  const { client, reply } = await knock(host.url, { roomId });
  expect(outcomeOf(reply)).toBe('WAITING');
  const allowed = ['joinRoom', 'leaveRoom', 'updateWaiting', 'ping'];
  const all = socketIoMessages().filter(({ name }) => !allowed.includes(name));
  expect(all.length).toBeGreaterThan(30);
  for (const { name } of all) {
    expect([name, outcomeOf(await client.ask(name, attack(roomId, adas.sound)))]).toEqual([name, 'WAITING']);
  }
  fieldsOf(await ada.ask('sendMessage', { roomId, message: 'among us' }));
  fieldsOf(await ada.ask('produce', camera));
  expect(outcomeOf(await ada.ask('sendMessage', { roomId, message: 'x', to: 'mallory' }))).toBe('NOT_FOUND');
  await client.ask('ping');
  expect(names(client)).toEqual(['waiting']);

  // Who is turned away is where they were before: in no room.
  fieldsOf(await ada.ask('deny', { all: true }));
  await client.inbox.next('denied');
  for (const { name } of all.filter((message) => message.name !== 'prepare')) {
    const outcome = outcomeOf(await client.ask(name, attack(roomId, adas.sound)));
    // The capabilities of the router are no secret of those who are in.
    expect([name, outcome]).toEqual([name, name === 'getRouterRtpCapabilities' ? 'ok' : 'NOT_JOINED']);
  }
  expect(outcomeOf(await client.ask('prepare', { roomId, rtpCapabilities }))).toBe('WAITING');
  expect(names(client)).toEqual([]);
  for (const { socket } of [client, ada]) socket.disconnect();
});

test('waiting over the plain WebSocket and the HTTP media API, every call is refused', async ({ host }) => {
  const { roomId, ada, adas } = await guardedRoom(host.url, { lobbyMode: 'everyone' });
  const plain = await PlainWebSocketClient.connect(host.url);
  expect(outcomeOf(await plain.ask('join', { roomId, userName: 'Mallory' }))).toBe('WAITING');
  const message = { ...attack(roomId, adas.sound), role: 'consumer' };
  for (const { name } of plainWebSocketMessages().filter((documented) => documented.name !== 'join')) {
    expect([name, outcomeOf(await plain.ask(name, message))]).toEqual([name, 'WAITING']);
  }
  expect(names(plain)).toEqual(['waiting']);

  const { status, reply } = await http.ask('POST', '/api/media/rooms/createAttendee', {
    input: { room: roomId, user: 'Mallory' },
  });
  expect(status).toBe(202);
  const attendee = new Attendee(host.url, http, text(fieldsOf(reply), 'token'));
  await attendee.open();
  const open = ['createRoom', 'exists', 'createAttendee', 'leave'];
  for (const { name, method } of mediaApiMessages().filter((documented) => !open.includes(documented.name))) {
    const input = { ...attack(roomId, adas.sound), type: 'microphone', id: adas.sound };
    expect([name, outcomeOf(await attendee.ask(name, input, method))]).toEqual([name, 'WAITING']);
  }
  expect(names(attendee)).toEqual(['waiting']);

  fieldsOf(await ada.ask('admit', { all: true }));
  const inside = await plain.inbox.next('admitted');
  expect(inside).toMatchObject({ roomId, producers: [{ producerId: adas.sound }] });
  const place = await attendee.inbox.next('admitted');
  expect(Object.keys(place).toSorted()).toEqual(
    ['recvTransport', 'routerRtpCapabilities', 'sendTransport', 'token', 'userId'].toSorted(),
  );
  fieldsOf(await plain.ask('createWebRtcTransport', { direction: 'recv' }));
  fieldsOf(await plain.ask('consume', { producerId: adas.sound, rtpCapabilities }));
  fieldsOf(await attendee.ask('createConsumer', { producerId: adas.sound, rtpCapabilities }));
  plain.close();
  await attendee.leave();
  ada.socket.disconnect();
});

test('every other way past the lobby is refused: prepare, foreign tokens and invites, a lock, a key', async ({
  host,
}) => {
  const { roomId, ada, adas, changed } = await guardedRoom(host.url, { lobbyMode: 'everyone', linkKey: true });
  const elsewhere = await makeRoom(http);
  const invites = `/api/rooms/${elsewhere.roomId}/invites`;
  const { reply } = await http.ask('POST', invites, { input: { role: 'host' }, token: elsewhere.hostToken });
  const foreign = text(fieldsOf(reply), 'token');
  const key = text(changed, 'linkKey');
  const client = await connected(host.url);
  const ways: [Fields, string][] = [
    [{}, 'NOT_FOUND'],
    [{ key: 'guess' }, 'NOT_FOUND'],
    [{ key, token: elsewhere.hostToken }, 'NOT_FOUND'],
    [{ key, token: foreign }, 'NOT_FOUND'],
    [{ key, sessionToken: 'guess' }, 'WAITING'],
    [{ key }, 'WAITING'],
  ];
  for (const [shown, outcome] of ways) {
    const prepared = await client.ask('prepare', { roomId, rtpCapabilities, ...shown });
    expect([shown, outcomeOf(prepared)]).toEqual([shown, outcome]);
  }
  expect(outcomeOf(await client.ask('getRouterRtpCapabilities', { roomId }))).toBe('NOT_FOUND');
  // `prepare` has nobody wait.
  expect(names(client)).toEqual([]);
  expect(names(ada)).toEqual([]);

  for (const [query, exists] of [
    [{ room: roomId }, false],
    [{ room: roomId, key }, true],
  ] as const) {
    const { reply: answer } = await http.ask('GET', '/api/media/rooms/exists', { input: query });
    expect(fieldsOf(answer)).toEqual({ exists });
  }
  fieldsOf(await ada.ask('setRoom', { lobbyMode: 'off', locked: true }));
  expect(outcomeOf(await client.ask('joinRoom', { roomId, userName: 'Mallory', key }))).toBe('LOCKED');
  // Nobody is in who shows the session token of the host from another window: it is the same person.
  const window = await connected(host.url);
  fieldsOf(await window.ask('joinRoom', { roomId, userName: 'Ada', sessionToken: adas.sessionToken }));
  await ada.inbox.next('removed');
  for (const { socket } of [client, window, ada]) socket.disconnect();
});

test('a passcode is guessed so often from one address, whichever way', async ({ host }) => {
  const { roomId, ada } = await guardedRoom(host.url, { passcode: 'tulip' });
  const client = await connected(host.url);
  const plain = await PlainWebSocketClient.connect(host.url);
  const outcomes: string[] = [];
  const guess = (reply: Reply) => outcomes.push(outcomeOf(reply));
  for (let round = 0; round < 6; round++) {
    guess(await client.ask('prepare', { roomId, rtpCapabilities, passcode: `rose ${round}` }));
    guess(await plain.ask('join', { roomId, userName: 'Mallory', passcode: `lily ${round}` }));
  }
  expect(outcomes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'UNAUTHORIZED'));
  expect(outcomes.slice(10)).toContain('RATE_LIMITED');
  expect(outcomeOf(await client.ask('prepare', { roomId, rtpCapabilities, passcode: 'tulip' }))).toBe('RATE_LIMITED');
  plain.close();
  for (const { socket } of [client, ada]) socket.disconnect();
});

test('who was removed does not come back: by session token, another window, or recovery', async ({ host }) => {
  const { roomId, ada, adas } = await guardedRoom(host.url, {});
  const lost = io(`${host.url}/mediasoup`, {
    transports: ['websocket'],
    rejectUnauthorized: false,
    forceNew: true,
    reconnection: false,
  });
  const told: string[] = [];
  lost.onAny((name: string) => told.push(name));
  await new Promise((resolve) => lost.once('connect', () => resolve(null)));
  const answer = (await lost.emitWithAck('joinRoom', { roomId, userName: 'Mallory', userId: 'mallory' })) as Fields;
  const sessionToken = text(answer, 'sessionToken');
  // Something with an offset, so that Socket.IO asks to recover the connection.
  fieldsOf(await ada.ask('sendMessage', { roomId, message: 'first' }));
  await expect.poll(() => told).toContain('newMessage');
  lost.io.engine.close();
  await ada.inbox.next('participantUpdated');
  fieldsOf(await ada.ask('sendMessage', { roomId, message: 'while they are lost' }));
  fieldsOf(await ada.ask('removeParticipant', { userId: 'mallory' }));
  told.length = 0;
  const back = new Promise((resolve) => lost.once('connect', () => resolve(null)));
  lost.connect();
  await back;
  expect(lost.recovered).toBe(false);
  const again = (await lost.emitWithAck('joinRoom', { roomId, userName: 'Mallory', sessionToken })) as Fields;
  expect(again).toMatchObject({ success: false, error: { code: 'FORBIDDEN' } });
  expect(told).toEqual(['connection-success']);

  for (const shown of [{ sessionToken }, { sessionToken, userId: 'mallory' }]) {
    const { client, reply } = await knock(host.url, { roomId, ...shown });
    expect(outcomeOf(reply)).toBe('FORBIDDEN');
    expect(outcomeOf(await client.ask('prepare', { roomId, rtpCapabilities, sessionToken }))).toBe('FORBIDDEN');
    client.socket.disconnect();
  }
  // Under another name they wait: the lobby has been turned on.
  const { client, reply } = await knock(host.url, { roomId, userId: 'mallory' });
  expect(outcomeOf(reply)).toBe('WAITING');
  expect(outcomeOf(await client.ask('consume', { producerId: adas.sound, rtpCapabilities }))).toBe('WAITING');
  expect(names(client)).toEqual(['waiting']);
  client.socket.disconnect();
  lost.disconnect();
  ada.socket.disconnect();
});

test('settings and a removal that were acknowledged are there after the host was killed', async () => {
  const host = await Host.start();
  const client = await HttpClient.of(host.url);
  try {
    const { roomId, hostToken, ada } = await guardedRoom(host.url, {}, client);
    const { reply } = await knock(host.url, { roomId, userId: 'bo' });
    const sessionToken = text(fieldsOf(reply), 'sessionToken');
    fieldsOf(await ada.ask('setRoom', { passcode: 'tulip', permissions: { chat: false } }));
    fieldsOf(await ada.ask('removeParticipant', { userId: 'bo' }));
    await host.kill();
    await host.restart();

    const { client: removed, reply: refused } = await knock(host.url, { roomId, sessionToken });
    expect(outcomeOf(refused)).toBe('FORBIDDEN');
    expect(outcomeOf(await removed.ask('joinRoom', { roomId, userName: 'Bo' }))).toBe('UNAUTHORIZED');
    expect(outcomeOf(await removed.ask('joinRoom', { roomId, userName: 'Bo', passcode: 'tulip' }))).toBe('WAITING');
    const { client: back, reply: joined } = await knock(host.url, { roomId, token: hostToken });
    expect(fieldsOf(joined)['room']).toMatchObject({
      lobbyMode: 'uninvited',
      passcode: true,
      permissions: { chat: false },
    });
    for (const { socket } of [removed, back]) socket.disconnect();
  } finally {
    await client.close();
    await host.dispose();
  }
});
