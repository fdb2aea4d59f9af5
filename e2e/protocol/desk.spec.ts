/** Every message of a desk, good and bad, from either side and in every state. */
import { expect, test } from '../fixtures/test.ts';
import { HttpClient } from './clients/http.ts';
import { SocketIoClient } from './clients/socket-io.ts';
import { type Caller, type Entry, type Others, type Observation, testConformance } from './conformance.ts';
import { deskMessages } from './documents.ts';
import { makeRoom } from './meeting.ts';
import { type Outcome, fieldsOf, text } from './reply.ts';
import { answer, candidate, offer } from './sdp.ts';

const APPOINTMENT = { id: 'a1', title: 'Check-up', startsAt: Date.UTC(2030, 0, 1) };

let http: HttpClient;
let url: string;
/** Links to the desk, and one of a client of another desk. */
let links: Record<'professional' | 'client' | 'neighbour' | 'elsewhere', string>;
/** The client of another appointment: none of this is their business. */
let neighbour: SocketIoClient;

test.beforeAll(async ({ host }) => {
  ({ url } = host);
  http = await HttpClient.of(url);
  const [desk, other] = [await makeRoom(http), await makeRoom(http)];
  const invite = async ({ roomId, hostToken }: typeof desk, input: object) => {
    const { reply } = await http.ask('POST', `/api/rooms/${roomId}/invites`, { input, token: hostToken });
    return text(fieldsOf(reply), 'token');
  };
  links = {
    professional: await invite(desk, { role: 'professional', name: 'Dr. Okafor' }),
    client: await invite(desk, { role: 'client', name: 'Ada', appointment: APPOINTMENT }),
    neighbour: await invite(desk, { role: 'client', appointment: { ...APPOINTMENT, id: 'a2' } }),
    elsewhere: await invite(other, { role: 'client', appointment: { ...APPOINTMENT, id: 'b1' } }),
  };
  neighbour = await come('neighbour');
  const stranger = await come('elsewhere');
  fieldsOf(await stranger.ask('newOffer', { offer }));
});

test.afterAll(() => http.close());

async function come(as: keyof typeof links): Promise<SocketIoClient> {
  const client = await SocketIoClient.connect(url, '/', { token: links[as] });
  if (client instanceof SocketIoClient) return client;
  throw new Error(client.message);
}

async function heardBy(client: SocketIoClient): Promise<string[]> {
  await client.ask('getIce', { appointmentId: APPOINTMENT.id });
  return client.inbox.take().map(({ name }) => name);
}

const appointmentId = APPOINTMENT.id;

/** Both sides of the appointment, as the state of the row has them. */
class Call {
  readonly client: SocketIoClient;
  /** Null: they have not come. */
  readonly professional: SocketIoClient | null;

  private constructor(client: SocketIoClient, professional: SocketIoClient | null) {
    this.client = client;
    this.professional = professional;
  }

  static async begin({
    professional,
    offered,
    answered = false,
  }: {
    professional: boolean;
    offered: boolean;
    answered?: boolean;
  }): Promise<Call> {
    const client = await come('client');
    fieldsOf(await client.ask('hangUp', {}));
    const call = new Call(client, professional ? await come('professional') : null);
    if (offered) {
      fieldsOf(await client.ask('newOffer', { offer }));
      fieldsOf(await client.ask('iceToServer', { candidate }));
    }
    if (answered && call.professional) fieldsOf(await call.professional.ask('newAnswer', { answer, appointmentId }));
    return call;
  }

  /** @param asker whose messages are tried: what they are told is their own business */
  async observe(asker: SocketIoClient | null): Promise<Observation> {
    const other = asker === this.client ? this.professional : this.client;
    const seen = await other?.ask('getIce', { appointmentId });
    const toldOther = other ? await heardBy(other) : [];
    const heard = {
      [asker === this.client ? 'professional' : 'client']: toldOther,
      neighbour: await heardBy(neighbour),
    };
    return { seen, heard };
  }

  /** Resolves when the host has let go of the professional: whoever comes next finds nobody there. */
  async end(): Promise<void> {
    for (const side of [this.client, this.professional]) side?.socket.disconnect();
    if (this.professional) await neighbour.inbox.next('professional', ({ here }) => here === false);
  }
}

let call: Call;

/** Somebody on one side of the call. */
class Side implements Caller {
  readonly #socket: SocketIoClient;

  constructor(socket: SocketIoClient | null) {
    if (!socket) throw new Error('nobody is on this side');
    this.#socket = socket;
  }

  ask = (event: string, payload?: unknown) => this.#socket.ask(event, payload);
  heard = () => heardBy(this.#socket);
  part = () => call.end();
}

type Row<State extends string> = Entry<State, Side>;

const foreign = (message: object): Others<never, Side> => ({
  'of another desk': { says: () => ({ ...message, appointmentId: 'b1' }), answer: 'NOT_FOUND' },
  'of nobody': { says: () => ({ ...message, appointmentId: 'nobody' }), answer: 'NOT_FOUND' },
});

test.describe('the professional', () => {
  /** What the client has done: come, made an offer, been answered. */
  type State = 'silent' | 'waiting' | 'called';
  const always: Record<State, Outcome> = { silent: 'ok', waiting: 'ok', called: 'ok' };

  const table: Record<string, Row<State>> = {
    newOffer: {
      says: () => ({ offer }),
      in: { silent: 'FORBIDDEN', waiting: 'FORBIDDEN', called: 'FORBIDDEN' },
      twice: 'FORBIDDEN',
    },
    newAnswer: {
      says: () => ({ answer, appointmentId }),
      in: { silent: 'CONFLICT', waiting: 'ok', called: 'CONFLICT' },
      twice: 'CONFLICT',
      tells: { client: ['answerResponse'] },
      others: {
        ...foreign({ answer }),
        'to another offer': { says: () => ({ answer, appointmentId, offerId: 'another' }), answer: 'CONFLICT' },
        'that is an offer': { says: () => ({ answer: offer, appointmentId }), answer: 'BAD_REQUEST' },
      },
    },
    iceToServer: {
      says: () => ({ candidate, appointmentId }),
      in: { ...always, silent: 'NOT_FOUND' },
      twice: 'ok',
      tells: { client: ['iceToClient'] },
      others: {
        ...foreign({ candidate }),
        'that is the last': { says: () => ({ candidate: null, appointmentId }), answer: 'ok' },
      },
    },
    getIce: { says: () => ({ appointmentId }), in: always, twice: 'ok', others: foreign({}) },
    hangUp: {
      says: () => ({ appointmentId }),
      in: always,
      twice: 'ok',
      tells: { client: ['hungUp'] },
      others: foreign({}),
    },
  };

  testConformance({
    documented: deskMessages(),
    table,
    home: 'waiting',
    setting: () => ({
      enter: async (state: State) => {
        call = await Call.begin({ professional: true, offered: state !== 'silent', answered: state === 'called' });
        return new Side(call.professional);
      },
      observe: () => call.observe(call.professional),
    }),
  });
});

test.describe('the client', () => {
  /** Whether the professional is there, and has answered. */
  type State = 'alone' | 'waiting' | 'called';
  const always: Record<State, Outcome> = { alone: 'ok', waiting: 'ok', called: 'ok' };

  const table: Record<string, Row<State>> = {
    newOffer: {
      says: () => ({ offer }),
      in: always,
      twice: 'ok',
      tells: { professional: ['newOfferWaiting'] },
      others: { 'that is an answer': { says: () => ({ offer: answer }), answer: 'BAD_REQUEST' } },
    },
    newAnswer: {
      says: () => ({ answer, appointmentId }),
      in: { alone: 'FORBIDDEN', waiting: 'FORBIDDEN', called: 'FORBIDDEN' },
      twice: 'FORBIDDEN',
    },
    iceToServer: {
      says: () => ({ candidate }),
      in: always,
      twice: 'ok',
      tells: { professional: ['iceToClient'] },
      others: {
        ...foreign({ candidate }),
        'of the next in line': { says: () => ({ candidate, appointmentId: 'a2' }), answer: 'NOT_FOUND' },
        'of their own, named': { says: () => ({ candidate, appointmentId }), answer: 'ok' },
      },
    },
    getIce: {
      says: () => ({}),
      in: always,
      twice: 'ok',
      others: {
        ...foreign({}),
        'of the next in line': { says: () => ({ appointmentId: 'a2' }), answer: 'NOT_FOUND' },
      },
    },
    hangUp: {
      says: () => ({}),
      in: always,
      twice: 'ok',
      tells: { professional: ['hungUp', 'apptData'] },
      others: {
        ...foreign({}),
        'of the next in line': { says: () => ({ appointmentId: 'a2' }), answer: 'NOT_FOUND' },
      },
    },
  };

  testConformance({
    // They may leave it out: they have one.
    documented: deskMessages().map((message) => ({
      ...message,
      fields: message.fields.map((field) =>
        field.name === 'appointmentId' && message.name !== 'newAnswer' ? { ...field, required: false } : field,
      ),
    })),
    table,
    home: 'waiting',
    setting: () => ({
      enter: async (state: State) => {
        call = await Call.begin({ professional: state !== 'alone', offered: true, answered: state === 'called' });
        return new Side(call.client);
      },
      observe: () => call.observe(call.client),
    }),
  });
});

test('a newer window takes the place of an older, which is told so and can say nothing more', async () => {
  const older = await come('client');
  const newer = await come('client');
  await older.inbox.next('removed');
  await older.ended();
  expect(newer.socket.connected).toBe(true);
  newer.socket.disconnect();
});
