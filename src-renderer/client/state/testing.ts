/** Participants, producers and tracks as the host would describe them, for tests of the stores. */
import type { Participant, Producer, Source } from '../../../src-shared/protocol/index.ts';
import { FakeTrack } from '../devices/testing.ts';
import type { Received } from '../media/subscriptions.ts';

export const person = (userId: string, more: Partial<Participant> = {}): Participant => ({
  socketId: `socket-${userId}`,
  userId,
  userName: userId,
  role: 'participant',
  isHost: false,
  hand: false,
  connection: 'ok',
  ...more,
});

export const producer = (userId: string, source: Source, more: Partial<Producer> = {}): Producer => ({
  producerId: `${userId}-${source}`,
  socketId: `socket-${userId}`,
  userId,
  userName: userId,
  kind: source.startsWith('screen-') || source === 'microphone' ? 'audio' : 'video',
  source,
  paused: false,
  ...more,
});

const track = (kind: 'audio' | 'video') =>
  new FakeTrack(kind, { deviceId: 'remote', label: 'remote' }) as unknown as MediaStreamTrack;

export const video = (producerId: string, more: Partial<Received> = {}): Received => ({
  ...{ producerId, track: track('video'), layers: 3, paused: false },
  ...more,
});

export const sound = (producerId: string): Received => {
  return { producerId, track: track('audio'), layers: 1, paused: false };
};
