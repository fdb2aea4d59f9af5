import { once } from 'node:events';
import type { ClientOptions } from 'ws';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  MAX_ID_LENGTH,
  MAX_MESSAGE_BYTES,
  MAX_REQUEST_BURST_PER_SOCKET,
  MAX_TRANSPORTS_PER_MINUTE,
  MAX_UNJOINED_SOCKETS_PER_ADDRESS,
} from '../../../src-shared/limits.ts';
import { type CreatedRoom, type PlainRequestName, plainRequests } from '../../../src-shared/protocol/index.ts';
import { PlainPerson } from '../gateways/websocket/testing.ts';
import { dtls, simulcast } from '../media/testing.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';

let host: LiveHost;
let room: CreatedRoom;
let participants: PlainPerson[] = [];

beforeAll(async () => {
  host = await startLiveHost();
  room = await host.makeRoom();
});

afterEach(() => {
  for (const participant of participants) participant.socket.terminate();
  participants = [];
});

afterAll(() => host.close());

const refused = (code: string) => ({ code, message: expect.any(String) as string });

function connect(options?: ClientOptions, origin = host.origin) {
  const participant = new PlainPerson(origin, options);
  participants.push(participant);
  return participant;
}

async function join(userName = 'ada') {
  const participant = await connect().connected();
  await participant.ask('join', { roomId: room.roomId, userName });
  return participant;
}

/** A message of each action that is well formed, and names nothing that is the sender's. */
const strange = (): Record<PlainRequestName, object> => {
  const id = crypto.randomUUID();
  const { kind, rtpParameters } = simulcast();
  return {
    join: { roomId: 'nowhere1', userName: 'Ada' },
    createWebRtcTransport: { direction: 'send' },
    connectTransport: { role: 'producer', transportId: id, dtlsParameters: dtls },
    produce: { transportId: id, kind, rtpParameters },
    consume: { producerId: id, rtpCapabilities: {} },
    resume: { consumerId: id },
    pauseProducer: { producerId: id },
    resumeProducer: { producerId: id },
    closeProducer: { producerId: id },
  };
};

describe('connecting', () => {
  it.each([
    ['a foreign Host', { headers: { Host: 'evil.example' } }, 403],
    ['a foreign Origin', { origin: 'https://evil.example' }, 403],
  ])('with %s is refused', async (_what, options, status) => {
    await expect(connect(options).connected()).rejects.toThrow(`Unexpected server response: ${status}`);
  });

  it('from the app is allowed', async () => {
    await expect(connect({ origin: 'app://parley' }).connected()).resolves.toBeInstanceOf(PlainPerson);
  });

  it('without joining is for a bounded number of one address', async () => {
    const quiet = await startLiveHost();
    const { roomId } = await quiet.makeRoom();
    const waiting = Array.from({ length: MAX_UNJOINED_SOCKETS_PER_ADDRESS }, () => connect({}, quiet.origin));
    await Promise.all(waiting.map((participant) => participant.connected()));
    await expect(connect({}, quiet.origin).connected()).rejects.toThrow('Unexpected server response: 429');
    await waiting[0]?.ask('join', { roomId, userName: 'Ada' });
    await expect(connect({}, quiet.origin).connected()).resolves.toBeInstanceOf(PlainPerson);
    await quiet.close();
  });
});

describe('a message', () => {
  const failure = { type: 'error', ...refused('BAD_REQUEST') };

  it.each([['{"action":'], ['[]'], ['7'], ['null'], ['{}'], ['{"action":7}'], [Buffer.from('{"action":"join"}')]])(
    'that cannot be read is answered once, and naming no action: %o',
    async (frame) => {
      const participant = await connect().connected();
      participant.socket.send(frame);
      await expect(participant.next()).resolves.toEqual({ ...failure, action: null });
      await expect(participant.ask('join', { roomId: room.roomId, userName: 'Ada' })).resolves.toHaveProperty('userId');
      expect(participant.told).toEqual([]);
    },
  );

  it.each(['fly', 'constructor', '__proto__', 'toString'])('of the unknown action %s is refused', async (action) => {
    const participant = await connect().connected();
    participant.socket.send(JSON.stringify({ action, requestId: 'r' }));
    await expect(participant.next()).resolves.toEqual({ ...failure, action, requestId: 'r' });
  });

  it('repeats its id, a number or a short text, in success and failure', async () => {
    const participant = await connect().connected();
    for (const requestId of [0, -1.5, 'r1', 'x'.repeat(MAX_ID_LENGTH), '']) {
      participant.socket.send(JSON.stringify({ action: 'resume', requestId }));
      await expect(participant.next()).resolves.toEqual({ ...failure, action: 'resume', requestId });
    }
    participant.socket.send(JSON.stringify({ action: 'join', roomId: room.roomId, userName: 'Ada', requestId: 'r2' }));
    await expect(participant.next()).resolves.toMatchObject({ type: 'rtpCapabilities', requestId: 'r2' });
    participant.socket.send(JSON.stringify({ action: 'createWebRtcTransport', direction: 'send' }));
    await expect(participant.next()).resolves.not.toHaveProperty('requestId');
  });

  it.each([['1e999'], ['"' + 'x'.repeat(MAX_ID_LENGTH + 1) + '"'], ['{}'], ['null'], ['true']])(
    'with the id %s is refused, and the id not repeated',
    async (requestId) => {
      const participant = await connect().connected();
      participant.socket.send(`{"action":"createWebRtcTransport","direction":"send","requestId":${requestId}}`);
      await expect(participant.next()).resolves.toEqual({ ...failure, action: 'createWebRtcTransport' });
    },
  );

  it('may carry fields nobody knows', async () => {
    const participant = await connect().connected();
    const message = { action: 'join', roomId: room.roomId, userName: 'Ada', more: { deep: [] } };
    await expect(participant.askUnchecked(message)).resolves.toMatchObject({ type: 'rtpCapabilities' });
  });

  it('over the limit ends the connection, and the host goes on', async () => {
    const participant = await join();
    const ended = participant.disconnected();
    participant.socket.send(JSON.stringify({ action: 'join', userName: 'x'.repeat(MAX_MESSAGE_BYTES) }));
    await expect(ended).resolves.toBe(1009);
    await expect(join('bo')).resolves.toBeInstanceOf(PlainPerson);
  });

  it('is one of a bounded number in a time', async () => {
    const participant = await connect().connected();
    const frames = Array.from({ length: MAX_REQUEST_BURST_PER_SOCKET * 2 }, () => '{');
    for (const frame of frames) participant.socket.send(frame);
    const answers = await Promise.all(frames.map(() => participant.next()));
    const limited = answers.filter((answer) => JSON.stringify(answer).includes('RATE_LIMITED'));
    expect(limited[0]).toEqual({ type: 'error', action: null, ...refused('RATE_LIMITED') });
    expect(answers.length - limited.length).toBeGreaterThanOrEqual(MAX_REQUEST_BURST_PER_SOCKET);
  });
});

describe('every action', () => {
  const all = Object.keys(plainRequests) as PlainRequestName[];
  const media = all.filter((action) => action !== 'join');

  it.each(all)('%s refuses what its schema does not describe, naming the field', async (action) => {
    const participant = await join();
    for (const [field, good] of Object.entries(strange()[action])) {
      for (const bad of [undefined, null, -1, {}, 'x'.repeat(10_000)]) {
        // Nothing is required of capabilities: what is unknown in them is dropped.
        if (field === 'rtpCapabilities' && typeof bad === 'object' && bad) continue;
        const asked = participant.askUnchecked({ action, ...strange()[action], [field]: bad });
        await expect(asked, `${field}: ${JSON.stringify(bad)} for ${JSON.stringify(good)}`).rejects.toMatchObject({
          code: 'BAD_REQUEST',
          message: expect.stringMatching(new RegExp(`^${field}`)) as string,
        });
      }
    }
  });

  it.each(media)('%s needs a place in the meeting', async (action) => {
    const participant = await connect().connected();
    const asked = participant.askUnchecked({ action, ...strange()[action] });
    await expect(asked).rejects.toMatchObject(refused('NOT_JOINED'));
  });

  it.each(media.filter((action) => action !== 'createWebRtcTransport'))(
    '%s finds nothing that is not the caller’s own',
    async (action) => {
      const participant = await join();
      for (const direction of ['send', 'recv'] as const) await participant.ask('createWebRtcTransport', { direction });
      const asked = participant.askUnchecked({ action, ...strange()[action] });
      await expect(asked).rejects.toMatchObject(refused('NOT_FOUND'));
    },
  );
});

describe('joining', () => {
  it('an unknown room and with a wrong token are answered alike', async () => {
    const participant = await connect().connected();
    const failed = (fields: object) =>
      participant.askUnchecked({ action: 'join', userName: 'Ada', ...fields }).catch((error: unknown) => error);
    const unknown = await failed({ roomId: 'nowhere1' });
    expect(unknown).toMatchObject(refused('NOT_FOUND'));
    await expect(failed({ roomId: room.roomId, token: 'guess' })).resolves.toEqual(unknown);
    const other = await host.makeRoom();
    await expect(failed({ roomId: room.roomId, token: other.hostToken })).resolves.toEqual(unknown);
  });

  it('twice is a conflict', async () => {
    const ada = await join();
    await expect(ada.ask('join', { roomId: room.roomId, userName: 'Ada' })).rejects.toMatchObject(refused('CONFLICT'));
  });

  it('as somebody who is there is a conflict, but with their session token', async () => {
    const ada = await connect().connected();
    const fields = { roomId: room.roomId, userName: 'Ada', userId: 'ada' };
    const { sessionToken } = await ada.ask('join', fields);
    const again = await connect().connected();
    await expect(again.ask('join', fields)).rejects.toMatchObject(refused('CONFLICT'));
    const ended = ada.disconnected();
    await expect(again.ask('join', { ...fields, sessionToken })).resolves.toMatchObject({
      userId: 'ada',
      sessionToken,
    });
    await expect(ada.event('closed')).resolves.toHaveProperty('reason');
    await expect(ended).resolves.toBe(1000);
  });

  it('takes the token of the room', async () => {
    const { roomId, hostToken } = await host.makeRoom();
    const window = host.connect();
    await window.join(roomId, 'window');
    const ada = await connect().connected();
    await ada.ask('join', { roomId, userName: 'Ada', token: hostToken });
    await expect(window.next('peer-joined')).resolves.toMatchObject({ userName: 'Ada', isHost: true });
    host.disconnectAll();
  });
});

it('transports are bounded by time', async () => {
  const ada = await join();
  for (let made = 0; made < MAX_TRANSPORTS_PER_MINUTE; made++) {
    await ada.ask('createWebRtcTransport', { direction: 'send' });
  }
  const asked = ada.ask('createWebRtcTransport', { direction: 'recv' });
  await expect(asked).rejects.toMatchObject(refused('RATE_LIMITED'));
});

it('when the host closes, everyone is told why', async () => {
  const short = await startLiveHost();
  const { roomId } = await short.makeRoom();
  const [joined, idle] = await Promise.all([
    connect({}, short.origin).connected(),
    connect({}, short.origin).connected(),
  ]);
  await joined.ask('join', { roomId, userName: 'Ada' });
  const ended = Promise.all([joined, idle].map(({ socket }) => once(socket, 'close')));
  await short.close();
  await expect(joined.event('closed')).resolves.toEqual({ type: 'closed', reason: 'The test is over.' });
  await ended;
});
