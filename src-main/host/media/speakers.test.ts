import { beforeEach, expect, test } from 'vitest';
import { SpeakerState } from './speakers.ts';

const told: (string | null)[] = [];
const levels: unknown[] = [];
let speakers: SpeakerState;

beforeEach(() => {
  told.length = 0;
  levels.length = 0;
  speakers = new SpeakerState({
    activeSpeaker: (producerId) => told.push(producerId),
    audioLevels: (heard) => levels.push(heard),
  });
});

const heard = (...producerIds: string[]) =>
  speakers.levels(producerIds.map((producerId) => ({ producerId, dBov: -20 })));

test('a speaker is told when heard, and once', () => {
  speakers.dominant('a');
  expect(told).toEqual([]);
  heard('a');
  heard('a', 'b');
  expect(told).toEqual(['a']);
  expect(levels).toHaveLength(2);
});

test('silence is nobody speaking; the same speaker is told again after it', () => {
  speakers.dominant('a');
  heard('a');
  heard();
  heard('a');
  expect(told).toEqual(['a', null, 'a']);
  expect(levels[1]).toEqual([]);
});

test('another takes over', () => {
  heard('a');
  speakers.dominant('a');
  speakers.dominant('b');
  expect(told).toEqual(['a', 'b']);
});

test('a microphone that is closed speaks no more; another one closing changes nothing', () => {
  speakers.dominant('a');
  heard('a', 'b');
  speakers.ended('b');
  expect(told).toEqual(['a']);
  speakers.ended('a');
  expect(told).toEqual(['a', null]);
});
