/** Every call of the HTTP media API, good and bad, in every state. */
import { once } from 'node:events';
import * as v from 'valibot';
import { expect, test } from '../fixtures/test.ts';
import { Attendee } from './clients/attendee.ts';
import { type Caller, type Entry, testConformance } from './conformance.ts';
import { mediaApiMessages } from './documents.ts';
import { Meeting, names } from './meeting.ts';
import { Failure, type Fields, type Outcome, fieldsOf, text } from './reply.ts';
import { NOBODYS, dtlsParameters, microphone, noCapabilities, rtpCapabilities } from './rtp.ts';

/** `reserved`: with a token, the events not open; `present`: with the events open, sending and receiving. */
type State = 'stranger' | 'reserved' | 'present' | 'left';

const documented = mediaApiMessages();
const METHODS = new Map(documented.map(({ name, method }) => [name, method]));

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
  readonly attendee = new Attendee(meeting.host, meeting.http);
  producer = NOBODYS;
  consumer = NOBODYS;

  static async enter(state: State): Promise<Cleo> {
    const cleo = new Cleo();
    const { attendee } = cleo;
    if (state === 'stranger') return cleo;
    await attendee.reserve(meeting.roomId, 'Cleo');
    if (state === 'reserved') return cleo;
    await attendee.open();
    cleo.producer = text(fieldsOf(await attendee.ask('createProducer', { ...microphone, type: 'microphone' })), 'id');
    const consumer = { producerId: meeting.adas.camera, rtpCapabilities, paused: true };
    cleo.consumer = text(fieldsOf(await attendee.ask('createConsumer', consumer)), 'id');
    if (state === 'left') await attendee.leave();
    return cleo;
  }

  ask = (name: string, input?: unknown) => this.attendee.ask(name, input, METHODS.get(name));

  async heard(): Promise<readonly string[]> {
    await this.attendee.settled();
    return names(this.attendee);
  }

  part = () => this.attendee.leave();
}

type Row = Entry<State, Cleo>;

const anybody: Record<State, Outcome> = { stranger: 'ok', reserved: 'ok', present: 'ok', left: 'ok' };
const attendees = (reserved: Outcome): Record<State, Outcome> => ({
  stranger: 'UNAUTHORIZED',
  reserved,
  present: 'ok',
  left: 'UNAUTHORIZED',
});

let rooms = 0;

const table: Record<string, Row> = {
  createRoom: {
    says: () => ({ name: 'Ward', room: `ward-${++rooms}` }),
    in: anybody,
    twice: 'CONFLICT',
    others: {
      'of an id that is taken': { says: () => ({ name: 'Ward', room: meeting.roomId }), answer: 'CONFLICT' },
      'of an id with a slash': { says: () => ({ name: 'Ward', room: 'a/b' }), answer: 'BAD_REQUEST' },
    },
  },
  exists: {
    says: () => ({ room: meeting.roomId }),
    in: anybody,
    twice: 'ok',
    anyText: ['key'],
    others: { 'of one that is not there': { says: () => ({ room: 'nowhere' }), answer: 'ok' } },
  },
  createAttendee: {
    says: () => ({ room: meeting.roomId, user: 'Cleo' }),
    in: anybody,
    twice: 'ok',
    others: {
      'of a room that is not there': { says: () => ({ room: 'nowhere', user: 'Cleo' }), answer: 'NOT_FOUND' },
      'with the host token of another room': {
        says: () => ({ room: meeting.roomId, user: 'Cleo', token: elsewhere.hostToken }),
        answer: 'NOT_FOUND',
      },
    },
  },
  connectSender: { says: () => ({ dtlsParameters }), in: attendees('ok'), twice: 'CONFLICT' },
  connectReceiver: { says: () => ({ dtlsParameters }), in: attendees('ok'), twice: 'CONFLICT' },
  createProducer: {
    says: () => ({
      kind: 'audio',
      type: 'screenAudio',
      rtpParameters: { ...microphone.rtpParameters, encodings: [{ ssrc: 22_222_222 }] },
    }),
    in: attendees('ok'),
    twice: 'BAD_REQUEST',
    tells: { socketIo: ['newProducer'], http: ['producerAdded'], plain: ['newProducer'] },
    others: {
      'of a type that is another kind': { says: () => ({ ...microphone, type: 'camera' }), answer: 'BAD_REQUEST' },
      'of a type this API does not have': {
        says: () => ({ ...microphone, type: 'screen-audio' }),
        answer: 'BAD_REQUEST',
      },
    },
  },
  producers: { says: () => ({}), in: attendees('ok'), twice: 'ok' },
  createConsumer: {
    says: () => ({ producerId: meeting.adas.microphone, rtpCapabilities }),
    in: attendees('ok'),
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
  resumeConsumer: {
    says: ({ consumer }) => ({ id: consumer }),
    in: attendees('NOT_FOUND'),
    twice: 'ok',
    others: {
      'of somebody else': { says: () => ({ id: meeting.adas.consumer }), answer: 'NOT_FOUND' },
      'of nobody': { says: () => ({ id: NOBODYS }), answer: 'NOT_FOUND' },
    },
  },
  attendees: { says: () => ({}), in: attendees('NOT_JOINED'), twice: 'ok' },
  leave: {
    says: () => ({}),
    in: attendees('ok'),
    twice: 'UNAUTHORIZED',
    tells: {
      socketIo: ['producerClosed', 'peerLeft'],
      http: ['producerRemoved', 'userLeft'],
      plain: ['producerClosed'],
    },
  },
};

testConformance({
  documented,
  table,
  home: 'present',
  unknown: 'NOT_FOUND',
  setting: () => ({ enter: (state: State) => Cleo.enter(state), observe: meeting.observe }),
});

test.describe('over the events', () => {
  const errorOf = ({ error }: Fields) => v.parse(Failure, error).code;

  const said: Record<string, (cleo: Cleo) => [message: unknown, answer: 'NOT_FOUND' | 'BAD_REQUEST']> = {
    'removing somebody else’s': () => [{ event: 'producerRemoved', id: meeting.adas.microphone }, 'NOT_FOUND'],
    'pausing somebody else’s': () => [{ event: 'producerPaused', id: meeting.adas.microphone }, 'NOT_FOUND'],
    'resuming another room’s': () => [{ event: 'producerResumed', id: elsewhere.adas.camera }, 'NOT_FOUND'],
    'removing nobody’s': () => [{ event: 'producerRemoved', id: NOBODYS }, 'NOT_FOUND'],
    'no id': () => [{ event: 'producerPaused' }, 'BAD_REQUEST'],
    'an id of a wrong type': () => [{ event: 'producerPaused', id: 7 }, 'BAD_REQUEST'],
    'an unknown event': ({ producer }) => [{ event: 'producerAdded', id: producer }, 'BAD_REQUEST'],
    'no object': () => [7, 'BAD_REQUEST'],
    'no JSON': () => ['{', 'BAD_REQUEST'],
    'a binary message': () => [Buffer.from('{}'), 'BAD_REQUEST'],
  };

  for (const [what, message] of Object.entries(said)) {
    test(what, async () => {
      const cleo = await Cleo.enter('present');
      const { seen } = await meeting.observe();
      await cleo.heard();
      const [sent, answer] = message(cleo);
      const raw = typeof sent === 'string' || Buffer.isBuffer(sent) ? sent : JSON.stringify(sent);
      cleo.attendee.events.send(raw);
      expect(errorOf(await cleo.attendee.inbox.next('error'))).toBe(answer);
      expect(await meeting.observe()).toEqual({ seen, heard: { socketIo: [], http: [], plain: [] } });
      await cleo.part();
    });
  }

  test('one’s own are paused, resumed and removed, and everyone is told', async () => {
    const cleo = await Cleo.enter('present');
    const id = cleo.producer;
    await meeting.observe();
    await cleo.heard();
    for (const event of ['producerPaused', 'producerResumed', 'producerRemoved']) {
      cleo.attendee.say({ event, id });
      await cleo.attendee.inbox.next(event, (told) => told['id'] === id);
    }
    const { heard } = await meeting.observe();
    expect(heard).toEqual({
      socketIo: ['producerPaused', 'producerResumed', 'producerClosed'],
      http: ['producerPaused', 'producerResumed', 'producerRemoved'],
      plain: ['producerClosed'],
    });
    cleo.attendee.say({ event: 'producerRemoved', id });
    expect(errorOf(await cleo.attendee.inbox.next('error'))).toBe('NOT_FOUND');
    await cleo.part();
  });

  test('a second socket takes the place of the first, which is told so', async () => {
    const cleo = await Cleo.enter('present');
    const { events } = cleo.attendee;
    const closed = once(events, 'close');
    await meeting.observe();
    await cleo.attendee.open();
    expect((await closed)[0]).toBe(4000);
    expect((await meeting.observe()).heard).toEqual({ socketIo: [], http: [], plain: [] });
    await cleo.part();
  });
});
