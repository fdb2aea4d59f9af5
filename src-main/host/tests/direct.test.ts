import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  MAX_CHAT_LENGTH,
  MAX_ICE_CANDIDATE_LENGTH,
  MAX_ID_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PEER_CANDIDATE_LENGTH,
  MAX_PEER_DESCRIPTION_LENGTH,
  MAX_PEER_MESSAGE_DEPTH,
  MAX_PEERS_PER_ROOM,
  MAX_REQUEST_BURST_PER_SOCKET,
  MAX_ROOM_NAME_LENGTH,
  MAX_SDP_LENGTH,
  MAX_UNJOINED_SOCKETS_PER_ADDRESS,
} from '../../../src-shared/limits.ts';
import { type DirectEventName, type DirectRequestName, directRequests } from '../../../src-shared/protocol/index.ts';
import { DirectPerson, answer, candidate, offer } from '../gateways/socketio/direct/testing.ts';
import { type LiveHost, LivePerson, startLiveHost } from '../testing.ts';

let host: LiveHost;

beforeAll(async () => {
  host = await startLiveHost();
});

afterEach(() => host.disconnectAll());

afterAll(() => host.close());

const refused = (code: string) => ({ code, message: expect.any(String) as string });
const idOf = ({ socket }: DirectPerson) => socket.id ?? '';

describe('connecting', () => {
  it.each([['websocket'], ['polling']])('by %s needs no token', async (transport) => {
    await expect(new DirectPerson(host, { transports: [transport] }).connected()).resolves.toHaveProperty('socket');
  });

  it.each([7, '', null, { id: 1 }])('with %j for a token is refused', async (token) => {
    await expect(new DirectPerson(host, { auth: { token } }).connected()).rejects.toMatchObject({
      data: refused('BAD_REQUEST'),
    });
  });

  it('is not for foreign pages', async () => {
    const extraHeaders = { Origin: 'https://evil.example' };
    await expect(new DirectPerson(host, { extraHeaders }).connected()).rejects.toThrow();
  });

  it('without joining is for a bounded number of one address, meetings counted too', async () => {
    const quiet = await startLiveHost();
    const waiting = await Promise.all(
      Array.from({ length: MAX_UNJOINED_SOCKETS_PER_ADDRESS }, (_, index) =>
        (index % 2 ? quiet.connect() : new DirectPerson(quiet)).connected(),
      ),
    );
    await expect(new DirectPerson(quiet).connected()).rejects.toMatchObject({ data: refused('LIMIT') });
    await expect(quiet.connect().connected()).rejects.toMatchObject({ data: refused('LIMIT') });
    const [first] = waiting;
    if (first instanceof DirectPerson) await first.join('Ada');
    await expect(new DirectPerson(quiet).connected()).resolves.toHaveProperty('socket');
    await quiet.close();
  });

  it('anew after a lost network begins anew', async () => {
    const ada = await new DirectPerson(host).join('Ada');
    const bo = await new DirectPerson(host, { reconnectionDelay: 1, reconnectionDelayMax: 2 }).join('Bo');
    const [before] = [idOf(bo)];
    const back = new Promise<boolean>((resolve) => bo.socket.once('connect', () => resolve(bo.socket.recovered)));
    bo.socket.io.engine.close();
    await expect(ada.next('user_left')).resolves.toMatchObject({ personName: 'Bo', socketId: before });
    await expect(back).resolves.toBe(false);
    expect(idOf(bo)).not.toBe(before);
    await expect(bo.ask('message', { roomName: 'Lab', content: 'again' })).rejects.toMatchObject(refused('NOT_JOINED'));
  });

  it('shares a connection with the meetings, which lasts until both are done', async () => {
    const direct = new DirectPerson(host);
    await direct.join('Ada');
    const meeting = await new LivePerson(direct.socket.io.socket('/mediasoup')).connected();
    const left = meeting.disconnected();
    meeting.socket.disconnect();
    await left;
    await direct.ask('message', { roomName: 'Lab', content: 'still here' });
    const { engine } = direct.socket.io;
    const ended = new Promise((resolve) => engine.once('close', resolve));
    direct.socket.disconnect();
    await ended;
  });
});

describe('a call', () => {
  it('goes step by step', async () => {
    const ada = await new DirectPerson(host).join('Ada');
    await expect(ada.next('user_joined')).resolves.toEqual({
      personName: 'Ada',
      roomName: 'Lab',
      socketId: idOf(ada),
    });
    const bo = await new DirectPerson(host).join('Bo');
    for (const participant of [ada, bo]) {
      const joined = { personName: 'Bo', roomName: 'Lab', socketId: idOf(bo) };
      await expect(participant.next('user_joined')).resolves.toEqual(joined);
    }

    const [toAda, toBo] = [idOf(ada), idOf(bo)];
    await ada.ask('offer', { toPeer: toBo, offer });
    await expect(bo.next('offer')).resolves.toEqual({ toPeer: toBo, offer, fromPeer: toAda });
    await bo.ask('answer', { toPeer: toAda, answer });
    await expect(ada.next('answer')).resolves.toEqual({ toPeer: toAda, answer, fromPeer: toBo });
    for (const name of ['ice_candidate', 'ice-candidate'] as const) {
      await ada.ask(name, { toPeer: toBo, candidate });
      for (const heard of ['ice_candidate', 'ice-candidate'] as const) {
        await expect(bo.next(heard)).resolves.toEqual({ toPeer: toBo, candidate, fromPeer: toAda });
      }
    }
    await ada.ask('ice_candidate', { toPeer: toBo, candidate: null });
    await expect(bo.next('ice_candidate')).resolves.toMatchObject({ candidate: null });

    await ada.ask('message', { roomName: 'Lab', personName: 'Ada', content: 'Hello' });
    for (const participant of [ada, bo]) {
      const { timestamp, ...message } = await participant.next('message');
      expect(message).toEqual({ personName: 'Ada', content: 'Hello' });
      expect(new Date(timestamp).toUTCString()).toBe(timestamp);
    }

    await bo.ask('leave_room', { roomName: 'Lab', personName: 'Bo' });
    const ended = { personName: 'Bo', roomName: 'Lab', socketId: toBo };
    await expect(ada.next('user_left')).resolves.toEqual(ended);
    await expect(ada.ask('offer', { toPeer: toBo, offer })).rejects.toMatchObject(refused('NOT_FOUND'));
    await bo.join('Bo');
    bo.socket.disconnect();
    await expect(ada.next('user_left')).resolves.toEqual(ended);
    expect(bo.names).not.toContain('user_left');
  });

  it.each<[DirectRequestName, object]>([
    ['offer', { offer, personName: 'Ada' }],
    ['offer', { offer: { ...offer, note: [1, { deep: true }] } }],
    ['answer', { answer: answer.sdp }],
    ['ice_candidate', { iccCandidate: candidate }],
    ['ice_candidate', { iccCandidate: null }],
    ['ice_candidate', {}],
  ])('hands on whatever %s carries, %j, and sets fromPeer itself', async (name, carried) => {
    const [ada, bo] = [await new DirectPerson(host).join('Ada'), await new DirectPerson(host).join('Bo')];
    await ada.askUnchecked(name, { ...carried, fromPeer: idOf(bo), toPeer: idOf(bo) });
    await expect(bo.next(name as DirectEventName)).resolves.toEqual({
      ...carried,
      fromPeer: idOf(ada),
      toPeer: idOf(bo),
    });
  });
});

describe('requests', () => {
  const toPeer = 'p'.repeat(20);
  const room = { roomName: 'Lab', personName: 'Ada' };
  const tooLong = (max: number) => 'x'.repeat(max + 1);

  it.each(Object.keys(directRequests) as DirectRequestName[])('%s refuses what is no object', async (name) => {
    const participant = await new DirectPerson(host).connected();
    for (const payload of ['text', 7, true]) {
      await expect(participant.askUnchecked(name, payload)).rejects.toMatchObject(refused('BAD_REQUEST'));
    }
  });

  it.each<[DirectRequestName, unknown]>([
    ['join_room', {}],
    ['join_room', { ...room, roomName: tooLong(MAX_ROOM_NAME_LENGTH) }],
    ['join_room', { ...room, personName: tooLong(MAX_NAME_LENGTH) }],
    ['join_room', { ...room, personName: ' ' }],
    ['message', { roomName: 'Lab' }],
    ['message', { roomName: 'Lab', content: '' }],
    ['message', { roomName: 'Lab', content: tooLong(MAX_CHAT_LENGTH) }],
    ['leave_room', {}],
    ['offer', { offer }],
    ['offer', { toPeer: tooLong(MAX_ID_LENGTH), offer }],
    ['offer', { toPeer: 7, offer }],
    ['answer', { answer }],
    ['ice_candidate', { candidate }],
    ['ice-candidate', { candidate }],
    ['offer', { toPeer, offer: Buffer.from('binary') }],
    ['ice_candidate', { toPeer, candidate: [{ binary: new Uint8Array(2) }] }],
    ['newOffer', { offer: answer }],
    ['newOffer', { offer: { type: 'offer' } }],
    ['newOffer', { offer: { type: 'offer', sdp: tooLong(MAX_SDP_LENGTH) } }],
    ['newAnswer', { answer }],
    ['newAnswer', { answer: offer, appointmentId: 'a' }],
    ['newAnswer', { answer: { type: 'answer', sdp: tooLong(MAX_SDP_LENGTH) }, appointmentId: 'a' }],
    ['iceToServer', { appointmentId: 'a' }],
    ['iceToServer', { candidate: candidate.candidate }],
    ['iceToServer', { candidate: { ...candidate, candidate: tooLong(MAX_ICE_CANDIDATE_LENGTH) } }],
    ['iceToServer', { candidate: { ...candidate, sdpMLineIndex: -1 } }],
    ['iceToServer', { candidate: { sdpMid: '0' } }],
    ['iceToServer', { candidate, appointmentId: '../etc' }],
    ['getIce', { appointmentId: 7 }],
    ['hangUp', { appointmentId: tooLong(MAX_ID_LENGTH) }],
  ])('%s refuses %j', async (name, payload) => {
    const participant = await new DirectPerson(host).connected();
    await expect(participant.askUnchecked(name, payload)).rejects.toMatchObject(refused('BAD_REQUEST'));
  });

  it.each<[DirectRequestName, number]>([
    ['offer', MAX_PEER_DESCRIPTION_LENGTH],
    ['answer', MAX_PEER_DESCRIPTION_LENGTH],
    ['ice_candidate', MAX_PEER_CANDIDATE_LENGTH],
    ['ice-candidate', MAX_PEER_CANDIDATE_LENGTH],
  ])('%s to a peer may be %i characters of JSON long, and no longer', async (name, bound) => {
    const [ada, bo] = [await new DirectPerson(host).join('Ada'), await new DirectPerson(host).join('Bo')];
    const sized = (length: number) => {
      const rest = JSON.stringify({ toPeer: idOf(bo), text: '' }).length;
      return { toPeer: idOf(bo), text: 'x'.repeat(length - rest) };
    };
    await ada.askUnchecked(name, sized(bound));
    await expect(bo.next(name as DirectEventName)).resolves.toMatchObject(sized(bound));
    await expect(ada.askUnchecked(name, sized(bound + 1))).rejects.toMatchObject(refused('BAD_REQUEST'));
  });

  it.each([['{"in":'], ['[']])('to a peer may nest so deep, and no deeper: %s', async (opening) => {
    const [ada, bo] = [await new DirectPerson(host).join('Ada'), await new DirectPerson(host).join('Bo')];
    const nested = (depth: number): unknown => {
      const [open, close] = [opening.repeat(depth - 1), (opening === '[' ? ']' : '}').repeat(depth - 1)];
      return { toPeer: idOf(bo), candidate: JSON.parse(`${open}0${close}`) as unknown };
    };
    await ada.askUnchecked('ice_candidate', nested(MAX_PEER_MESSAGE_DEPTH));
    await expect(bo.next('ice_candidate')).resolves.toMatchObject({ fromPeer: idOf(ada) });
    const deeper = nested(MAX_PEER_MESSAGE_DEPTH + 1);
    await expect(ada.askUnchecked('ice_candidate', deeper)).rejects.toMatchObject(refused('BAD_REQUEST'));
  });

  it('to a peer that nest deeper than the stack are refused, and the host goes on', async () => {
    const ada = await new DirectPerson(host).join('Ada');
    const arrays = '['.repeat(100_000) + ']'.repeat(100_000);
    // Socket.IO's client cannot encode this: the packet is written by hand (socket.io-protocol, type 2: event).
    ada.socket.io.engine.write(`2["ice_candidate",{"toPeer":"${toPeer}","candidate":${arrays}}]`);
    await expect(ada.next('error')).resolves.toEqual({ event: 'ice_candidate', ...refused('BAD_REQUEST') });
  });

  it('that are early, late, repeated or foreign are refused', async () => {
    const ada = await new DirectPerson(host).connected();
    const late = refused('NOT_JOINED');
    await expect(ada.ask('message', { roomName: 'Lab', content: 'early' })).rejects.toMatchObject(late);
    await expect(ada.ask('leave_room', room)).rejects.toMatchObject(late);
    await expect(ada.ask('offer', { toPeer, offer })).rejects.toMatchObject(late);
    await ada.join('Ada');
    await expect(ada.ask('join_room', room)).rejects.toMatchObject(refused('CONFLICT'));
    const cy = await new DirectPerson(host).join('Cy', 'Hall');
    for (const peer of [toPeer, idOf(cy), idOf(ada)]) {
      await expect(ada.ask('answer', { toPeer: peer, answer })).rejects.toMatchObject(refused('NOT_FOUND'));
      await expect(ada.ask('ice-candidate', { toPeer: peer, candidate })).rejects.toMatchObject(refused('NOT_FOUND'));
    }
    await expect(ada.ask('message', { roomName: 'Hall', content: 'foreign' })).rejects.toMatchObject(late);
    await ada.ask('leave_room', room);
    await expect(ada.ask('leave_room', room)).rejects.toMatchObject(late);
    await cy.ask('leave_room', { roomName: 'Hall' });
    expect(cy.names).toEqual(['user_joined']);
  });

  it('of the desk need a link to one', async () => {
    const ada = await new DirectPerson(host).join('Ada');
    const appointmentId = 'a';
    await expect(ada.ask('newOffer', { offer })).rejects.toMatchObject(refused('UNAUTHORIZED'));
    await expect(ada.ask('newAnswer', { answer, appointmentId })).rejects.toMatchObject(refused('UNAUTHORIZED'));
    await expect(ada.ask('iceToServer', { candidate })).rejects.toMatchObject(refused('UNAUTHORIZED'));
    await expect(ada.ask('getIce', {})).rejects.toMatchObject(refused('UNAUTHORIZED'));
    await expect(ada.ask('hangUp', {})).rejects.toMatchObject(refused('UNAUTHORIZED'));
  });

  it('without a callback fail by an event', async () => {
    const ada = await new DirectPerson(host).connected();
    ada.socket.emit('message', { roomName: 'Lab', content: 'early' });
    await expect(ada.next('error')).resolves.toEqual({ event: 'message', ...refused('NOT_JOINED') });
    ada.socket.emit('x'.repeat(10_000));
    await expect(ada.next('error')).resolves.toEqual({ event: 'x'.repeat(MAX_ID_LENGTH), ...refused('BAD_REQUEST') });
    ada.socket.emit(...([7, {}] as unknown as [string, object]));
    await expect(ada.next('error')).resolves.toEqual({ event: '7', ...refused('BAD_REQUEST') });
    ada.socket.emit('join_room', { roomName: 'Lab', personName: 'Ada' });
    await ada.next('user_joined');
    await expect(ada.askUnchecked('__proto__', {})).rejects.toMatchObject(refused('BAD_REQUEST'));
    expect(ada.names).toEqual([]);
  });

  it('of 2 MB end the connection, and the host goes on', async () => {
    const ada = await new DirectPerson(host, { reconnection: false }).join('Ada');
    const bo = await new DirectPerson(host).join('Bo');
    ada.socket.emit('message', { roomName: 'Lab', content: 'x'.repeat(2 * 1024 * 1024) });
    await expect(bo.next('user_left')).resolves.toMatchObject({ personName: 'Ada' });
  });

  it('are bounded by time', async () => {
    const ada = await new DirectPerson(host).join('Ada');
    const results = await Promise.allSettled(
      Array.from({ length: MAX_REQUEST_BURST_PER_SOCKET * 2 }, () => ada.askUnchecked('offer', { toPeer, offer })),
    );
    const codes = new Set(
      results.map((result) => (result.status === 'rejected' ? (result.reason as Error).message : '')),
    );
    expect([...codes].sort()).toEqual([
      'Nobody else in your rooms has that id. They may have left.',
      'Too many requests. Wait a moment.',
    ]);
  });

  it('to join a room that is full are refused', async () => {
    await Promise.all(Array.from({ length: MAX_PEERS_PER_ROOM }, () => new DirectPerson(host).join('P', 'Full')));
    await expect(new DirectPerson(host).join('Late', 'Full')).rejects.toMatchObject(refused('FULL'));
  });
});
