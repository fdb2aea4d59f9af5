/** What is larger than a message may be: 256 KiB. */
import { once } from 'node:events';
import { expect, test } from '../fixtures/test.ts';
import { Attendee } from './clients/attendee.ts';
import { PlainWebSocketClient } from './clients/plain-websocket.ts';
import { SocketIoClient } from './clients/socket-io.ts';
import { Meeting, connected } from './meeting.ts';
import { outcomeOf } from './reply.ts';

const TOO_LARGE = 'x'.repeat(256 * 1024);
const LARGE = 'x'.repeat(255 * 1024);

let meeting: Meeting;

test.beforeAll(async ({ host }) => {
  meeting = await Meeting.gather(host.url);
});

test.afterAll(() => meeting.disperse());

/** That nobody in the meeting has noticed anything of it. */
async function expectUnnoticed(act: () => Promise<void>): Promise<void> {
  const { seen } = await meeting.observe();
  await act();
  expect(await meeting.observe()).toEqual({ seen, heard: { socketIo: [], http: [], plain: [] } });
}

test('/mediasoup: a frame over the limit ends the connection, one below it is answered', async () => {
  const cleo = await connected(meeting.host);
  await expectUnnoticed(async () => {
    expect(outcomeOf(await cleo.ask('joinRoom', { roomId: meeting.roomId, userName: LARGE }))).toBe('BAD_REQUEST');
    cleo.socket.emit('joinRoom', { roomId: meeting.roomId, userName: TOO_LARGE });
    await cleo.ended();
  });
});

test('/: a frame over the limit ends the connection, one below it is answered', async () => {
  const cleo = await SocketIoClient.connect(meeting.host, '/');
  if (!(cleo instanceof SocketIoClient)) throw new Error(cleo.message);
  expect(outcomeOf(await cleo.ask('join_room', { roomName: 'Lab', personName: LARGE }))).toBe('BAD_REQUEST');
  cleo.socket.emit('join_room', { roomName: 'Lab', personName: TOO_LARGE });
  await cleo.ended();
});

test('/ws: a frame over the limit ends the connection, one below it is answered', async () => {
  const cleo = await PlainWebSocketClient.connect(meeting.host);
  const closed = once(cleo.socket, 'close');
  await expectUnnoticed(async () => {
    expect(outcomeOf(await cleo.ask('join', { roomId: meeting.roomId, userName: LARGE }))).toBe('BAD_REQUEST');
    cleo.socket.send(JSON.stringify({ action: 'join', roomId: meeting.roomId, userName: TOO_LARGE }));
    // Message too big (RFC 6455, 7.4.1).
    expect((await closed)[0]).toBe(1009);
  });
});

test('the events: a frame over the limit ends the connection, and the place is kept', async () => {
  const cleo = new Attendee(meeting.host, meeting.http);
  await cleo.reserve(meeting.roomId, 'Cleo');
  await cleo.open();
  const closed = once(cleo.events, 'close');
  await expectUnnoticed(async () => {
    cleo.say({ event: 'producerPaused', id: LARGE });
    await cleo.inbox.next('error');
  });
  cleo.say({ event: 'producerPaused', id: TOO_LARGE });
  expect((await closed)[0]).toBe(1009);
  await cleo.open();
  await cleo.leave();
});

test('HTTP: a body over the limit is refused', async () => {
  await expectUnnoticed(async () => {
    const asked = [
      ['/api/rooms', { hostName: TOO_LARGE }],
      ['/api/validate-link', { token: TOO_LARGE }],
      ['/api/media/rooms/createAttendee', { room: meeting.roomId, user: TOO_LARGE }],
    ] as const;
    for (const [path, input] of asked) {
      const { status, reply } = await meeting.http.ask('POST', path, { input });
      expect([path, status, outcomeOf(reply)]).toEqual([path, 400, 'BAD_REQUEST']);
    }
  });
});
