/** Plain objects in the place of the client core: what a screen shows, without a host. */
import type {
  CameraView,
  ChatMessageView,
  ChatView,
  DeviceProblem,
  DevicesView,
  MeetingView,
  MicrophoneView,
  PersonView,
  Phase,
  Problem,
  SpeakerView,
  TileView,
} from '../../src-renderer/meeting/view.ts';
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

const nothing = () => Promise.resolve();

export function fakePerson(index: number, rest: Partial<PersonView> = {}): PersonView {
  const name = `${NAMES[index % NAMES.length] ?? 'Somebody'}${LAST[Math.floor(index / NAMES.length)] ?? ''}`;
  return {
    userId: `u${index}`,
    name,
    role: index === 2 ? 'host' : 'participant',
    self: false,
    hand: false,
    muted: index % 3 === 2,
    speaking: false,
    lost: false,
    reaction: null,
    ...rest,
  };
}

export const self: PersonView = {
  ...fakePerson(0),
  userId: 'self',
  name: 'Mira Okafor',
  role: 'participant',
  self: true,
  muted: false,
};

function tile(person: PersonView, stream: MediaStream | null, source: TileView['source'] = 'camera'): TileView {
  return { id: `${person.userId}-${source}`, person, source, stream, shown: () => undefined };
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
}

/** A meeting as it would be after joining. */
export function fakeMeeting(options: MeetingOptions): MeetingView {
  const { people: count, sharing = [], ownShare = false, phase = 'joined' } = options;
  const others = Array.from({ length: count - 1 }, (_, index) =>
    fakePerson(index, {
      speaking: index === 0,
      hand: index === 1,
      reaction: index === 3 ? '👏' : null,
      lost: count > 6 && index === 4,
    }),
  );
  const me = $state({ ...self });
  const joined = phase === 'joined' || phase === 'reconnecting';
  const shares = sharing.map((index) => {
    const person = others[index] ?? me;
    return tile(person, sharedDocument(index === sharing[0] ? 'Season plan' : 'Dives and costs'), 'screen');
  });
  if (ownShare) shares.push(tile(me, sharedDocument('My notes'), 'screen'));
  const messages = options.messages ?? [];
  const unread = options.firstUnread ? messages.length - messages.findIndex(({ id }) => id === options.firstUnread) : 0;
  let chatOpen = $state(false);
  const chat: ChatView = {
    messages,
    get unread() {
      return chatOpen ? 0 : unread;
    },
    firstUnread: options.firstUnread ?? null,
    get open() {
      return chatOpen;
    },
    set open(open) {
      chatOpen = open;
    },
    send: nothing,
  };
  let currentPhase = $state(phase);
  return {
    get phase() {
      return currentPhase;
    },
    room: phase === 'preparing' ? null : { roomId: '3f9a2c1d', name: 'Season plan', locked: false, lobby: false },
    count: 4,
    hostName: 'Jonas Lindqvist’s computer',
    words: ['amber', 'canoe', 'lantern', 'reef'],
    problem: options.problem ?? null,
    self: me,
    people: [...others, me],
    tiles: [
      ...others.map((person, index) => tile(person, index % 5 === 4 ? null : portrait(index))),
      tile(me, portrait(4)),
    ],
    shares,
    sounds: [],
    chat,
    joinedAt: joined ? Date.now() - 1_447_000 : null,
    link: 'https://192.168.1.24:7443/r/3f9a2c1d#fp=3q2-7wq0Vd9sK2mYc8bXfZ1tRj4uHe6iLo5nPaGy0Qk',
    sharing: ownShare,
    prepare: () => undefined,
    join: nothing,
    leave: () => {
      currentPhase = 'ended';
      return Promise.resolve();
    },
    retry: () => undefined,
    share: nothing,
    stopSharing: () => undefined,
    raiseHand: (raised) => {
      me.hand = raised;
      return Promise.resolve();
    },
    react: nothing,
  };
}

export interface DevicesOptions {
  cameraProblem?: DeviceProblem | null;
  microphoneProblem?: DeviceProblem | null;
  cameraOff?: boolean;
  muted?: boolean;
}

export function fakeDevices(options: DevicesOptions = {}): DevicesView {
  const { cameraProblem = null, microphoneProblem = null, cameraOff = false, muted = false } = options;
  const state = $state({ microphone: !muted, camera: !cameraOff, chosen: 'a' });
  const picture = cameraProblem ? null : portrait(4);
  const microphone: MicrophoneView = {
    kind: 'microphone',
    choices: [
      { id: 'a', label: 'Yeti Nano' },
      { id: 'b', label: 'Built-in microphone' },
    ],
    get chosen() {
      return state.chosen;
    },
    get on() {
      return state.microphone;
    },
    opening: false,
    problem: microphoneProblem,
    level: 0.58,
    choose: (id) => {
      state.chosen = id;
      return Promise.resolve();
    },
    setOn: (on) => {
      state.microphone = on;
      return Promise.resolve();
    },
    retry: nothing,
  };
  const camera: CameraView = {
    kind: 'camera',
    choices:
      cameraProblem === 'missing'
        ? []
        : [
            { id: 'a', label: 'Integrated Camera' },
            { id: 'b', label: 'Document camera' },
          ],
    chosen: 'a',
    get on() {
      return state.camera;
    },
    opening: false,
    problem: cameraProblem,
    get stream() {
      return state.camera ? picture : null;
    },
    choose: nothing,
    setOn: (on) => {
      state.camera = on;
      return Promise.resolve();
    },
    retry: nothing,
  };
  const speaker: SpeakerView = {
    kind: 'speaker',
    choices: [
      { id: 'a', label: 'Headphones' },
      { id: 'b', label: 'Display' },
    ],
    chosen: 'a',
    on: true,
    opening: false,
    problem: null,
    selectable: true,
    testing: false,
    choose: nothing,
    setOn: nothing,
    retry: nothing,
    test: nothing,
    attach: () => () => undefined,
  };
  return { microphone, camera, speaker, open: nothing, close: () => undefined };
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
