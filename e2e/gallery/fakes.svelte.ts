/** Meetings and devices as the gallery shows them: the tests' plain objects, with moving pictures. */
import type { Role, Room } from '../../src-shared/protocol/index.ts';
import type {
  AdmissionView,
  ChatMessageView,
  ChatView,
  DeviceProblem,
  DevicesView,
  MeetingView,
  ParticipantView,
  Phase,
  Problem,
  TileView,
} from '../../src-renderer/client/view.ts';
import {
  fakeAdmission,
  fakeDevices as plainDevices,
  fakeLobby,
  fakeMeeting as plainMeeting,
  fakeModeration,
  fakePerson,
  fakeTile,
} from '../../src-renderer/testing/fakes.svelte.ts';
import { portrait, sharedDocument } from './portraits.ts';

const NAMES = [
  'Tomas Berg',
  'Priya Nair',
  'Jonas Lindqvist',
  'Amina Diallo',
  'Ines Duarte',
  'Samuel Oduya',
  'Clara Weiss',
  'Walter Hahn',
];
const LAST = ['', ' Ruiz', ' Chen', ' Park'];
/** Whose portrait is one's own. */
const OWN_PORTRAIT = 4;

/** The participant of that number; each is in another state. */
function somebody(index: number, among: number): ParticipantView {
  const name = `${NAMES[index % NAMES.length] ?? ''}${LAST[Math.floor(index / NAMES.length) % LAST.length] ?? ''}`;
  return fakePerson(name, {
    userId: `u${index}`,
    role: index === 2 ? 'host' : 'participant',
    muted: index % 3 === 2,
    speaking: index === 0,
    hand: index === 1,
    reaction: index === 3 ? '👏' : null,
    lost: among > 6 && index === 4,
  });
}

function screenOf(person: ParticipantView, title: string): TileView {
  return fakeTile(person, { id: `${person.userId}:screen`, source: 'screen', stream: sharedDocument(title) });
}

export interface MeetingOptions {
  /** How many are in, oneself too. */
  people: number;
  /** Who shares, by index. */
  sharing?: number[];
  ownShare?: boolean;
  phase?: Phase;
  problem?: Problem | null;
  messages?: ChatMessageView[];
  firstUnread?: string | null;
  /** One's own. */
  role?: Role;
  /** How many wait to be admitted. */
  waiting?: number;
  room?: Partial<Room>;
  admission?: Partial<AdmissionView>;
  /** Nobody tells how many are in. */
  uncounted?: boolean;
}

const ROOM: Room = { roomId: '3f9a2c1d', name: 'Season plan', locked: false, lobby: false, lobbyMode: 'off' };

/** People in the lobby, the first with a line for the host. */
function fakeWaiting(count: number) {
  const names = ['Amina Diallo', 'Bartholomew Featherstonehaugh-Cholmondeley', 'Yuki Tanaka'];
  return Array.from({ length: count }, (_, index) => ({
    userId: `w${index}`,
    userName: names[index % names.length] ?? '',
    since: Date.now() - 24_000 - index * 61_000,
    ...(index === 0 && { note: 'I come from the lab, for the second part.' }),
  }));
}

function fakeChat({ messages = [], firstUnread = null }: MeetingOptions): ChatView {
  const unread = firstUnread ? messages.length - messages.findIndex(({ id }) => id === firstUnread) : 0;
  let open = $state(false);
  return {
    messages,
    firstUnread,
    get unread() {
      return open ? 0 : unread;
    },
    get open() {
      return open;
    },
    set open(now) {
      open = now;
    },
    send: () => Promise.resolve(),
  };
}

/** A meeting as it would be after joining. */
export function fakeMeeting(options: MeetingOptions): MeetingView {
  const { people: count, sharing = [], ownShare = false, phase = 'joined', problem = null } = options;
  const { role = 'participant', waiting = 0, room, admission, uncounted = false } = options;
  const others = Array.from({ length: count - 1 }, (_, index) => somebody(index, count));
  const self = fakePerson('Mira Okafor', { self: true, role });
  const shares = sharing.map((index) => screenOf(others[index] ?? self, index === 2 ? 'Season plan' : 'Dives'));
  const joined = phase === 'joined' || phase === 'reconnecting';
  const pictures = others.map((person, index) =>
    fakeTile(person, { stream: index % 5 === 4 ? null : portrait(index) }),
  );
  return plainMeeting({
    phase,
    problem,
    count: uncounted ? null : 4,
    room: { ...ROOM, ...room },
    admission: fakeAdmission(admission),
    lobby: fakeLobby({ waiting: fakeWaiting(waiting) }),
    moderation: fakeModeration(role),
    ...(phase === 'preparing' && { room: null }),
    hostName: 'Jonas Lindqvist’s computer',
    words: ['amber', 'canoe', 'lantern', 'reef', 'seven', 'zoo'],
    self,
    people: [...others, self],
    tiles: [...pictures, fakeTile(self, { stream: portrait(OWN_PORTRAIT) })],
    shares: ownShare ? [...shares, screenOf(self, 'My notes')] : shares,
    chat: fakeChat(options),
    joinedAt: joined ? Date.now() - 1_447_000 : null,
    settled: joined,
    link: 'https://192.168.1.24:7443/r/3f9a2c1d#fp=3q2-7wq0Vd9sK2mYc8bXfZ1tRj4uHe6iLo5nPaGy0Qk',
    sharing: ownShare,
  });
}

export interface DevicesOptions {
  cameraProblem?: DeviceProblem | null;
  microphoneProblem?: DeviceProblem | null;
  cameraOff?: boolean;
  /** Whether the document camera was chosen and another program uses it. */
  cameraRefused?: boolean;
  muted?: boolean;
}

export function fakeDevices(options: DevicesOptions = {}): DevicesView {
  const { cameraProblem = null, microphoneProblem = null, cameraOff = false, muted = false } = options;
  const [ownCamera, other] = ['Integrated Camera', 'Document camera'];
  const refused = { id: other, label: other, problem: 'in-use', kept: ownCamera } as const;
  const choices = (...labels: string[]) => labels.map((label) => ({ id: label, label }));
  return plainDevices({
    microphone: {
      choices: choices('Yeti Nano', 'Built-in microphone'),
      chosen: 'Yeti Nano',
      level: 0.58,
      on: !muted,
      problem: microphoneProblem,
    },
    camera: {
      choices: cameraProblem === 'missing' ? [] : choices(ownCamera, other),
      chosen: ownCamera,
      refused: options.cameraRefused ? refused : null,
      on: !cameraOff,
      problem: cameraProblem,
      stream: cameraProblem || cameraOff ? null : portrait(OWN_PORTRAIT),
    },
    speaker: { choices: choices('Headphones', 'Display'), chosen: 'Headphones' },
  });
}

const MINUTE = 60_000;

/** A morning's chat, a private message at its end. */
export function fakeMessages(): ChatMessageView[] {
  const start = Date.UTC(2025, 4, 14, 13, 58);
  const lines: [string, string, number, Partial<ChatMessageView>?][] = [
    ['Walter Hahn', 'My camera stays off today, the line here is thin.', 0],
    ['Jonas Lindqvist', 'Plan is on the screen. Say stop when I go too fast.', 2],
    ['Tomas Berg', 'The spare compressor is booked for the 8th.', 4],
    ['Tomas Berg', 'Delivery is in the morning.', 4],
    ['Priya Nair', 'I can take buoys 1 to 3. Amina, the rest with me?', 7],
    ['Amina Diallo', 'Yes. Low water is at 6:40 on the 4th, so we leave at 5.', 8],
    ['Mira Okafor', 'I will bring the charts.', 9, { own: true }],
    ['Jonas Lindqvist', 'Scroll with me, I am at the table now.', 11],
    ['Priya Nair', 'Can you stay five minutes after? It is about the budget.', 12, { private: true }],
  ];
  return lines.map(([name, text, minute, rest], index) => ({
    id: `m${index}`,
    userId: name,
    name,
    text,
    at: start + minute * MINUTE,
    own: false,
    private: false,
    toName: null,
    ...rest,
  }));
}
