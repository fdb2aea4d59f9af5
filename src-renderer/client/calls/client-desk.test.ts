import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Devices } from '../devices/devices.svelte.ts';
import type { FakeMediaDevices } from '../devices/testing.ts';
import { ClientDesk } from './client-desk.svelte.ts';
import {
  FakeConnections,
  FakeDeskSignaling,
  answer,
  appointment,
  clientInvite,
  fakeComputer,
  platform,
} from './testing.ts';

let devices: Devices;
let media: FakeMediaDevices;
let line: FakeDeskSignaling;
let connections: FakeConnections;
let desk: ClientDesk;

beforeEach(() => {
  vi.useFakeTimers();
  ({ devices, media } = fakeComputer());
  line = new FakeDeskSignaling();
  connections = new FakeConnections();
});

afterEach(() => {
  desk.close();
  sessionStorage.clear();
  vi.useRealTimers();
});

/** Microtasks, and what is due within this time, ms. */
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

/** Opens the link. */
async function open(): Promise<void> {
  const { connect } = line;
  desk = new ClientDesk({ invite: clientInvite, devices, platform, connect, make: connections.make });
  line.come();
  await settle();
}

/** Opens the link and presses the button. */
async function come(): Promise<void> {
  await open();
  desk.announce();
  await settle();
}

async function beCalled(): Promise<void> {
  await come();
  line.tell('professional', { here: true, name: 'Dr. Okafor' });
  line.tell('answerResponse', { answer, appointmentId: appointment.id });
  await settle();
  connections.latest.become('connected');
}

it('offers nothing before the person has pressed the button, though camera and microphone are on', async () => {
  await open();
  expect(devices.camera.track).not.toBeNull();
  await settle(60_000);
  expect([desk.phase, line.asked]).toEqual(['preparing', []]);
  desk.announce();
  await settle();
  expect([desk.phase, line.count('newOffer')]).toEqual(['waiting', 1]);
  connections.latest.gather('here');
  expect(line.asked.at(-1)).toMatchObject({ name: 'iceToServer', payload: { candidate: { candidate: 'here' } } });
});

it('offers without a camera where there is none', async () => {
  media.failing.video = 'NotFoundError';
  await come();
  expect([desk.phase, line.count('newOffer')]).toEqual(['waiting', 1]);
});

it('goes on after a reload, but not in another tab or after hanging up', async () => {
  await come();
  desk.close();
  line = new FakeDeskSignaling();
  await open();
  expect([desk.phase, line.count('newOffer')]).toEqual(['waiting', 1]);
  desk.hangUp();
  desk.close();
  line = new FakeDeskSignaling();
  await open();
  expect([desk.phase, line.count('newOffer')]).toEqual(['preparing', 0]);
});

it('is in the call once it is answered, and says since when', async () => {
  await come();
  line.tell('professional', { here: true, name: 'Dr. Okafor' });
  expect(desk.call).toBeNull();
  line.tell('answerResponse', { answer, appointmentId: appointment.id });
  line.tell('iceToClient', { candidate: { candidate: 'there' }, appointmentId: appointment.id });
  await settle();
  expect(desk.call).toMatchObject({ name: 'Dr. Okafor', state: 'connecting', since: null });
  connections.latest.receive('video');
  connections.latest.receive('audio');
  connections.latest.become('connected');
  expect(desk.call).toMatchObject({ state: 'connected', since: Date.now() });
  expect(desk.call?.picture).not.toBeNull();
  expect(desk.call?.sounds).toHaveLength(1);
  expect(connections.latest.candidates).toEqual([{ candidate: 'there' }]);
});

it('offers the same connection again when the way is lost for a moment', async () => {
  await beCalled();
  connections.latest.become('disconnected');
  await settle();
  expect(desk.call?.state).toBe('reconnecting');
  expect([connections.all.length, connections.latest.restarts, line.count('newOffer')]).toEqual([1, 1, 2]);
});

it('offers another connection when the way is lost for good', async () => {
  await beCalled();
  connections.latest.become('failed');
  await settle(1000);
  expect([connections.all.length, line.count('newOffer')]).toEqual([2, 2]);
  expect(desk.phase).toBe('calling');
  line.tell('answerResponse', { answer, appointmentId: appointment.id });
  connections.latest.become('connected');
  expect(desk.call?.state).toBe('connected');
});

it('waits for a professional who has gone, and offers again when they are back', async () => {
  await beCalled();
  line.tell('professional', { here: false });
  connections.latest.become('disconnected');
  await settle(60_000);
  expect(line.count('newOffer')).toBe(1);
  line.tell('professional', { here: true });
  await settle();
  expect([connections.all.length, line.count('newOffer')]).toEqual([2, 2]);
});

it('offers again to a host that was lost meanwhile, but leaves a call that goes on alone', async () => {
  await come();
  line.lose();
  expect(desk.offline).toBe(true);
  line.come();
  await settle();
  expect([desk.offline, line.count('newOffer')]).toEqual([false, 2]);
  line.tell('answerResponse', { answer, appointmentId: appointment.id });
  connections.latest.become('connected');
  line.lose();
  line.come();
  await settle();
  expect(line.count('newOffer')).toBe(2);
});

it('closes the camera when somebody hangs up, and waits again when the client comes back', async () => {
  await beCalled();
  line.tell('hungUp', { appointmentId: appointment.id });
  expect([desk.phase, desk.call, devices.camera.track]).toEqual(['hung-up', null, null]);
  expect(line.count('hangUp')).toBe(0);
  desk.comeBack();
  await settle();
  expect([desk.phase, line.count('newOffer')]).toEqual(['waiting', 2]);
  desk.hangUp();
  expect([desk.phase, line.count('hangUp')]).toEqual(['hung-up', 1]);
});

it('ends where its place was taken or its link is no longer good', async () => {
  await come();
  line.tell('removed', { reason: 'Elsewhere.' });
  expect([desk.phase, desk.problem?.code, line.state, devices.camera.track]).toEqual([
    'ended',
    'REMOVED',
    'closed',
    null,
  ]);
  desk.close();
  line = new FakeDeskSignaling();
  await come();
  line.refuse('NOT_FOUND');
  expect([desk.phase, desk.problem?.code]).toEqual(['ended', 'NOT_FOUND']);
});
