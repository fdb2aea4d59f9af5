/** Plain objects in the place of the client core: for tests of components, and for the gallery. */
import type { Role } from '../../src-shared/protocol/index.ts';
import type { Preferences } from '../components/preferences.ts';
import { may, mayActOn } from '../../src-shared/permissions.ts';
import type {
  AdmissionView,
  CameraView,
  DevicesView,
  LobbyView,
  MeetingView,
  MicrophoneView,
  ModerationView,
  ParticipantView,
  SpeakerView,
  TileView,
} from '../client/view.ts';

const nothing = () => Promise.resolve();

export function fakePerson(name: string, rest: Partial<ParticipantView> = {}): ParticipantView {
  return {
    userId: name.toLowerCase(),
    name,
    role: 'participant',
    self: false,
    hand: false,
    muted: false,
    speaking: false,
    lost: false,
    reaction: null,
    ...rest,
  };
}

export function fakeTile(person: ParticipantView, rest: Partial<TileView> = {}): TileView {
  const told = { shown: () => undefined, seen: () => undefined };
  return { id: `${person.userId}:camera`, person, source: 'camera', stream: null, ...told, ...rest };
}

export function fakeMicrophone(rest: Partial<MicrophoneView> = {}): MicrophoneView {
  return {
    kind: 'microphone',
    choices: [
      { id: 'a', label: 'Desk microphone' },
      { id: 'b', label: 'Headset' },
      { id: 'c', label: 'Webcam' },
    ],
    chosen: 'b',
    on: true,
    opening: false,
    problem: null,
    refused: null,
    level: 0,
    choose: nothing,
    setOn: nothing,
    retry: nothing,
    ...rest,
  };
}

export function fakeDevices(
  rest: { microphone?: Partial<MicrophoneView>; camera?: Partial<CameraView>; speaker?: Partial<SpeakerView> } = {},
): DevicesView {
  const device = { choices: [], chosen: null, on: true, opening: false, problem: null, choose: nothing };
  return {
    microphone: fakeMicrophone(rest.microphone),
    camera: { ...device, kind: 'camera', refused: null, stream: null, setOn: nothing, retry: nothing, ...rest.camera },
    speaker: {
      ...device,
      kind: 'speaker',
      selectable: true,
      testing: false,
      setOn: nothing,
      retry: nothing,
      test: nothing,
      attach: () => () => undefined,
      ...rest.speaker,
    },
    open: nothing,
    close: () => undefined,
  };
}

export function fakePreferences(name: string): Preferences {
  const preferences = $state<Preferences>({ name, theme: 'system', language: 'system' });
  return preferences;
}

export const fakeAdmission = (rest: Partial<AdmissionView> = {}): AdmissionView => ({
  needsPasscode: false,
  wrongPasscode: false,
  needsAdmission: false,
  waitingSince: null,
  hostPresent: true,
  note: '',
  write: nothing,
  ...rest,
});

export const fakeLobby = (rest: Partial<LobbyView> = {}): LobbyView => ({
  waiting: [],
  admit: nothing,
  admitAll: nothing,
  deny: nothing,
  ...rest,
});

/** What somebody of this role may do, by the table that holds for everybody. */
export function fakeModeration(role: Role, rest: Partial<ModerationView> = {}): ModerationView {
  return {
    notice: null,
    may: (permission) => may(role, permission),
    mayActOn: (permission, person) => !person.self && mayActOn(role, permission, person.role),
    mute: nothing,
    muteAll: nothing,
    askToUnmute: nothing,
    stopVideo: nothing,
    stopShare: nothing,
    lowerHand: nothing,
    remove: nothing,
    setRole: nothing,
    setRoom: nothing,
    endMeeting: nothing,
    ...rest,
  };
}

/** A joined meeting of `self` and nobody else; `rest` replaces what a test is about, and is reactive. */
export function fakeMeeting(rest: Partial<MeetingView> = {}): MeetingView {
  const self = fakePerson('Mira', { self: true });
  const meeting = $state<MeetingView>({
    phase: 'joined',
    room: { roomId: '3f9a2c1d', name: 'Season plan', locked: false, lobby: false },
    count: 1,
    hostName: 'Jonas’s computer',
    words: null,
    problem: null,
    self,
    people: [self],
    tiles: [],
    shares: [],
    sounds: [],
    chat: { messages: [], unread: 0, firstUnread: null, open: false, send: nothing },
    admission: fakeAdmission(),
    lobby: fakeLobby(),
    moderation: fakeModeration(self.role),
    joinedAt: 0,
    entering: false,
    settled: true,
    givenName: null,
    watching: false,
    invitations: null,
    link: 'https://192.168.1.24:7443/r/3f9a2c1d',
    sharing: false,
    prepare: () => undefined,
    join: nothing,
    leave: nothing,
    retry: () => undefined,
    share: nothing,
    stopSharing: () => undefined,
    raiseHand: nothing,
    react: nothing,
    ...rest,
  });
  return meeting;
}
