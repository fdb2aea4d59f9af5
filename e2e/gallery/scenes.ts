/** Every state worth a picture, by name. */
import type { ComponentProps } from 'svelte';
import { fakeDevices, fakeMeeting, fakeMessages, type DevicesOptions, type MeetingOptions } from './fakes.svelte.ts';
import type Home from '../../src-renderer/screens/home/Home.svelte';
import type { NearbyComputers } from '../../src-shared/ipc.ts';
import { fingerprintWords } from '../../src-shared/words.ts';
import type { RecentRoom } from '../../src-renderer/client/index.ts';

const HOUR = 3_600_000;

const recent: readonly RecentRoom[] = [
  ['Season plan', 'Jonas Lindqvist’s computer', 20 * HOUR],
  ['Mira’s room', 'Mira’s laptop', 60 * HOUR],
  ['Lab review', 'Ines Duarte’s computer', 300 * HOUR],
].map(([name, hostName, ago], index) => ({
  roomId: `3f9a2c1${index}`,
  name: String(name),
  hostName: String(hostName),
  origin: 'https://192.168.1.24:7443',
  fingerprint: null,
  at: Date.now() - Number(ago),
}));

const host = { name: 'Mira’s laptop', version: '0.1.0', fingerprint: 'x', mayCreateRooms: true };
export const invite = { origin: 'https://192.168.1.24:7443', roomId: '3f9a2c1d' };

export type HomeScene = Pick<ComponentProps<typeof Home>, 'host' | 'recent' | 'clipboard'> &
  Partial<Pick<ComponentProps<typeof Home>, 'nearby'>>;

export interface RoomScene {
  meeting: MeetingOptions;
  devices?: DevicesOptions;
  /** What is pressed before the picture is taken: accessible names of buttons, in order, or keys like `key:c`. */
  press?: string[];
  pinned?: boolean;
  opened?: boolean;
}

const nearbyHost = (name: string, letter: string, sharesName = false) => ({
  name,
  fingerprint: letter.repeat(43),
  words: fingerprintWords(letter.repeat(43)),
  addresses: ['192.168.1.31:7443'],
  sharesName,
  known: false,
  rooms: null,
});
const hosts = [
  {
    ...nearbyHost('Tomas Berg’s computer', 'T'),
    rooms: [{ knockId: 'a', name: 'Morning round', participants: 4, locked: false }],
  },
  {
    ...nearbyHost('Ines Duarte’s computer', 'I'),
    rooms: [
      { knockId: 'b', name: 'Lab review', participants: 7, locked: true },
      { knockId: 'c', locked: false },
    ],
  },
  nearbyHost('Reading room', 'R'),
];
const nearby = (found: NearbyComputers) => ({
  found,
  discovery: { announce: true, look: true },
  choose: () => Promise.resolve(),
});

export const HOMES: Readonly<Record<string, HomeScene>> = {
  home: { host, recent, clipboard: invite },
  'home-empty': { host, recent: [], clipboard: null },
  'home-guest': { host: { ...host, mayCreateRooms: false }, recent, clipboard: null },
  'home-nearby': { host, recent, clipboard: null, nearby: nearby({ hasNetwork: true, hosts }) },
  'home-nearby-empty': { host, recent: [], clipboard: null, nearby: nearby({ hasNetwork: true, hosts: [] }) },
  'home-nearby-twins': {
    ...{ host, recent: [], clipboard: null },
    nearby: nearby({
      hasNetwork: true,
      hosts: ['T', 'B'].map((key) => nearbyHost('Tomas Berg’s computer', key, true)),
    }),
  },
  'home-silent': { host: 'silent', recent, clipboard: null },
};

const chat = { messages: fakeMessages(), firstUnread: 'm7' };

export const ROOMS: Readonly<Record<string, RoomScene>> = {
  prejoin: { meeting: { people: 1, phase: 'ready' }, pinned: true },
  'prejoin-words': { meeting: { people: 1, phase: 'ready' } },
  'prejoin-looking': { meeting: { people: 1, phase: 'preparing' } },
  'prejoin-camera-off': { meeting: { people: 1, phase: 'ready' }, devices: { cameraOff: true, muted: true } },
  'prejoin-in-use': { meeting: { people: 1, phase: 'ready' }, devices: { cameraProblem: 'in-use' }, pinned: true },
  'prejoin-refused': { meeting: { people: 1, phase: 'ready' }, devices: { cameraRefused: true }, pinned: true },
  'prejoin-denied': {
    meeting: { people: 1, phase: 'ready', problem: { code: 'LOCKED' } },
    devices: { cameraProblem: 'denied', microphoneProblem: 'denied' },
  },
  'prejoin-menu': { meeting: { people: 1, phase: 'ready' }, press: ['Choose the microphone: Yeti Nano'] },
  'prejoin-passcode': { meeting: { people: 1, phase: 'ready', admission: { needsPasscode: true } } },
  'prejoin-passcode-wrong': {
    meeting: { people: 1, phase: 'ready', admission: { needsPasscode: true, wrongPasscode: true } },
    pinned: true,
  },
  'prejoin-lobby': {
    meeting: { people: 1, phase: 'ready', uncounted: true, admission: { needsAdmission: true } },
    pinned: true,
  },
  'prejoin-locked': {
    meeting: { people: 1, phase: 'ready', room: { locked: true }, problem: { code: 'LOCKED' } },
    pinned: true,
  },
  waiting: {
    meeting: { people: 1, phase: 'waiting', admission: { waitingSince: Date.now() - 24_000 } },
  },
  'waiting-nobody': {
    meeting: { people: 1, phase: 'waiting', admission: { waitingSince: Date.now() - 124_000, hostPresent: false } },
  },
  'ended-denied': { meeting: { people: 1, phase: 'ended', problem: { code: 'DENIED' } } },
  'ended-removed': { meeting: { people: 1, phase: 'ended', problem: { code: 'REMOVED' } } },
  'ended-left': { meeting: { people: 1, phase: 'ended' } },
  'ended-not-found': { meeting: { people: 1, phase: 'ended', problem: { code: 'NOT_FOUND' } } },
  'ended-unreachable': { meeting: { people: 1, phase: 'ended', problem: { code: 'UNREACHABLE' } } },
  'ended-closed': { meeting: { people: 1, phase: 'ended', problem: { code: 'CLOSED' } } },
  'meeting-1': { meeting: { people: 1 } },
  'meeting-2': { meeting: { people: 2 } },
  'meeting-3': { meeting: { people: 3 } },
  'meeting-5': { meeting: { people: 5, ...chat } },
  'meeting-6': { meeting: { people: 6, ...chat } },
  'meeting-9': { meeting: { people: 9 } },
  'meeting-16': { meeting: { people: 16 } },
  'meeting-25': { meeting: { people: 25 } },
  'meeting-80': { meeting: { people: 80 } },
  'invite-opened': { meeting: { people: 1 }, opened: true },
  share: { meeting: { people: 6, sharing: [2], ...chat }, press: ['key:c'] },
  'share-plain': { meeting: { people: 6, sharing: [2] } },
  'share-two': { meeting: { people: 9, sharing: [2, 1] } },
  'share-own': { meeting: { people: 5, ownShare: true } },
  'share-own-two': { meeting: { people: 2, ownShare: true } },
  people: { meeting: { people: 9 }, press: ['key:p'] },
  'lobby-one': { meeting: { people: 5, role: 'host', waiting: 1, room: { lobby: true, lobbyMode: 'everyone' } } },
  'lobby-three': { meeting: { people: 2, role: 'host', waiting: 3, room: { locked: true } } },
  'lobby-share': { meeting: { people: 6, role: 'host', waiting: 2, sharing: [2] } },
  'lobby-people': { meeting: { people: 5, role: 'host', waiting: 3 }, press: ['key:p'] },
  'host-people': { meeting: { people: 9, role: 'host' }, press: ['key:p'] },
  'host-menu': { meeting: { people: 5, role: 'host' }, press: ['key:p', 'Actions for Priya Nair'] },
  'host-remove': {
    meeting: { people: 5, role: 'host' },
    press: ['key:p', 'Actions for Priya Nair', 'Remove from the meeting'],
  },
  'host-hand-over': {
    meeting: { people: 5, role: 'host' },
    press: ['key:p', 'Actions for Priya Nair', 'Hand over the meeting'],
  },
  'host-room': {
    meeting: { people: 5, role: 'host', room: { passcode: true } },
    press: ['More', 'Room settings'],
  },
  'host-leaving': { meeting: { people: 5, role: 'host' }, press: ['text:Leave'] },
  'chat-empty': { meeting: { people: 2 }, press: ['key:c'] },
  'chat-reader': { meeting: { people: 6, ...chat }, press: ['key:c', 'Recipient: everyone'] },
  more: { meeting: { people: 6, ...chat }, press: ['More'] },
  react: { meeting: { people: 6 }, press: ['React'] },
  'share-menu': { meeting: { people: 2 }, press: ['Share screen'] },
  devices: { meeting: { people: 6 }, press: ['More', 'Microphone, camera, speaker'] },
  settings: { meeting: { people: 6 }, press: ['More', 'Settings'] },
  keyboard: { meeting: { people: 6 }, press: ['key:?'] },
  reconnecting: { meeting: { people: 6, phase: 'reconnecting' }, devices: { muted: true } },
};

export const meetingOf = (scene: RoomScene) => fakeMeeting(scene.meeting);
export const devicesOf = (scene: RoomScene) => fakeDevices(scene.devices);
