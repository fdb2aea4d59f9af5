/** Every HTTP call about rooms, invites and the host itself, good and bad, by whoever may and may not. */
import { Host } from '../fixtures/host.ts';
import { expect, test } from '../fixtures/test.ts';
import { HttpClient, type HttpReply } from './clients/http.ts';
import { type Caller, type Entry, testConformance } from './conformance.ts';
import { roomApiMessages } from './documents.ts';
import { makeRoom } from './meeting.ts';
import { type Fields, type Outcome, type Reply, fieldsOf, text } from './reply.ts';

/** With the room's host token, with none, with that of another room. */
type State = 'host' | 'nobody' | 'another';

/** A host of its own, whose bounds nobody else uses up. */
let host: Host;
let http: HttpClient;
let room: { roomId: string; hostToken: string };
let other: typeof room;
let invite: { id: string; token: string };
/** Another, to be revoked. */
let spare: typeof invite;
/** Somebody who looks on from another address: how often each may show a token is bounded. */
let onlooker: HttpClient;

test.beforeAll(async () => {
  host = await Host.start();
  http = await HttpClient.of(host.url);
  room = await makeRoom(http);
  other = await makeRoom(http);
  invite = await makeInvite(room);
  spare = await makeInvite(room);
  onlooker = await HttpClient.of(`https://127.0.0.1:${new URL(host.url).port}`);
});

test.afterAll(async () => {
  await onlooker.close();
  await http.close();
  await host.dispose();
});

async function makeInvite({ roomId, hostToken: token }: typeof room): Promise<typeof invite> {
  const made = fieldsOf(await request('POST', `/api/rooms/${roomId}/invites`, { input: { role: 'co-host' }, token }));
  return { id: text(made, 'id'), token: text(made, 'token') };
}

const request = async (...asked: Parameters<HttpClient['ask']>): Promise<Reply> => (await http.ask(...asked)).reply;

/** In `roomId` and `id` a message says what its path names; they are those of the room if it does not. */
class Guest implements Caller {
  readonly #token: string | undefined;

  constructor(token: string | undefined) {
    this.#token = token;
  }

  ask(name: string, message: unknown): Promise<Reply> {
    const [method = '', path = `/api/${name}`] = name.split(' ');
    const { roomId = room.roomId, id = spare.id, ...body } = isFields(message) ? message : {};
    const at = path.replace(':roomId', String(roomId)).replace(':id', String(id));
    const input = isFields(message) ? body : message;
    return request(method.replace(/[^A-Z]/g, '') || 'GET', at, {
      input: method === 'POST' ? input : undefined,
      token: this.#token,
    });
  }

  heard = () => Promise.resolve([]);
  part = () => Promise.resolve();
}

function isFields(message: unknown): message is Fields {
  return typeof message === 'object' && message !== null;
}

const anybody: Record<State, Outcome> = { host: 'ok', nobody: 'ok', another: 'ok' };
const onlyHost: Record<State, Outcome> = { host: 'ok', nobody: 'UNAUTHORIZED', another: 'NOT_FOUND' };
const LATER = Date.UTC(2040, 0, 1);

type Row = Entry<State, Guest>;

const table: Record<string, Row> = {
  'POST /api/rooms': {
    says: () => ({ hostName: 'Ada' }),
    in: anybody,
    twice: 'ok',
    others: {
      'planned in a hundred years': {
        says: () => ({ hostName: 'Ada', startsAt: Date.UTC(2126, 0, 1) }),
        answer: 'BAD_REQUEST',
      },
      'of a name with a line break': { says: () => ({ hostName: 'Ada', name: 'a\nb' }), answer: 'BAD_REQUEST' },
    },
  },
  'GET /api/rooms/:roomId': {
    says: () => ({}),
    in: anybody,
    twice: 'ok',
    others: { 'that is not there': { says: () => ({ roomId: 'nowhere' }), answer: 'NOT_FOUND' } },
  },
  'POST /api/rooms/:roomId/invites': {
    says: () => ({ role: 'participant' }),
    in: onlyHost,
    twice: 'ok',
    others: {
      'for a room that is not there': { says: () => ({ roomId: 'nowhere', role: 'host' }), answer: 'NOT_FOUND' },
      'for another room': { says: () => ({ roomId: other.roomId, role: 'host' }), answer: 'NOT_FOUND' },
      'for a role there is not': { says: () => ({ role: 'owner' }), answer: 'BAD_REQUEST' },
      'that has ended before it begins': {
        says: () => ({ role: 'viewer', notBefore: LATER, expires: LATER - 1 }),
        answer: 'BAD_REQUEST',
      },
      'that has ended': { says: () => ({ role: 'viewer', expires: 1 }), answer: 'BAD_REQUEST' },
      'with half an appointment': { says: () => ({ role: 'client', appointment: { id: 'a' } }), answer: 'BAD_REQUEST' },
    },
  },
  'GET /api/rooms/:roomId/invites': {
    says: () => ({}),
    in: onlyHost,
    twice: 'ok',
    others: { 'of another room': { says: () => ({ roomId: other.roomId }), answer: 'NOT_FOUND' } },
  },
  'DELETE /api/rooms/:roomId/invites/:id': {
    says: () => ({}),
    in: onlyHost,
    twice: 'ok',
    others: {
      'of another room': { says: () => ({ roomId: other.roomId }), answer: 'NOT_FOUND' },
      'that is not there': { says: () => ({ id: 'nothing' }), answer: 'NOT_FOUND' },
    },
  },
  'POST /api/validate-link': {
    says: () => ({ token: invite.token }),
    in: anybody,
    twice: 'ok',
    others: { 'of a token that is none': { says: () => ({ token: 'none' }), answer: 'NOT_FOUND' } },
  },
  'GET /api/host': { says: () => ({}), in: anybody, twice: 'ok' },
  'GET /api/nearby': { says: () => ({}), in: anybody, twice: 'ok' },
};

const ofInvites = (name: string) => name.includes('/invites');

/** @param invites whether it is the calls about them that are tried: only then they are looked at */
const testCalls = (invites: boolean) =>
  testConformance({
    documented: roomApiMessages().filter(({ name }) => ofInvites(name) === invites),
    table: Object.fromEntries(Object.entries(table).filter(([name]) => ofInvites(name) === invites)),
    home: 'host',
    unknown: 'NOT_FOUND',
    setting: () => ({
      enter: (state: State) => {
        const token = { host: room.hostToken, nobody: undefined, another: other.hostToken }[state];
        return Promise.resolve(new Guest(token));
      },
      observe: async () => {
        const look = async (path: string, token?: string) =>
          fieldsOf((await onlooker.ask('GET', path, { token })).reply);
        const path = `/api/rooms/${room.roomId}`;
        return { seen: await (invites ? look(`${path}/invites`, room.hostToken) : look(path)), heard: {} };
      },
    }),
  });

test.describe('rooms, links and the host', () => testCalls(false));
test.describe('invites', () => testCalls(true));

test('the status of a failure is that of its code', async () => {
  const { roomId, hostToken } = room;
  const asked: [HttpReply, number][] = [
    [await http.ask('GET', '/api/rooms/nowhere'), 404],
    [await http.ask('POST', '/api/rooms', { input: {} }), 400],
    [await onlooker.ask('GET', `/api/rooms/${roomId}/invites`), 401],
    [await http.ask('POST', '/api/media/rooms/createRoom', { input: { name: 'x', room: roomId } }), 409],
    [await http.ask('GET', '/api/media/rooms/producers'), 401],
    [await http.ask('DELETE', '/api/rooms'), 400],
    [await http.ask('POST', '/api/rooms', { input: { hostName: 'Ada' } }), 201],
    [await onlooker.ask('DELETE', `/api/rooms/${roomId}/invites/${invite.id}`, { token: hostToken }), 204],
  ];
  expect(asked.map(([{ status }]) => status)).toEqual(asked.map(([, status]) => status));
});
