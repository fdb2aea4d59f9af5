/** The rules of waiting in the lobby, and of coming back after a removal, that take exact moments. All else is in e2e/client. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import {
  JOINED,
  begin,
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

beforeEach(setUp);
afterEach(tearDown);

describe('who has to wait', () => {
  const mustWait = new ProtocolError('WAITING', 'Wait until somebody lets you in.');

  async function waiting(): Promise<void> {
    await prepared();
    const joining = session.join('Ana');
    await settle();
    signaling.join.reject(mustWait);
    await joining;
    expect([session.state, heard.waiting.mock.calls.length]).toEqual(['lobby', 1]);
    signaling.asked.length = 0;
  }

  it('makes their media when they are admitted, which they had none of in the lobby', async () => {
    await waiting();
    expect(session.media.absent).toBe(true);
    signaling.emit('admitted', JOINED);
    await settle();
    expect([session.state, session.media.absent, signaling.asked]).toEqual(['joined', false, []]);
    signaling.emit('admitted', JOINED);
    await settle();
    expect(heard.joined).toHaveBeenCalledOnce();
  });

  it('asks for it all where the host had no time to', async () => {
    await waiting();
    const { userId, sessionToken } = JOINED;
    signaling.emit('admitted', { userId, sessionToken });
    await settle();
    expect(signaling.asked).toEqual(['createProducerTransport', 'createConsumerTransport', 'consumeAll']);
  });

  it('is in though the answer that they have to wait comes after they were admitted', async () => {
    await prepared();
    const joining = session.join('Ana');
    await settle();
    signaling.emit('admitted', JOINED);
    signaling.join.reject(mustWait);
    await joining;
    expect([session.state, heard.waiting.mock.calls.length]).toEqual(['joined', 0]);
  });

  it.each([
    ['lost', () => reconnect()],
    [
      'recovered',
      () => {
        connection.recovered({ network: false });
        return settle();
      },
    ],
  ])('asks again when the connection was %s', async (_, back) => {
    await waiting();
    lose();
    expect(session.state).toBe('lobby');
    signaling.state = 'connected';
    await back();
    await settle();
    signaling.join.reject(mustWait);
    await settle();
    expect([session.state, heard.waiting.mock.calls.length]).toEqual(['lobby', 2]);
    expect(signaling.join.payload).toMatchObject({ userName: 'Ana', transports: true });
  });

  it('goes on asking when asking fails for what passes, and stands before the room when it is locked', async () => {
    await waiting();
    lose();
    await reconnect();
    signaling.join.reject(new ProtocolError('RATE_LIMITED', 'Slower.'));
    await vi.advanceTimersByTimeAsync(1000);
    expect([session.state, signaling.joins.length]).toEqual(['lobby', 3]);
    signaling.join.reject(new ProtocolError('LOCKED', 'It is locked.'));
    await settle();
    expect(session.state).toBe('ready');
    expect(heard.ready).toHaveBeenLastCalledWith(expect.objectContaining({ code: 'LOCKED' }));
  });

  it('is told when they are denied', async () => {
    await waiting();
    signaling.emit('denied', { reason: 'No.' });
    expect([session.state, heard.ended.mock.lastCall?.[0]]).toEqual([
      'left',
      expect.objectContaining({ code: 'DENIED' }),
    ]);
  });
});

it('comes as somebody new when their membership was ended by a removal', async () => {
  await inside();
  session.leave();
  const removed = new ProtocolError('FORBIDDEN', 'You were removed.');
  const shown: object[] = [];
  const { request } = signaling;
  signaling.request = (name, payload) => {
    shown.push(payload);
    return 'sessionToken' in payload ? Promise.reject(removed) : request(name, payload);
  };
  signaling.state = 'connected';
  begin(signaling);
  connection.connected();
  await settle();
  expect(shown).toEqual([
    expect.objectContaining({ sessionToken: JOINED.sessionToken }),
    expect.not.objectContaining({ sessionToken: JOINED.sessionToken }),
  ]);
  expect(heard.ready).toHaveBeenLastCalledWith(null);
});

it('is told that they were removed while they were away', async () => {
  await inside();
  lose();
  await reconnect();
  signaling.join.reject(new ProtocolError('FORBIDDEN', 'You were removed.'));
  await settle();
  expect(heard.ended.mock.lastCall?.[0]).toMatchObject({ code: 'REMOVED' });
});
