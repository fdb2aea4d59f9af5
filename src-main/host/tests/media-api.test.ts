/** The calls of the HTTP media API over real sockets and real media processes. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_MESSAGE_BYTES } from '../../../src-shared/limits.ts';
import { MEDIA_API, mediaApi } from '../../../src-shared/protocol/http/media-api.ts';
import { EVENTS_CLOSED, MEDIA_EVENTS } from '../../../src-shared/protocol/http/media-events.ts';
import { EXAMPLE_CAPABILITIES, EXAMPLE_DTLS, EXAMPLE_ID } from '../../../src-shared/protocol/http/media-examples.ts';
import { MediaGuests, microphone } from '../gateways/http/media/testing.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';

const INTRANET = 'https://intranet.example';

let host: LiveHost;
let guests: MediaGuests;

beforeAll(async () => {
  host = await startLiveHost({ allowedOrigins: [INTRANET] });
  guests = new MediaGuests(host);
});
afterAll(() => host.close());
afterEach(() => guests.disconnectAll());

const refused = (code: string) => ({ code });

const post = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
/** Status and answer of what the client of the tests would not send. */
async function raw(path: string, options: Parameters<LiveHost['ask']>[1]) {
  const { status, text } = await host.ask(path, options);
  return { status, answer: JSON.parse(text) as unknown };
}
const failed = (code: string) => ({ status: 'failed', error: { code, message: expect.any(String) as string } });

describe('rooms', () => {
  it('are made under a new id', async () => {
    const { room } = await guests.call('createRoom', { name: 'Morning round' });
    const { text } = await host.ask(`/api/rooms/${room}`);
    expect(JSON.parse(text)).toMatchObject({ name: 'Morning round', participants: 0 });
  });

  it('are made under an id of one’s own, once', async () => {
    const ward = { name: 'Ward 9', room: 'ward-9' };
    await expect(guests.call('exists', { room: 'ward-9' })).resolves.toEqual({ exists: false });
    await expect(guests.call('createRoom', ward)).resolves.toEqual({ room: 'ward-9' });
    await expect(guests.call('exists', { room: 'ward-9' })).resolves.toEqual({ exists: true });
    await expect(guests.call('createRoom', ward)).rejects.toMatchObject(refused('CONFLICT'));
  });
});

describe('a call', () => {
  it.each([
    ['createRoom', { name: '' }],
    ['createRoom', { name: 'Ward 9', room: '../9' }],
    ['createAttendee', { room: 'ward-9' }],
    ['createAttendee', { user: 'Exa' }],
  ])('%s %j is refused as BAD_REQUEST', async (name, body) => {
    const options = { ...post, body: JSON.stringify(body) };
    await expect(raw(`${MEDIA_API}/${name}`, options)).resolves.toEqual({ status: 400, answer: failed('BAD_REQUEST') });
  });

  it.each([
    ['malformed JSON', { ...post, body: '{"name":' }],
    ['another content type', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '{"name":"Ward 9"}' }],
    ['nothing', { method: 'POST' }],
    ['too much', { ...post, body: JSON.stringify({ name: 'Ward 9', more: 'x'.repeat(MAX_MESSAGE_BYTES) }) }],
    ['the wrong method', { method: 'GET' }],
  ])('with %s is refused in the same envelope', async (_what, options) => {
    const reply = raw(`${MEDIA_API}/createRoom`, options);
    await expect(reply).resolves.toEqual({ status: 400, answer: failed('BAD_REQUEST') });
  });

  it.each([`${MEDIA_API}/fly`, MEDIA_API, '/api/media', '/api/media/nothing', MEDIA_EVENTS])(
    'that there is not (%s) is refused in the same envelope',
    async (path) => {
      await expect(raw(path, {})).resolves.toEqual({ status: 404, answer: failed('NOT_FOUND') });
    },
  );

  it('from a foreign page or under a foreign name is refused in the same envelope', async () => {
    for (const headers of [{ Origin: 'https://evil.example' }, { Host: 'evil.example' }]) {
      const reply = raw(`${MEDIA_API}/exists?room=ward-9`, { headers });
      await expect(reply).resolves.toEqual({ status: 403, answer: failed('FORBIDDEN') });
    }
  });

  it('that needs the token is answered alike without it and with a wrong one, whatever else is wrong', async () => {
    const { roomId: room } = await host.makeRoom();
    const { token } = await guests.call('createAttendee', { room, user: 'Exa' });
    const answers = new Set<string>();
    const names = Object.entries(mediaApi).filter(([, { bearer }]) => bearer);
    expect(names).toHaveLength(8);
    for (const [name, { method }] of names) {
      for (const value of [
        undefined,
        'Bearer',
        `Bearer ${token}x`,
        `Bearer ${crypto.randomUUID()}`,
        `Basic ${token}`,
      ]) {
        const headers: Record<string, string> = value === undefined ? {} : { Authorization: value };
        const { status, text } = await host.ask(`${MEDIA_API}/${name}`, { method, headers });
        answers.add(`${status} ${text}`);
      }
    }
    expect([...answers]).toEqual([expect.stringMatching(/^401 .*"UNAUTHORIZED"/)]);
  });
});

describe('an attendee', () => {
  let room: string;
  beforeEach(async () => {
    room = (await host.makeRoom()).roomId;
  });

  it('sends and receives', async () => {
    const ada = await guests.enter(room, 'Ada');
    const bo = await guests.enter(room, 'Bo');
    await guests.call('connectSender', { dtlsParameters: EXAMPLE_DTLS }, ada.token);
    await guests.call('connectReceiver', { dtlsParameters: EXAMPLE_DTLS }, bo.token);
    await expect(ada.events.next('userJoined')).resolves.toMatchObject({ user: 'Bo', producers: [] });

    const { id } = await guests.call('createProducer', { ...microphone(), paused: true }, ada.token);
    const producer = { user: 'Ada', userId: ada.userId, type: 'microphone', kind: 'audio', id, paused: true };
    await expect(bo.events.next('producerAdded')).resolves.toEqual({ event: 'producerAdded', ...producer });
    await expect(guests.call('producers', {}, bo.token)).resolves.toEqual({ producers: [producer] });
    await expect(guests.call('producers', {}, ada.token)).resolves.toEqual({ producers: [] });

    const consumer = await guests.call(
      'createConsumer',
      { producerId: id, rtpCapabilities: EXAMPLE_CAPABILITIES },
      bo.token,
    );
    expect(consumer).toMatchObject({ producerId: id, kind: 'audio', type: 'microphone', paused: false });
    expect(consumer.rtpParameters.codecs).toMatchObject([{ mimeType: 'audio/opus' }]);
    await guests.call('resumeConsumer', { id: consumer.id }, bo.token);

    ada.events.sendMessage({ event: 'producerResumed', id });
    await expect(bo.events.next('producerResumed')).resolves.toMatchObject({ user: 'Ada', type: 'microphone', id });
    ada.events.sendMessage({ event: 'producerPaused', id });
    await expect(bo.events.next('producerPaused')).resolves.toMatchObject({ id });
    ada.events.sendMessage({ event: 'producerRemoved', id });
    await expect(bo.events.next('producerRemoved')).resolves.toMatchObject({ id });
    await expect(guests.call('producers', {}, bo.token)).resolves.toEqual({ producers: [] });
  });

  it('brings what they sent before others could see them, and may look around meanwhile', async () => {
    const ada = await guests.enter(room, 'Ada');
    const sent = await guests.call('createProducer', microphone(), ada.token);
    const early = await guests.call('createAttendee', { room, user: 'Early' });
    const { id } = await guests.call('createProducer', { ...microphone(), type: 'screenAudio' }, early.token);
    await expect(guests.call('producers', {}, ada.token)).resolves.toEqual({ producers: [] });
    // Whom nobody sees learns of nobody.
    await expect(guests.call('producers', {}, early.token)).resolves.toEqual({
      producers: [{ id: sent.id, kind: 'audio', type: 'microphone' }],
    });
    await expect(guests.call('attendees', {}, early.token)).rejects.toMatchObject(refused('NOT_JOINED'));

    const before = Date.now();
    await guests.open(early.token);
    const joined = await ada.events.next('userJoined');
    expect(joined).toMatchObject({ user: 'Early', userId: early.userId, producers: [{ id, type: 'screenAudio' }] });
    const { attendees } = await guests.call('attendees', {}, ada.token);
    expect(attendees).toEqual([
      { user: 'Ada', userId: ada.userId, joinedAt: expect.any(Number) as number },
      { user: 'Early', userId: early.userId, joinedAt: expect.any(Number) as number },
    ]);
    expect(attendees[1]?.joinedAt).toBeGreaterThanOrEqual(before);
    expect(ada.events.names).not.toContain('producerAdded');
  });

  it('meets those who came another way', async () => {
    const exa = await guests.enter(room, 'Exa');
    const grace = host.connect();
    await grace.join(room, 'Grace');
    await expect(exa.events.next('userJoined')).resolves.toMatchObject({ user: 'Grace', userId: 'Grace' });
    await expect(guests.call('attendees', {}, exa.token)).resolves.toMatchObject({
      attendees: [{ user: 'Exa' }, { user: 'Grace' }],
    });
    const { id } = await guests.call('createProducer', { ...microphone(), type: 'screenAudio' }, exa.token);
    await expect(grace.next('newProducer')).resolves.toMatchObject({ producerId: id, source: 'screen-audio' });
    await guests.call('leave', {}, exa.token);
    await expect(grace.next('peerLeft')).resolves.toMatchObject({ userId: exa.userId });
  });

  it('leaves, and the token is of no more use', async () => {
    const ada = await guests.enter(room, 'Ada');
    const bo = await guests.enter(room, 'Bo');
    const closed = bo.events.closed();
    const bearer = { Authorization: `Bearer ${bo.token}` };
    // Nothing need be sent where nothing is asked.
    await expect(raw(`${MEDIA_API}/leave`, { method: 'POST', headers: bearer })).resolves.toEqual({
      status: 200,
      answer: { status: 'success', result: {} },
    });
    await expect(ada.events.next('userLeft')).resolves.toMatchObject({ user: 'Bo', userId: bo.userId });
    expect((await closed)[0]).toBe(EVENTS_CLOSED.over);
    await expect(guests.call('leave', {}, bo.token)).rejects.toMatchObject(refused('UNAUTHORIZED'));
    await expect(guests.open(bo.token)).rejects.toThrow('401');
  });

  it('may leave before anyone has seen them', async () => {
    const ada = await guests.enter(room, 'Ada');
    const { token } = await guests.call('createAttendee', { room, user: 'Early' });
    await guests.call('leave', {}, token);
    await expect(guests.call('producers', {}, token)).rejects.toMatchObject(refused('UNAUTHORIZED'));
    await guests.enter(room, 'Bo');
    await expect(ada.events.next('userJoined')).resolves.toMatchObject({ user: 'Bo' });
    expect(ada.events.names).toEqual([]);
  });

  it('may have the name of another', async () => {
    const [one, other] = [await guests.enter(room, 'Ada'), await guests.enter(room, 'Ada')];
    expect(one.userId).not.toBe(other.userId);
    expect(one.token).not.toBe(other.token);
  });

  it('is refused what is not theirs, not there, or done already', async () => {
    const { token: ada } = await guests.enter(room, 'Ada');
    const { token: bo } = await guests.enter(room, 'Bo');
    const { id } = await guests.call('createProducer', microphone(), ada);
    const consume = { producerId: id, rtpCapabilities: EXAMPLE_CAPABILITIES };
    const consumer = await guests.call('createConsumer', consume, bo);
    const wanted: [Promise<unknown>, string][] = [
      [guests.call('createConsumer', consume, bo), 'CONFLICT'],
      [guests.call('createConsumer', { ...consume, producerId: EXAMPLE_ID }, bo), 'NOT_FOUND'],
      [guests.call('createConsumer', { ...consume, producerId: 'no id' }, bo), 'BAD_REQUEST'],
      [guests.call('resumeConsumer', { id: consumer.id }, ada), 'NOT_FOUND'],
      [guests.call('createProducer', { ...microphone(), type: 'camera' }, ada), 'BAD_REQUEST'],
      [guests.call('createAttendee', { room: 'elsewhere', user: 'Exa' }), 'NOT_FOUND'],
    ];
    for (const [asked, code] of wanted) await expect(asked).rejects.toMatchObject(refused(code));
    await guests.call('connectSender', { dtlsParameters: EXAMPLE_DTLS }, ada);
    const again = guests.call('connectSender', { dtlsParameters: EXAMPLE_DTLS }, ada);
    await expect(again).rejects.toMatchObject(refused('CONFLICT'));
  });

  it('cannot consume what their device cannot play', async () => {
    const { token: ada } = await guests.enter(room, 'Ada');
    const { token: bo } = await guests.enter(room, 'Bo');
    const { id } = await guests.call('createProducer', microphone(), ada);
    const asked = guests.call('createConsumer', { producerId: id, rtpCapabilities: { codecs: [] } }, bo);
    await expect(asked).rejects.toMatchObject(refused('CANNOT_CONSUME'));
  });

  it('of another room is out of reach', async () => {
    const { token: ada } = await guests.enter(room, 'Ada');
    const { id } = await guests.call('createProducer', microphone(), ada);
    const { room: elsewhere } = await guests.call('createRoom', { name: 'Elsewhere' });
    const { token } = await guests.call('createAttendee', { room: elsewhere, user: 'Bo' });
    const asked = guests.call('createConsumer', { producerId: id, rtpCapabilities: EXAMPLE_CAPABILITIES }, token);
    await expect(asked).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(guests.call('producers', {}, token)).resolves.toEqual({ producers: [] });
  });
});

describe('pages of other sites', () => {
  const preflight = (origin: string) => {
    const asks = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' };
    return host.ask(`${MEDIA_API}/createProducer`, { method: 'OPTIONS', headers: { Origin: origin, ...asks } });
  };

  it('may send the token where the host allows them', async () => {
    expect((await preflight(INTRANET)).status).toBe(204);
    expect((await preflight('https://evil.example')).status).toBe(403);
  });
});
