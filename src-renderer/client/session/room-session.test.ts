/** The rules of a session that take exact moments: what it waits for, and what comes in between. All else is in e2e/client. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import { MeetingError } from '../problem.ts';
import { Media } from './fake-media.testing.ts';
import {
  JOINED,
  connection,
  heard,
  inside,
  lose,
  prepared,
  reconnect,
  session,
  setUp,
  settle,
  signaling,
  tearDown,
} from './testing.ts';

vi.mock('../signaling/api.ts', () => ({ roomInfo: () => Promise.resolve({ routerRtpCapabilities: {} }) }));
vi.mock('../media/media.ts', () => import('./fake-media.testing.ts'));
const { activate } = Media;

const UNANSWERED = new MeetingError('UNREACHABLE', 'The host does not answer.');
beforeEach(setUp);
afterEach(tearDown);

const endAndLose = () => {
  signaling.emit('roomClosed');
  lose();
};

it('sends when the host has answered, and the page has been told', async () => {
  await prepared();
  heard.joined.mockImplementationOnce(() => expect(activate).not.toHaveBeenCalled());
  const joining = session.join('Ana');
  await settle();
  expect([session.media.held, session.state]).toEqual([true, 'joining']);
  signaling.join.resolve(JOINED);
  await joining;
  expect(heard.joined).toHaveBeenCalledOnce();
  expect(session.media.held).toBe(false);
  expect(activate).toHaveBeenCalledOnce();
});

it('lets what is told wait for the first picture, and sends after it', async () => {
  await prepared();
  const { promise: picture, resolve: show } = Promise.withResolvers<undefined>();
  heard.admitted.mockReturnValueOnce(picture);
  const order: string[] = [];
  heard.joined.mockImplementationOnce(() => order.push('joined'));
  session.on('peer-joined', () => order.push('peer-joined'));
  const joining = session.join('Ana');
  await settle();
  signaling.join.resolve(JOINED);
  await joining;
  signaling.emit('peer-joined');
  // What the host offers meanwhile has to be asked for.
  expect([session.media.held, session.state]).toEqual([false, 'arriving']);
  expect(order).toEqual([]);
  expect(activate).not.toHaveBeenCalled();
  show(undefined);
  await settle();
  expect([...order, session.state]).toEqual(['joined', 'peer-joined', 'joined']);
  expect(activate).toHaveBeenCalledOnce();
});

it.each([
  ['is lost', lose, ['joined', 'lost']],
  ['has ended, and is lost', endAndLose, ['joined', 'ended']],
  ['is left', () => session.leave(), []],
] as const)('waits for no picture when the meeting %s', async (_, happens, expected) => {
  await prepared();
  heard.admitted.mockReturnValueOnce(new Promise(() => undefined));
  const joining = session.join('Ana');
  await settle();
  signaling.join.resolve(JOINED);
  await joining;
  happens();
  await vi.advanceTimersByTimeAsync(1000);
  const { joined, lost, ended } = heard;
  const told = Object.entries({ joined, lost, ended }).filter(([, { mock }]) => mock.calls.length > 0);
  expect(told.map(([name]) => name)).toEqual(expected);
});

it('asks to join when all that was offered is negotiated, and what came meanwhile', async () => {
  await prepared();
  const rounds = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const left = [...rounds];
  session.media.negotiated = () => left.shift()?.promise ?? null;
  void session.join('Ana');
  for (const { resolve } of rounds) {
    await settle();
    expect(signaling.joins).toHaveLength(0);
    resolve(undefined);
  }
  await settle();
  expect(signaling.joins).toHaveLength(1);
});

it('gives back the membership of a join that was not answered, and is ready to join again', async () => {
  await prepared();
  const refused = expect(session.join('Ana')).rejects.toMatchObject({ code: 'UNREACHABLE' });
  await settle();
  signaling.join.reject(UNANSWERED);
  await refused;
  await settle();
  expect(signaling.asked).toEqual(['joinRoom', 'leaveRoom', 'prepare']);
  expect(session.media.held).toBe(true);

  const again = session.join('Ana');
  await settle();
  signaling.join.resolve(JOINED);
  await again;
  expect(heard.joined).toHaveBeenCalledOnce();
  expect(heard.ended).not.toHaveBeenCalled();
});

it('does the same for someone who comes back', async () => {
  await inside();
  lose();
  await reconnect();
  signaling.join.reject(UNANSWERED);
  await settle();
  expect(signaling.asked).toEqual(['joinRoom', 'leaveRoom', 'joinRoom']);
  signaling.join.resolve(JOINED);
  await settle();
  expect(heard.joined).toHaveBeenCalledTimes(2);
  expect(session.media.absent).toBe(false);
});

it('asks for its own membership when it comes back', async () => {
  await inside();
  expect(signaling.join.payload).not.toHaveProperty('userId');
  lose();
  await reconnect();
  const { userId, sessionToken } = JOINED;
  expect(signaling.join.payload).toMatchObject({ userId, sessionToken, userName: 'Ana' });
});

it('joins anew when what was recovered is not in yet', async () => {
  await inside();
  lose();
  await reconnect();
  lose();
  signaling.join.reject(UNANSWERED);
  await settle();
  signaling.state = 'connected';
  connection.recovered({ network: false });
  await settle();
  expect(signaling.asked).toEqual(['joinRoom', 'leaveRoom', 'joinRoom']);
  expect(heard.recovered).not.toHaveBeenCalled();
});

it.each([
  ['first', () => prepared().then(() => void session.join('Ana'))],
  ['next', () => inside().then(lose).then(reconnect)],
])('makes its media anew after a %s join that a restart of the media came into', async (_, begin) => {
  await begin();
  await settle();
  signaling.emit('mediaRestarted');
  await settle();
  expect(signaling.asked).toEqual(['joinRoom']);
  signaling.join.resolve(JOINED);
  await settle();
  expect(signaling.asked).toEqual(['joinRoom', 'createProducerTransport', 'createConsumerTransport', 'consumeAll']);
  expect(session.media).toMatchObject({ absent: false, held: false });
});

it('prepares anew when a restart of the media refused the join', async () => {
  await prepared();
  const refused = expect(session.join('Ana')).rejects.toMatchObject({ code: 'MEDIA_RESTARTING' });
  await settle();
  signaling.emit('mediaRestarted');
  signaling.join.reject(new ProtocolError('MEDIA_RESTARTING', 'The host is restarting its media.'));
  await refused;
  await settle();
  expect(signaling.asked).toEqual(['joinRoom', 'prepare']);
  expect(session.media.held).toBe(true);
});
