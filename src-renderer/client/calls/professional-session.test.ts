import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Devices } from '../devices/devices.svelte.ts';
import { emptyStorage } from '../devices/testing.ts';
import { DeskMemory } from './desk-memory.ts';
import { ProfessionalSession } from './professional-session.svelte.ts';
import { FakeConnections, FakeDeskSignaling, fakeComputer, offerOf, platform, professionalInvite } from './testing.ts';

let devices: Devices;
let line: FakeDeskSignaling;
let connections: FakeConnections;
let storage: Storage;
let desk: ProfessionalSession;

const ada = { id: 'ada-1', title: 'Check-up', startsAt: 2000 };
const bo = { id: 'bo-1', title: 'Results', startsAt: 1000 };
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  ({ devices } = fakeComputer());
  storage = emptyStorage();
  open();
});

afterEach(() => {
  desk.close();
  vi.useRealTimers();
});

/** The page is loaded. */
function open(): void {
  line = new FakeDeskSignaling();
  connections = new FakeConnections();
  const memory = new DeskMemory('desk', () => storage);
  const { connect } = line;
  desk = new ProfessionalSession({
    invite: professionalInvite,
    devices,
    platform,
    connect,
    make: connections.make,
    memory,
  });
  line.come();
}

/** Who waits, of the two. */
function expectClients({ waiting }: { waiting: readonly string[] }): void {
  const row = (appointment: typeof ada, name: string, since: number) => ({
    ...appointment,
    name,
    waiting: waiting.includes(appointment.id),
    ...(waiting.includes(appointment.id) && { since }),
  });
  line.tell('apptData', { appointments: [row(ada, 'Ada', 10), row(bo, 'Bo', 20)] });
}

function offers(appointment: typeof ada, session: number, version = 1): void {
  const offer = offerOf(session, version);
  line.tell('newOfferWaiting', { offer, offerId: `o-${session}-${version}`, appointment });
}

async function joinAda(): Promise<void> {
  expectClients({ waiting: [ada.id, bo.id] });
  offers(ada, 1);
  offers(bo, 2);
  desk.join(ada.id);
  await settle();
  connections.latest.become('connected');
  expectClients({ waiting: [bo.id] });
}

const states = () => desk.rows.map(({ id, state }) => `${id} ${state}`);

it('lists who waits first, each appointment once', () => {
  expectClients({ waiting: [] });
  expect(states()).toEqual(['bo-1 expected', 'ada-1 expected']);
  expectClients({ waiting: [ada.id] });
  expectClients({ waiting: [ada.id] });
  expect(states()).toEqual(['ada-1 waiting', 'bo-1 expected']);
  expect(desk.next).toMatchObject({ id: ada.id, since: 10 });
  expectClients({ waiting: [ada.id, bo.id] });
  expect(states()).toEqual(['ada-1 waiting', 'bo-1 waiting']);
});

it('answers whom it joins, with what they have said of their addresses', async () => {
  await joinAda();
  const newAnswer = line.asked.find(({ name }) => name === 'newAnswer');
  expect(newAnswer?.payload).toMatchObject({ appointmentId: ada.id, offerId: 'o-1-1', answer: { type: 'answer' } });
  line.tell('iceToClient', { candidate: { candidate: 'late' }, appointmentId: ada.id });
  line.tell('iceToClient', { candidate: { candidate: 'of Bo' }, appointmentId: bo.id });
  expect(connections.latest.candidates).toEqual([{ candidate: 'early' }, { candidate: 'late' }]);
  expect(desk.call).toMatchObject({ name: 'Ada', state: 'connected' });
  expect(states()).toEqual(['ada-1 calling', 'bo-1 waiting']);
  expect(devices.camera.track).not.toBeNull();
});

it('goes on with the same connection when its client looks for a new way, and with another after a reload', async () => {
  await joinAda();
  offers(ada, 1, 2);
  await settle();
  expect([connections.all.length, line.count('newAnswer')]).toEqual([1, 2]);
  offers(ada, 7);
  await settle();
  expect([connections.all.length, line.count('newAnswer')]).toEqual([2, 3]);
  expect(connections.all[0]?.closed).toBe(true);
  offers(bo, 8);
  await settle();
  expect(line.count('newAnswer')).toBe(3);
});

it('hangs up, and goes to who waits longest', async () => {
  await joinAda();
  desk.callNext();
  await settle();
  expect(line.asked.filter(({ name }) => name === 'hangUp')).toMatchObject([{ payload: { appointmentId: ada.id } }]);
  expect(desk.call?.name).toBe('Bo');
  expect(states()).toEqual(['bo-1 calling', 'ada-1 done']);
  expect(devices.camera.track).not.toBeNull();
  desk.callNext();
  expect([desk.call, devices.camera.track]).toEqual([null, null]);
});

it('says when the client has hung up', async () => {
  await joinAda();
  line.tell('hungUp', { appointmentId: bo.id });
  expect(desk.call).not.toBeNull();
  line.tell('hungUp', { appointmentId: ada.id });
  expect([desk.call, desk.note]).toEqual([null, { kind: 'hung-up', name: 'Ada' }]);
  expect(states()).toContain('ada-1 done');
});

it.each([
  ['NOT_FOUND', { kind: 'gone', name: 'Ada' }],
  ['BAD_REQUEST', { kind: 'failed', name: 'Ada' }],
  ['CONFLICT', null],
] as const)('of an answer refused with %s says %j', async (code, note) => {
  line.refusals.set('newAnswer', new ProtocolError(code, ''));
  expectClients({ waiting: [ada.id] });
  offers(ada, 1);
  desk.join(ada.id);
  await settle();
  expect(desk.note).toEqual(note);
  expect(desk.call === null).toBe(note !== null);
});

it('joins nobody who has not offered, and nobody beside whom it is with', async () => {
  expectClients({ waiting: [ada.id] });
  desk.join(ada.id);
  expect(desk.call).toBeNull();
  await joinAda();
  desk.join(bo.id);
  expect(desk.call?.name).toBe('Ada');
});

it('goes on with its call after a reload, for a while', async () => {
  await joinAda();
  open();
  expectClients({ waiting: [ada.id] });
  offers(ada, 9);
  await settle();
  expect(desk.call?.name).toBe('Ada');

  open();
  await vi.advanceTimersByTimeAsync(31_000);
  expectClients({ waiting: [ada.id] });
  offers(ada, 10);
  expect(desk.call).toBeNull();
});

it('remembers who is done after a reload', async () => {
  await joinAda();
  desk.hangUp();
  open();
  expectClients({ waiting: [] });
  expect(states()).toEqual(['bo-1 expected', 'ada-1 done']);
});

it('ends where its place was taken', () => {
  line.lose();
  expect(desk.phase).toBe('offline');
  line.tell('removed', { reason: 'Elsewhere.' });
  expect([desk.phase, desk.problem?.code, line.state]).toEqual(['ended', 'REMOVED', 'closed']);
});
