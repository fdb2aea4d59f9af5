/** Every message of the default namespace's rooms, good and bad, in every state. */
import { expect, test } from '../fixtures/test.ts';
import { SocketIoClient } from './clients/socket-io.ts';
import { type Caller, type Entry, testConformance } from './conformance.ts';
import { deskMessages, peerRoomMessages } from './documents.ts';
import { type Outcome, fieldsOf, outcomeOf } from './reply.ts';
import { answer, candidate, offer } from './sdp.ts';

type State = 'connected' | 'joined' | 'left';

const ROOM = 'Lab';

let url: string;
/** In the room already. */
let ada: SocketIoClient;
/** In another one. */
let bo: SocketIoClient;

test.beforeAll(async ({ host }) => {
  ({ url } = host);
  ada = await connect();
  bo = await connect();
  fieldsOf(await ada.ask('join_room', { roomName: ROOM, personName: 'Ada' }));
  fieldsOf(await bo.ask('join_room', { roomName: 'Office', personName: 'Bo' }));
});

test.afterAll(() => {
  ada.socket.disconnect();
  bo.socket.disconnect();
});

async function connect(): Promise<SocketIoClient> {
  const client = await SocketIoClient.connect(url, '/');
  if (client instanceof SocketIoClient) return client;
  throw new Error(client.message);
}

/** The names of what somebody was told since they were last asked. A request of theirs that is answered comes after it. */
async function heardBy(client: SocketIoClient): Promise<string[]> {
  await client.ask('getIce', {});
  return client.inbox.take().map(({ name }) => name);
}

class Cleo implements Caller {
  readonly client: SocketIoClient;
  readonly #state: State;

  private constructor(client: SocketIoClient, state: State) {
    this.client = client;
    this.#state = state;
  }

  static async enter(state: State): Promise<Cleo> {
    const client = await connect();
    if (state !== 'connected') fieldsOf(await client.ask('join_room', { roomName: ROOM, personName: 'Cleo' }));
    if (state === 'left') fieldsOf(await client.ask('leave_room', { roomName: ROOM }));
    return new Cleo(client, state);
  }

  ask = (event: string, payload?: unknown) => this.client.ask(event, payload);
  heard = () => heardBy(this.client);

  async part(): Promise<void> {
    if (this.#state !== 'left') await this.client.ask('leave_room', { roomName: ROOM });
    this.client.socket.disconnect();
  }
}

type Row = Entry<State, Cleo>;

const inside: Record<State, Outcome> = { connected: 'NOT_JOINED', joined: 'ok', left: 'NOT_JOINED' };

/** More objects inside each other than the host relays. */
const DEEP: unknown = JSON.parse('{"in":'.repeat(8) + '{}' + '}'.repeat(8));

/** @param bound of the message's JSON text */
const toPeer = (what: object, bound: number, tells: string[]): Row => ({
  says: () => ({ toPeer: ada.id, ...what }),
  in: inside,
  twice: 'ok',
  tells: { room: tells },
  others: {
    'to somebody of another room': { says: () => ({ toPeer: bo.id, ...what }), answer: 'NOT_FOUND' },
    'to nobody': { says: () => ({ toPeer: 'nobody', ...what }), answer: 'NOT_FOUND' },
    'to oneself': { says: ({ client }) => ({ toPeer: client.id, ...what }), answer: 'NOT_FOUND' },
    'with nothing else': { says: () => ({ toPeer: ada.id }), answer: 'ok' },
    'in other words, nested': {
      says: ({ client }) => ({ toPeer: ada.id, fromPeer: client.id, said: [what, { more: null }] }),
      answer: 'ok',
    },
    'that nests too deep': { says: () => ({ toPeer: ada.id, ...what, more: DEEP }), answer: 'BAD_REQUEST' },
    'that is too large': { says: () => ({ toPeer: ada.id, more: 'x'.repeat(bound) }), answer: 'BAD_REQUEST' },
    'that is binary': { says: () => ({ toPeer: ada.id, more: Buffer.from('binary') }), answer: 'BAD_REQUEST' },
  },
});

const DESCRIPTION = 131_072;
const CANDIDATE = 8192;

const table: Record<string, Row> = {
  join_room: {
    says: () => ({ roomName: ROOM, personName: 'Cleo' }),
    in: { connected: 'ok', joined: 'CONFLICT', left: 'ok' },
    twice: 'CONFLICT',
    tells: { room: ['user_joined'] },
    others: {
      'of no name but spaces': { says: () => ({ roomName: ' ', personName: 'Cleo' }), answer: 'BAD_REQUEST' },
    },
  },
  message: {
    says: () => ({ roomName: ROOM, personName: 'Cleo', content: 'Hello' }),
    in: inside,
    twice: 'ok',
    tells: { room: ['message'] },
    others: {
      'into another room': { says: () => ({ roomName: 'Office', content: 'Hello' }), answer: 'NOT_JOINED' },
      'of nothing but spaces': { says: () => ({ roomName: ROOM, content: ' \n' }), answer: 'BAD_REQUEST' },
    },
  },
  leave_room: {
    says: () => ({ roomName: ROOM, personName: 'Cleo' }),
    in: inside,
    twice: 'NOT_JOINED',
    tells: { room: ['user_left'] },
    others: { 'of another room': { says: () => ({ roomName: 'Office' }), answer: 'NOT_JOINED' } },
  },
  offer: toPeer({ offer }, DESCRIPTION, ['offer']),
  answer: toPeer({ answer }, DESCRIPTION, ['answer']),
  ice_candidate: toPeer({ candidate }, CANDIDATE, ['ice_candidate', 'ice-candidate']),
  'ice-candidate': toPeer({ candidate }, CANDIDATE, ['ice_candidate', 'ice-candidate']),
  ping: { says: () => ({}), in: { connected: 'ok', joined: 'ok', left: 'ok' }, twice: 'ok' },
};

testConformance({
  documented: peerRoomMessages(),
  table,
  home: 'joined',
  setting: () => ({
    enter: (state: State) => Cleo.enter(state),
    observe: async () => ({ seen: null, heard: { room: await heardBy(ada), elsewhere: await heardBy(bo) } }),
  }),
});

for (const { name, fields } of deskMessages()) {
  test(`${name} of somebody without a link to a desk: UNAUTHORIZED`, async () => {
    const cleo = await Cleo.enter('joined');
    const said = { offer, answer, candidate, appointmentId: 'a1' };
    const message = Object.fromEntries(
      Object.entries(said).filter(([key]) => fields.some((field) => field.name === key)),
    );
    expect(outcomeOf(await cleo.ask(name, message))).toBe('UNAUTHORIZED');
    await cleo.part();
  });
}

test('a failure that no callback hears comes as an event', async () => {
  const cleo = await Cleo.enter('joined');
  cleo.client.socket.emit('message', { roomName: 'Office', content: 'Hello' });
  await expect(cleo.client.inbox.next('error')).resolves.toMatchObject({ event: 'message', code: 'NOT_JOINED' });
  await cleo.part();
});

test('an offer, an answer and a candidate reach the peer as they were sent, but for who they are from', async () => {
  const cleo = await Cleo.enter('joined');
  const sent = {
    offer: [{ offer }, { offer, personName: 'Cleo' }, { description: { ...offer, more: [1] } }],
    answer: [{ answer }, { answer: answer.sdp }],
    ice_candidate: [{ candidate }, { candidate: null }, { iccCandidate: candidate }, { iccCandidate: null }],
  };
  for (const [name, payloads] of Object.entries(sent)) {
    for (const payload of payloads) {
      expect(outcomeOf(await cleo.ask(name, { ...payload, fromPeer: ada.id, toPeer: ada.id }))).toBe('ok');
      expect(await ada.inbox.next(name)).toEqual({ ...payload, fromPeer: cleo.client.id, toPeer: ada.id });
    }
  }
  await cleo.part();
});
