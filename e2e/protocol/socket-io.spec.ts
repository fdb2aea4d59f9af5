/** Every message of the namespace `/mediasoup`, good and bad, in every state. */
import { expect, test } from '../fixtures/test.ts';
import { type Entry, type Others, testConformance } from './conformance.ts';
import { socketIoMessages } from './documents.ts';
import { type Foreign, Meeting } from './meeting.ts';
import { moderation } from './moderation-outcomes.ts';
import { outcomeOf } from './reply.ts';
import { SocketIoCaller, type State } from './socket-io-caller.ts';
import { BOTH_CLOSED, CLOSED, all, inside, ofProducer, outside, there, withMedia } from './socket-io-outcomes.ts';
import { NOBODYS, camera, dtlsParameters, microphone, noCapabilities, rtpCapabilities } from './rtp.ts';

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

type Row = Entry<State, SocketIoCaller>;

/** For a message about a producer, a consumer or a transport of one's own. */
const foreign = (name: string, theirs: (foreign: Foreign) => string): Others<never, SocketIoCaller> => ({
  'of somebody else': { says: () => ({ [name]: theirs(meeting.adas) }), answer: 'NOT_FOUND' },
  'of another room': { says: () => ({ [name]: theirs(elsewhere.adas) }), answer: 'NOT_FOUND' },
  'of nobody': { says: () => ({ [name]: NOBODYS }), answer: 'NOT_FOUND' },
});

const entry: Others<State, SocketIoCaller> = {
  'into a room that is not there': {
    from: 'connected',
    says: () => ({ roomId: 'nowhere', userName: 'Cleo', rtpCapabilities }),
    answer: 'NOT_FOUND',
  },
  'with the host token of another room': {
    from: 'connected',
    says: () => ({ roomId: meeting.roomId, userName: 'Cleo', token: elsewhere.hostToken, rtpCapabilities }),
    answer: 'NOT_FOUND',
  },
};

const table: Record<string, Row> = {
  joinRoom: {
    says: () => ({ roomId: meeting.roomId, userName: 'Cleo' }),
    in: outside(),
    twice: 'CONFLICT',
    tells: { socketIo: ['peer-joined'], http: ['userJoined'] },
    others: {
      ...entry,
      'as somebody who is in': {
        from: 'connected',
        says: () => ({ roomId: meeting.roomId, userName: 'Cleo', userId: 'ada' }),
        answer: 'CONFLICT',
      },
      'with media in one go': {
        from: 'connected',
        says: () => ({ roomId: meeting.roomId, userName: 'Cleo', rtpCapabilities, transports: true }),
        answer: 'ok',
      },
    },
  },
  prepare: {
    says: () => ({ roomId: meeting.roomId, rtpCapabilities }),
    in: outside(),
    twice: 'ok',
    others: entry,
  },
  sendMessage: {
    says: () => ({ roomId: meeting.roomId, message: 'Good morning' }),
    in: inside(),
    twice: 'ok',
    tells: { socketIo: ['newMessage'] },
    others: {
      'to nobody': { says: () => ({ roomId: meeting.roomId, message: 'x', to: 'nobody' }), answer: 'NOT_FOUND' },
      'into another room': { says: () => ({ roomId: elsewhere.roomId, message: 'x' }), answer: 'NOT_FOUND' },
      'of nothing but spaces': { says: () => ({ roomId: meeting.roomId, message: ' \n ' }), answer: 'BAD_REQUEST' },
      'to the host alone': { says: () => ({ roomId: meeting.roomId, message: 'x', to: 'ada' }), answer: 'ok' },
    },
  },
  getRouterRtpCapabilities: {
    says: () => ({}),
    in: there(),
    twice: 'ok',
    others: {
      'of a room, by a stranger': { from: 'connected', says: () => ({ roomId: meeting.roomId }), answer: 'ok' },
      'of a room that is not there': { from: 'connected', says: () => ({ roomId: 'nowhere' }), answer: 'NOT_FOUND' },
    },
  },
  createProducerTransport: { says: () => ({}), in: there(), twice: 'ok', tells: BOTH_CLOSED },
  createConsumerTransport: { says: () => ({}), in: there(), twice: 'ok' },
  connectProducerTransport: {
    says: () => ({ dtlsParameters }),
    in: there({ joined: 'NOT_FOUND' }),
    twice: 'CONFLICT',
    others: {
      'without a fingerprint': {
        says: () => ({ dtlsParameters: { ...dtlsParameters, fingerprints: [] } }),
        answer: 'BAD_REQUEST',
      },
    },
  },
  connectConsumerTransport: { says: () => ({ dtlsParameters }), in: there({ joined: 'NOT_FOUND' }), twice: 'CONFLICT' },
  produce: {
    says: () => ({ ...microphone, rtpParameters: soundOf(22_222_222), source: 'screen-audio' }),
    in: there({ prepared: 'NOT_JOINED', joined: 'NOT_FOUND' }),
    twice: 'BAD_REQUEST',
    tells: all(['newProducer'], ['producerAdded'], ['newProducer']),
    others: {
      'held, while prepared': { from: 'prepared', says: () => ({ ...microphone, held: true }), answer: 'ok' },
      'of a source that is another kind': { says: () => ({ ...microphone, source: 'camera' }), answer: 'BAD_REQUEST' },
      'with the id of somebody else’s': {
        says: () => ({ ...screen(), producerId: meeting.adas.camera }),
        answer: 'CONFLICT',
      },
      'of parameters without a codec': {
        says: () => ({ kind: 'audio', rtpParameters: { codecs: [], encodings: [{ ssrc: 33_333_333 }] } }),
        answer: 'BAD_REQUEST',
      },
    },
  },
  consume: {
    says: () => ({ producerId: meeting.adas.microphone, rtpCapabilities }),
    in: there({ prepared: 'CONFLICT', joined: 'NOT_FOUND' }),
    twice: 'CONFLICT',
    others: {
      'by a device that cannot': {
        says: () => ({ producerId: meeting.adas.microphone, rtpCapabilities: noCapabilities }),
        answer: 'CANNOT_CONSUME',
      },
      'of another room': {
        says: () => ({ producerId: elsewhere.adas.microphone, rtpCapabilities }),
        answer: 'NOT_FOUND',
      },
      'of nobody': { says: () => ({ producerId: NOBODYS, rtpCapabilities }), answer: 'NOT_FOUND' },
      'of what is consumed': {
        says: () => ({ producerId: meeting.adas.camera, rtpCapabilities }),
        answer: 'CONFLICT',
      },
      'of one’s own': { says: ({ own }) => ({ producerId: own.microphone, rtpCapabilities }), answer: 'ok' },
    },
  },
  consumeAll: { says: () => ({ rtpCapabilities }), in: there({ joined: 'NOT_FOUND' }), twice: 'ok' },
  resumeConsumer: {
    says: ({ own }) => ({ consumerId: own.consumer }),
    in: withMedia(),
    twice: 'ok',
    others: foreign('consumerId', ({ consumer }) => consumer),
  },
  pauseConsumer: {
    says: ({ own }) => ({ consumerId: own.consumer }),
    in: withMedia(),
    twice: 'ok',
    others: foreign('consumerId', ({ consumer }) => consumer),
  },
  resumeConsumers: {
    says: ({ own }) => ({ consumerIds: [own.consumer] }),
    in: withMedia(),
    twice: 'ok',
    others: {
      'one of them somebody else’s': {
        says: ({ own }) => ({ consumerIds: [own.consumer, meeting.adas.consumer] }),
        answer: 'NOT_FOUND',
      },
      'of none': { says: () => ({ consumerIds: [] }), answer: 'ok' },
      'of more than one may have': {
        says: () => ({ consumerIds: Array.from({ length: 501 }, () => NOBODYS) }),
        answer: 'BAD_REQUEST',
      },
    },
  },
  pauseConsumers: {
    says: ({ own }) => ({ consumerIds: [own.consumer] }),
    in: withMedia(),
    twice: 'ok',
    others: {
      'one of them somebody else’s': {
        says: ({ own }) => ({ consumerIds: [own.consumer, meeting.adas.consumer] }),
        answer: 'NOT_FOUND',
      },
      'of none': { says: () => ({ consumerIds: [] }), answer: 'ok' },
      'of more than one may have': {
        says: () => ({ consumerIds: Array.from({ length: 501 }, () => NOBODYS) }),
        answer: 'BAD_REQUEST',
      },
    },
  },
  setLayers: {
    says: ({ own }) => ({ layers: [{ consumerId: own.consumer, spatialLayer: 1, temporalLayer: 0 }] }),
    in: withMedia(),
    twice: 'ok',
    others: {
      'one of them of somebody else': {
        says: ({ own }) => ({
          layers: [own.consumer, meeting.adas.consumer].map((consumerId) => ({ consumerId, spatialLayer: 0 })),
        }),
        answer: 'NOT_FOUND',
      },
      'of none': { says: () => ({ layers: [] }), answer: 'ok' },
      'of more than one may have': {
        says: () => ({ layers: Array.from({ length: 501 }, () => ({ consumerId: NOBODYS, spatialLayer: 0 })) }),
        answer: 'BAD_REQUEST',
      },
    },
  },
  setPreferredLayers: {
    says: ({ own }) => ({ consumerId: own.consumer, spatialLayer: 1, temporalLayer: 0 }),
    in: withMedia(),
    twice: 'ok',
    others: {
      'of somebody else': {
        says: () => ({ consumerId: meeting.adas.consumer, spatialLayer: 0 }),
        answer: 'NOT_FOUND',
      },
    },
  },
  pauseProducer: {
    says: ({ own }) => ({ producerId: own.microphone }),
    in: withMedia(),
    twice: 'ok',
    tells: ofProducer('Paused'),
    others: foreign('producerId', ({ microphone: theirs }) => theirs),
  },
  resumeProducer: {
    says: ({ own }) => ({ producerId: own.microphone }),
    in: withMedia(),
    twice: 'ok',
    others: foreign('producerId', ({ microphone: theirs }) => theirs),
  },
  closeProducer: {
    says: ({ own }) => ({ producerId: own.microphone }),
    in: withMedia(),
    twice: 'NOT_FOUND',
    tells: CLOSED,
    others: foreign('producerId', ({ microphone: theirs }) => theirs),
  },
  getProducers: { says: () => ({}), in: inside(), twice: 'ok' },
  restartIce: {
    says: ({ own }) => ({ transportId: own.sendTransport }),
    in: withMedia(),
    twice: 'ok',
    others: foreign('transportId', ({ sendTransport }) => sendTransport),
  },
  raiseHand: {
    says: () => ({ raised: true }),
    in: inside(),
    twice: 'ok',
    tells: { socketIo: ['participantUpdated'] },
  },
  react: {
    says: () => ({ reaction: '👍' }),
    in: inside(),
    twice: 'ok',
    tells: { socketIo: ['reaction'] },
    others: { 'with a word': { says: () => ({ reaction: 'yes' }), answer: 'BAD_REQUEST' } },
  },
  setName: {
    says: () => ({ userName: 'Cleopatra' }),
    in: inside(),
    twice: 'ok',
    tells: { socketIo: ['participantUpdated'] },
    others: { 'with a line break': { says: () => ({ userName: 'Cle\no' }), answer: 'BAD_REQUEST' } },
  },
  leaveRoom: {
    says: () => ({}),
    in: there(),
    twice: 'NOT_JOINED',
    tells: all(
      ['producerClosed', 'producerClosed', 'peerLeft'],
      ['producerRemoved', 'producerRemoved', 'userLeft'],
      ['producerClosed', 'producerClosed'],
    ),
  },
  ...moderation,
  ping: { says: () => ({}), in: there({ connected: 'ok', left: 'ok' }), twice: 'ok' },
};

testConformance({
  documented: socketIoMessages(),
  table,
  home: 'equipped',
  setting: () => ({ enter: (state: State) => SocketIoCaller.enter(meeting, state), observe: meeting.observe }),
});

test('a payload whose fields are all optional may be left out, or be null', async () => {
  const cleo = await SocketIoCaller.enter(meeting, 'joined');
  expect(outcomeOf(await cleo.ask('getProducers'))).toBe('ok');
  expect(outcomeOf(await cleo.ask('getRouterRtpCapabilities', null))).toBe('ok');
  await cleo.part();
});

test('a call without a callback is carried out unanswered', async () => {
  const cleo = await SocketIoCaller.enter(meeting, 'joined');
  await meeting.observe();
  cleo.client.socket.emit('raiseHand', { raised: true });
  cleo.client.socket.emit('raiseHand', { raised: 'no' });
  expect(await cleo.heard()).toEqual(['participantUpdated']);
  expect((await meeting.observe()).heard.socketIo).toEqual(['participantUpdated']);
  await cleo.part();
});

function soundOf(ssrc: number) {
  return { ...microphone.rtpParameters, encodings: [{ ssrc }] };
}

function screen() {
  const { mid, ...rtpParameters } = camera.rtpParameters;
  return { kind: 'video', source: 'screen', rtpParameters: { ...rtpParameters, mid: `${mid}x` } };
}
