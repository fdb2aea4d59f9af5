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

const toPeer = (what: object, tells: string[]): Row => ({
  says: () => ({ toPeer: ada.id, ...what }),
  in: inside,
  twice: 'ok',
  tells: { room: tells },
  others: {
    'to somebody of another room': { says: () => ({ toPeer: bo.id, ...what }), answer: 'NOT_FOUND' },
    'to nobody': { says: () => ({ toPeer: 'nobody', ...what }), answer: 'NOT_FOUND' },
    'to oneself': { says: ({ client }) => ({ toPeer: client.id, ...what }), answer: 'NOT_FOUND' },
    'with more than a little more': {
      says: () => ({
        toPeer: ada.id,
        ...what,
        ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`more${index}`, index])),
      }),
      answer: 'BAD_REQUEST',
    },
    'with something nested': { says: () => ({ toPeer: ada.id, ...what, more: {} }), answer: 'BAD_REQUEST' },
  },
});

const LARGE = 'x'.repeat(64 * 1024 + 1);

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
  offer: {
    ...toPeer({ offer }, ['offer']),
    others: {
      ...toPeer({ offer }, []).others,
      'that is an answer': { says: () => ({ toPeer: ada.id, offer: answer }), answer: 'BAD_REQUEST' },
      'that is too large': {
        says: () => ({ toPeer: ada.id, offer: { ...offer, sdp: LARGE } }),
        answer: 'BAD_REQUEST',
      },
    },
  },
  answer: {
    ...toPeer({ answer }, ['answer']),
    others: {
      ...toPeer({ answer }, []).others,
      'that is too large': {
        says: () => ({ toPeer: ada.id, answer: { ...answer, sdp: LARGE } }),
        answer: 'BAD_REQUEST',
      },
    },
  },
  ice_candidate: {
    ...toPeer({ candidate }, ['ice_candidate', 'ice-candidate']),
    others: {
      ...toPeer({ candidate }, []).others,
      'that is the last': { says: () => ({ toPeer: ada.id, candidate: null }), answer: 'ok' },
      'that is too large': {
        says: () => ({ toPeer: ada.id, candidate: { candidate: 'x'.repeat(1025) } }),
        answer: 'BAD_REQUEST',
      },
    },
  },
  'ice-candidate': toPeer({ candidate }, ['ice_candidate', 'ice-candidate']),
};

testConformance({
  documented: peerRoomMessages(),
  table,
  home: 'joined',
  stage: () => ({
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
