/** The events WebSocket of the HTTP media API, over real sockets. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_MESSAGE_BYTES } from '../../../src-shared/limits.ts';
import { EVENTS_CLOSED } from '../../../src-shared/protocol/http/media-events.ts';
import { EXAMPLE_ID } from '../../../src-shared/protocol/http/media-examples.ts';
import { MediaGuests, microphone } from '../gateways/http/media/testing.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';

const INTRANET = 'https://intranet.example';

let host: LiveHost;
let guests: MediaGuests;
let room: string;

beforeAll(async () => {
  host = await startLiveHost({ allowedOrigins: [INTRANET] });
  guests = new MediaGuests(host);
});
afterAll(() => host.close());

beforeEach(async () => {
  room = (await host.makeRoom()).roomId;
});
afterEach(() => guests.disconnectAll());

const refused = (code: string) => ({ code });

describe('the events', () => {
  it('are for those with a token, from pages that may', async () => {
    await expect(guests.open('nobody')).rejects.toThrow('401');
    const { token } = await guests.call('createAttendee', { room, user: 'Exa' });
    await expect(guests.open(token, { origin: 'https://evil.example' })).rejects.toThrow('403');
    await guests.open(token, { origin: INTRANET });
  });

  it('come back on a new socket with what was missed, when the old one was lost', async () => {
    const exa = await guests.enter(room, 'Exa');
    const ada = await guests.enter(room, 'Ada');
    const grace = host.connect();
    await grace.join(room, 'Grace');
    exa.events.socket.terminate();
    await grace.next('participantUpdated', ({ participant }) => participant.connection === 'lost');
    const { id } = await guests.call('createProducer', microphone(), ada.token);
    const back = await guests.open(exa.token);
    await expect(back.next('producerAdded')).resolves.toMatchObject({ id, user: 'Ada' });
    await grace.next('participantUpdated', ({ participant }) => participant.connection === 'ok');
    await guests.call('producers', {}, exa.token);
  });

  it('end an attendee who closes them', async () => {
    const ada = await guests.enter(room, 'Ada');
    const bo = await guests.enter(room, 'Bo');
    bo.events.socket.close();
    await expect(ada.events.next('userLeft')).resolves.toMatchObject({ user: 'Bo' });
    await expect(guests.call('producers', {}, bo.token)).rejects.toMatchObject(refused('UNAUTHORIZED'));
  });

  it('are told once: a second socket replaces the first', async () => {
    const { events, token } = await guests.enter(room, 'Ada');
    const closed = events.closed();
    const later = await guests.open(token);
    expect((await closed)[0]).toBe(EVENTS_CLOSED.replaced);
    await guests.enter(room, 'Bo');
    await expect(later.next('userJoined')).resolves.toMatchObject({ user: 'Bo' });
  });

  it.each([
    ['no JSON', '{"event":', 'BAD_REQUEST'],
    ['no message', '7', 'BAD_REQUEST'],
    ['an unknown event', JSON.stringify({ event: 'fly', id: EXAMPLE_ID }), 'BAD_REQUEST'],
    ['no id', JSON.stringify({ event: 'producerPaused' }), 'BAD_REQUEST'],
    ['a foreign producer', JSON.stringify({ event: 'producerPaused', id: EXAMPLE_ID }), 'NOT_FOUND'],
    ['bytes', Buffer.from('{}'), 'BAD_REQUEST'],
  ])('answer %s with an error, and go on', async (_what, message, code) => {
    const { events } = await guests.enter(room, 'Ada');
    events.socket.send(message);
    await expect(events.next('error')).resolves.toMatchObject({ error: { code } });
    await guests.enter(room, 'Bo');
    await events.next('userJoined');
  });

  it('do not touch what others send', async () => {
    const ada = await guests.enter(room, 'Ada');
    const bo = await guests.enter(room, 'Bo');
    const { id } = await guests.call('createProducer', microphone(), ada.token);
    bo.events.sendMessage({ event: 'producerRemoved', id });
    await expect(bo.events.next('error')).resolves.toMatchObject({ error: { code: 'NOT_FOUND' } });
    await expect(guests.call('producers', {}, bo.token)).resolves.toMatchObject({ producers: [{ id }] });
  });

  it('end with a message too large', async () => {
    const { events } = await guests.enter(room, 'Ada');
    const closed = events.closed();
    events.socket.send('x'.repeat(MAX_MESSAGE_BYTES + 1));
    expect((await closed)[0]).toBe(1009);
  });

  it('say why the meeting ended', async () => {
    const another = await startLiveHost();
    try {
      const visitors = new MediaGuests(another);
      const { events } = await visitors.enter((await another.makeRoom()).roomId, 'Ada');
      const closed = events.closed();
      await another.host.close('That is all.');
      expect(await closed).toEqual([EVENTS_CLOSED.over, 'That is all.']);
    } finally {
      await another.close();
    }
  });
});
