/** Desks as the gallery shows them. */
import type {
  CallView,
  ClientDeskView,
  DeskView,
  ProfessionalSessionView,
  AppointmentView,
} from '../../src-renderer/client/calls/view.ts';
import type { InvitationsView, InvitationView, Problem } from '../../src-renderer/client/view.ts';
import { fakeDevices, type DevicesOptions } from './fakes.svelte.ts';
import { portrait } from './portraits.ts';

export interface DeskScene {
  view: DeskView;
  invitations?: InvitationsView;
  devices?: DevicesOptions;
  press?: string[];
}

const nothing = () => undefined;
const MINUTE = 60_000;
const now = Date.now();
const at = (hours: number, minutes = 0) => new Date(now).setHours(hours, minutes, 0, 0);

function fakeCall(rest: Partial<CallView> = {}): CallView {
  return { name: null, state: 'connected', picture: portrait(1), sounds: [], since: now - 192_000, ...rest };
}

function client(rest: Partial<ClientDeskView>): DeskView {
  const desk: ClientDeskView = {
    phase: 'waiting',
    offline: false,
    problem: null,
    name: 'Mira Okafor',
    appointment: { id: 'a', title: 'Yearly check-up', startsAt: at(10, 15) },
    professional: { here: true, name: 'Dr. Ines Duarte' },
    waitingSince: now - 24_000,
    call: null,
    announce: nothing,
    hangUp: nothing,
    comeBack: nothing,
    retry: nothing,
    ...rest,
  };
  return { at: 'client', desk };
}

const row = (name: string, title: string, startsAt: number, rest: Partial<AppointmentView> = {}): AppointmentView => ({
  id: name,
  name,
  title,
  startsAt,
  state: 'expected',
  since: null,
  ...rest,
});

const ROWS: readonly AppointmentView[] = [
  row('Mira Okafor', 'Yearly check-up', at(10, 15), { state: 'waiting', since: now - 6 * MINUTE }),
  row('Tomas Berg', 'Results of the blood test', at(10, 45), { state: 'waiting', since: now - MINUTE }),
  row('Priya Nair', 'First visit', at(11, 30)),
  row('Jonas Lindqvist', 'Prescription', at(14)),
  row('Amina Diallo', 'Second opinion', at(9) + 24 * 60 * MINUTE),
  row('Walter Hahn', 'Follow-up', at(9, 30), { state: 'done' }),
];

function professional(rest: Partial<ProfessionalSessionView>): DeskView {
  const rows = rest.rows ?? ROWS;
  const desk: ProfessionalSessionView = {
    phase: 'open',
    problem: null,
    name: 'Dr. Ines Duarte',
    rows,
    call: null,
    next: rows.find(({ state }) => state === 'waiting') ?? null,
    note: null,
    join: nothing,
    hangUp: nothing,
    callNext: nothing,
    retry: nothing,
    ...rest,
  };
  return { at: 'professional', desk };
}

const refused = (problem: Problem): DeskView => ({ at: 'refused', problem });

const LINK = `https://192.168.1.24:7443/desk/3f9a2c1d#t=eyJhbGciOiJIUzI1NiJ9.${'e30x'.repeat(70)}&fp=3q2-7wq0Vd9sK2mYc8bXfZ1tRj4uHe6iLo5nPaGy0Qk`;

const invitation = (name: string, rest: Partial<InvitationView> = {}): InvitationView => ({
  id: name,
  role: 'client',
  name,
  appointment: { id: name, title: 'Yearly check-up', startsAt: at(10, 15) },
  over: null,
  uses: [],
  link: null,
  ...rest,
});

export function fakeInvitations(rest: Partial<InvitationsView> = {}): InvitationsView {
  return {
    all: [
      invitation('Mira Okafor', { link: LINK }),
      invitation('Tomas Berg', { uses: [{ userId: 't', userName: 'Tomas Berg', at: now - MINUTE }] }),
      invitation('Walter Hahn', { over: 'revoked' }),
      invitation('Dr. Ines Duarte', { role: 'professional', appointment: null }),
    ],
    problem: null,
    refresh: () => Promise.resolve(),
    create: () => Promise.resolve(LINK),
    revoke: () => Promise.resolve(),
    ...rest,
  };
}

const invitations = fakeInvitations();
export const DESKS: Readonly<Record<string, DeskScene>> = {
  'desk-checking': { view: { at: 'checking' } },
  'desk-refused': { view: refused({ code: 'NOT_FOUND' }) },
  'desk-no-link': { view: refused({ code: 'UNAUTHORIZED' }) },
  'desk-client-preparing': { view: client({ phase: 'preparing', waitingSince: null }), devices: { cameraOff: true } },
  'desk-client-denied': {
    view: client({ phase: 'preparing', waitingSince: null }),
    devices: { cameraProblem: 'denied', microphoneProblem: 'denied' },
  },
  'desk-client-waiting': { view: client({}) },
  'desk-client-early': { view: client({ professional: { here: false, name: 'Dr. Ines Duarte' } }) },
  'desk-client-offline': { view: client({ offline: true }) },
  'desk-client-call': { view: client({ phase: 'calling', call: fakeCall() }) },
  'desk-client-lost': { view: client({ phase: 'calling', call: fakeCall({ state: 'reconnecting' }) }) },
  'desk-client-over': { view: client({ phase: 'hung-up', waitingSince: null }) },
  'desk-client-elsewhere': { view: client({ phase: 'ended', problem: { code: 'REMOVED' } }) },
  'desk-list': { view: professional({}), invitations },
  'desk-list-plain': { view: professional({ note: { kind: 'hung-up', name: 'Walter Hahn' } }) },
  'desk-empty': { view: professional({ rows: [] }), invitations },
  'desk-offline': { view: professional({ phase: 'offline' }), invitations },
  'desk-new': { view: professional({}), invitations, press: ['text:New appointment'] },
  'desk-links': { view: professional({}), invitations, press: ['text:Personal links'] },
  'desk-devices': { view: professional({}), invitations, press: ['Microphone, camera, speaker'] },
  'desk-call': { view: professional({ call: fakeCall({ name: 'Priya Nair' }) }) },
  'desk-call-connecting': {
    view: professional({ call: fakeCall({ name: 'Priya Nair', state: 'connecting', picture: null, since: null }) }),
  },
  'desk-call-devices': {
    view: professional({ call: fakeCall({ name: 'Priya Nair' }) }),
    press: ['Microphone, camera, speaker', 'Choose the camera: Integrated Camera'],
  },
  'desk-call-people': {
    view: professional({ call: fakeCall({ name: 'Priya Nair' }) }),
    press: ['People, 2'],
  },
};

export const deskDevicesOf = (scene: DeskScene) => fakeDevices(scene.devices);
