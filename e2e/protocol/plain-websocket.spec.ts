/** Every message of the plain WebSocket, good and bad, in every state. */
import { expect, test } from '../fixtures/test.ts';
import { PlainWebSocketClient } from './clients/plain-websocket.ts';
import { type Caller, type Entry, type Heard, type Others, testConformance } from './conformance.ts';
import { plainWebSocketMessages } from './documents.ts';
import { type Foreign, Meeting, names } from './meeting.ts';
import { type Outcome, fieldsOf, text, within } from './reply.ts';
import { joinWhenAllowed } from './retry-when-limited.ts';
import { NOBODYS, camera, dtlsParameters, microphone, noCapabilities, rtpCapabilities } from './rtp.ts';

/** `joined`: without any media; `equipped`: with all of it. Whoever leaves has no connection any more. */
type State = 'connected' | 'joined' | 'equipped';

let meeting: Meeting;
let elsewhere: Meeting;

test.beforeAll(async ({ host }) => {
  meeting = await Meeting.gather(host.url);
  elsewhere = await Meeting.gather(host.url);
});

test.afterAll(async () => {
  await meeting.disperse();
  await elsewhere.disperse();
});

class Cleo implements Caller {
  readonly client: PlainWebSocketClient;
  readonly own = { sendTransport: NOBODYS, recvTransport: NOBODYS, producer: NOBODYS, consumer: NOBODYS };

  private constructor(client: PlainWebSocketClient) {
    this.client = client;
  }

  static async enter(state: State): Promise<Cleo> {
    const cleo = new Cleo(await PlainWebSocketClient.connect(meeting.host));
    if (state === 'connected') return cleo;
    const { own, ask } = cleo;
    fieldsOf(await ask('join', { roomId: meeting.roomId, userName: 'Cleo' }));
    if (state === 'joined') return cleo;
    const send = fieldsOf(await ask('createWebRtcTransport', { direction: 'send' }));
    const recv = fieldsOf(await ask('createWebRtcTransport', { direction: 'recv' }));
    own.sendTransport = text(within(send, 'producerTransport'), 'id');
    own.recvTransport = text(within(recv, 'consumerTransport'), 'id');
    const produced = fieldsOf(await ask('produce', { ...camera, transportId: own.sendTransport }));
    own.producer = text(produced, 'producerId');
    const consumed = fieldsOf(await ask('consume', { producerId: meeting.adas.camera, rtpCapabilities }));
    own.consumer = text(consumed, 'id');
    return cleo;
  }

  ask = (action: string, message?: unknown) => {
    const ask = () => this.client.ask(action, message);
    return action === 'join' ? joinWhenAllowed(ask) : ask();
  };

  async heard(): Promise<readonly string[]> {
    await this.client.settled();
    return names(this.client);
  }

  async part(): Promise<void> {
    const { attendees } = fieldsOf(await meeting.hedy.ask('attendees', {}, 'GET'));
    const isIn = JSON.stringify(attendees).includes('Cleo');
    this.client.close();
    if (isIn) await meeting.ada.inbox.next('peerLeft');
  }
}

type Row = Entry<State, Cleo>;

const inside = (joined: Outcome = 'ok'): Record<State, Outcome> => ({
  connected: 'NOT_JOINED',
  joined,
  equipped: 'ok',
});
const withMedia = (): Record<State, Outcome> => inside('NOT_FOUND');

const all = (socketIo: string[], http: string[], plain: string[]): Heard => ({ socketIo, http, plain });
const CLOSED = all(['producerClosed'], ['producerRemoved'], ['producerClosed']);

const connect = ({ own }: Cleo) => ({ role: 'producer', transportId: own.sendTransport, dtlsParameters });
const sound = ({ own }: Cleo) => ({ ...microphone, transportId: own.sendTransport });

const foreign = (message: object, name: string, theirs: (foreign: Foreign) => string): Others<never, Cleo> => ({
  'of somebody else': { says: () => ({ ...message, [name]: theirs(meeting.adas) }), answer: 'NOT_FOUND' },
  'of another room': { says: () => ({ ...message, [name]: theirs(elsewhere.adas) }), answer: 'NOT_FOUND' },
  'of nobody': { says: () => ({ ...message, [name]: NOBODYS }), answer: 'NOT_FOUND' },
});

const table: Record<string, Row> = {
  join: {
    says: () => ({ roomId: meeting.roomId, userName: 'Cleo' }),
    in: { connected: 'ok', joined: 'CONFLICT', equipped: 'CONFLICT' },
    twice: 'CONFLICT',
    tells: { socketIo: ['peer-joined'], http: ['userJoined'] },
    others: {
      'into a room that is not there': {
        says: () => ({ roomId: 'nowhere', userName: 'Cleo' }),
        answer: 'NOT_FOUND',
      },
      'with the host token of another room': {
        says: () => ({ roomId: meeting.roomId, userName: 'Cleo', token: elsewhere.hostToken }),
        answer: 'NOT_FOUND',
      },
      'as somebody who is in': {
        says: () => ({ roomId: meeting.roomId, userName: 'Cleo', userId: 'ada' }),
        answer: 'CONFLICT',
      },
    },
  },
  createWebRtcTransport: {
    says: () => ({ direction: 'send' }),
    in: inside(),
    twice: 'ok',
    tells: CLOSED,
    others: {
      'to receive': { says: () => ({ direction: 'recv' }), answer: 'ok' },
      'of a direction there is not': { says: () => ({ direction: 'sendrecv' }), answer: 'BAD_REQUEST' },
    },
  },
  connectTransport: {
    says: connect,
    in: withMedia(),
    twice: 'CONFLICT',
    others: {
      ...foreign({ role: 'producer', dtlsParameters }, 'transportId', ({ sendTransport }) => sendTransport),
      'in the other role': { says: (cleo) => ({ ...connect(cleo), role: 'consumer' }), answer: 'NOT_FOUND' },
    },
  },
  produce: {
    says: sound,
    in: withMedia(),
    twice: 'BAD_REQUEST',
    tells: all(['newProducer'], ['producerAdded'], ['newProducer']),
    others: {
      ...foreign(microphone, 'transportId', ({ sendTransport }) => sendTransport),
      'on the transport to receive on': {
        says: ({ own }) => ({ ...microphone, transportId: own.recvTransport }),
        answer: 'NOT_FOUND',
      },
      'of a source that is another kind': {
        says: (cleo) => ({ ...sound(cleo), source: 'screen' }),
        answer: 'BAD_REQUEST',
      },
    },
  },
  consume: {
    says: () => ({ producerId: meeting.adas.microphone, rtpCapabilities }),
    in: withMedia(),
    twice: 'CONFLICT',
    others: {
      'of another room': {
        says: () => ({ producerId: elsewhere.adas.microphone, rtpCapabilities }),
        answer: 'NOT_FOUND',
      },
      'of nobody': { says: () => ({ producerId: NOBODYS, rtpCapabilities }), answer: 'NOT_FOUND' },
      'by a device that cannot': {
        says: () => ({ producerId: meeting.adas.microphone, rtpCapabilities: noCapabilities }),
        answer: 'CANNOT_CONSUME',
      },
      'of what is consumed': { says: () => ({ producerId: meeting.adas.camera, rtpCapabilities }), answer: 'CONFLICT' },
    },
  },
  resume: {
    says: ({ own }) => ({ consumerId: own.consumer }),
    in: withMedia(),
    twice: 'ok',
    others: foreign({}, 'consumerId', ({ consumer }) => consumer),
  },
  pauseProducer: {
    says: ({ own }) => ({ producerId: own.producer }),
    in: withMedia(),
    twice: 'ok',
    tells: { socketIo: ['producerPaused'], http: ['producerPaused'] },
    others: foreign({}, 'producerId', ({ microphone: theirs }) => theirs),
  },
  resumeProducer: {
    says: ({ own }) => ({ producerId: own.producer }),
    in: withMedia(),
    twice: 'ok',
    others: foreign({}, 'producerId', ({ microphone: theirs }) => theirs),
  },
  closeProducer: {
    says: ({ own }) => ({ producerId: own.producer }),
    in: withMedia(),
    twice: 'NOT_FOUND',
    tells: CLOSED,
    others: foreign({}, 'producerId', ({ microphone: theirs }) => theirs),
  },
};

testConformance({
  documented: plainWebSocketMessages(),
  table,
  home: 'equipped',
  setting: () => ({ enter: (state: State) => Cleo.enter(state), observe: meeting.observe }),
});

for (const frame of ['{', '', Buffer.from('{}')]) {
  test(`a frame that is no JSON text: ${JSON.stringify(frame.toString())}, ${typeof frame}`, async () => {
    const cleo = await Cleo.enter('joined');
    const { seen } = await meeting.observe();
    cleo.client.socket.send(frame);
    await expect(cleo.client.inbox.next('error')).resolves.toMatchObject({ action: null, code: 'BAD_REQUEST' });
    expect(await meeting.observe()).toEqual({ seen, heard: all([], [], []) });
    await cleo.part();
  });
}

test('an answer repeats the requestId, of either type, and has none where there was none', async () => {
  const cleo = await Cleo.enter('connected');
  for (const requestId of ['seven', 7, undefined]) {
    cleo.client.socket.send(JSON.stringify({ action: 'resume', requestId, consumerId: NOBODYS }));
    const error = await cleo.client.inbox.next('error');
    expect([error['code'], error['requestId']]).toEqual(['NOT_JOINED', requestId]);
  }
  await cleo.part();
});
