/**
 * Every operation a client may ask for, whatever the gateway: in which states of its session it exists,
 * which permission it needs, which rates it draws on, and how it may be repeated. `ClientSession` enforces
 * each row, permission first; docs/protocol.md shows the same table.
 */
import type { Permission } from '../../../../src-shared/permissions.ts';
import type { DirectRequestName } from '../../../../src-shared/protocol/index.ts';
import type { RateName } from '../rates/session-rates.ts';
import type { OperationName } from './operations.ts';

/**
 * - `connected`: in no room
 * - `preparing`: media is made ready for a room, unseen by others
 * - `waiting`: in the lobby, until somebody admits them
 * - `joined`: in a room; of calls from browser to browser, in a room or at a desk
 * - `disconnected`: the connection is lost, and kept for recovery. Only the HTTP media API can ask for something
 *   then: its requests do not need the connection that its events come by
 */
export const SESSION_STATES = ['connected', 'preparing', 'waiting', 'joined', 'disconnected'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/**
 * - `idempotent`: the same request again changes nothing more, and may be sent again where an answer is missing
 * - `once`: the same request again does it a second time, or is refused
 * - `queued`: like `once`, and carried out after the earlier queued requests of the same connection
 */
export type Repetition = 'idempotent' | 'once' | 'queued';

export interface OperationRule {
  readonly states: readonly SessionState[];
  readonly permission: Permission | null;
  /**
   * What it draws beside one of `requests`, which every request does but those that draw on `pings`. Of `relayed`
   * it draws as much for each started KiB of the request.
   */
  readonly rates: Partial<Record<RateName, number>>;
  readonly repetition: Repetition;
}

const BEFORE_JOINING = ['connected', 'preparing'] as const;
const PRESENT = ['preparing', 'joined', 'disconnected'] as const;
const JOINED = ['joined'] as const;

/** Answered at once in every state, so that a client can tell whether its connection is alive. */
const ping = { states: SESSION_STATES, permission: null, rates: { pings: 1 }, repetition: 'idempotent' } as const;
const receive = { states: PRESENT, permission: 'receive', rates: {}, repetition: 'idempotent' } as const;
const moderate = { states: JOINED, repetition: 'idempotent' } as const;
const transport = { states: PRESENT, permission: null, repetition: 'once' } as const;

/** The operations of meetings. */
const meetingTable: Record<OperationName, OperationRule> = {
  // Leaving draws on no rate, so that it is always possible; joining has paid for it. Coming in draws on the room's
  // `events`, see `EVENTS_OF_JOINING`; asking does not, so that those who are not let in use up nothing of the room's.
  joinRoom: {
    states: ['connected', 'preparing', 'waiting'],
    permission: null,
    rates: { joins: 1 },
    repetition: 'queued',
  },
  prepare: { states: BEFORE_JOINING, permission: null, rates: { transports: 2 }, repetition: 'queued' },
  reserve: { states: BEFORE_JOINING, permission: null, rates: { transports: 2 }, repetition: 'queued' },
  leaveRoom: {
    states: ['preparing', 'waiting', 'joined', 'disconnected'],
    permission: null,
    rates: {},
    repetition: 'queued',
  },
  getRouterRtpCapabilities: {
    states: ['connected', ...PRESENT],
    permission: null,
    rates: {},
    repetition: 'idempotent',
  },

  createProducerTransport: { ...transport, rates: { transports: 1 } },
  createConsumerTransport: { ...transport, rates: { transports: 1 } },
  connectProducerTransport: { ...transport, rates: {} },
  connectConsumerTransport: { ...transport, rates: {} },
  restartIce: { ...transport, rates: {}, repetition: 'idempotent' },

  // Pausing and closing draw on no rate, so that muting is always possible; producing and resuming have paid for it.
  produce: { states: PRESENT, permission: 'publish', rates: { changes: 3, events: 3 }, repetition: 'once' },
  resumeProducer: {
    states: PRESENT,
    permission: 'publish',
    rates: { changes: 2, events: 2 },
    repetition: 'idempotent',
  },
  pauseProducer: { states: PRESENT, permission: null, rates: {}, repetition: 'idempotent' },
  closeProducer: { states: PRESENT, permission: null, rates: {}, repetition: 'once' },

  consume: { ...receive, repetition: 'once' },
  consumeAll: { ...receive, repetition: 'once' },
  resumeConsumer: receive,
  resumeConsumers: receive,
  pauseConsumer: receive,
  pauseConsumers: receive,
  setPreferredLayers: receive,
  setLayers: receive,
  getProducers: { states: JOINED, permission: 'receive', rates: {}, repetition: 'idempotent' },
  describeParticipants: receive,
  describeProducers: receive,

  sendMessage: { states: JOINED, permission: 'chat', rates: { messages: 1, events: 1 }, repetition: 'once' },
  react: { states: JOINED, permission: 'react', rates: { messages: 1, events: 1 }, repetition: 'once' },
  raiseHand: { states: JOINED, permission: 'raise-hand', rates: { messages: 1, events: 1 }, repetition: 'idempotent' },
  setName: { states: JOINED, permission: 'rename', rates: { messages: 1, events: 1 }, repetition: 'idempotent' },

  updateWaiting: { states: ['waiting'], permission: null, rates: { messages: 1 }, repetition: 'idempotent' },
  admit: { ...moderate, permission: 'admit', rates: { changes: 1 } },
  deny: { ...moderate, permission: 'admit', rates: { changes: 1 } },
  muteParticipant: { ...moderate, permission: 'mute-others', rates: { changes: 1, events: 1 } },
  muteAll: { ...moderate, permission: 'mute-others', rates: { changes: 6, events: 30 } },
  askToUnmute: { ...moderate, permission: 'mute-others', rates: { messages: 1 }, repetition: 'once' },
  stopVideo: { ...moderate, permission: 'stop-others', rates: { changes: 1, events: 1 } },
  stopShare: { ...moderate, permission: 'stop-others', rates: { changes: 1, events: 2 } },
  lowerHand: { ...moderate, permission: 'lower-hands', rates: { messages: 1, events: 1 } },
  removeParticipant: { ...moderate, permission: 'remove', rates: { changes: 2, events: 6 }, repetition: 'once' },
  setRole: { ...moderate, permission: 'set-role', rates: { changes: 2, events: 4 } },
  setRoom: { ...moderate, permission: 'set-room', rates: { changes: 2, events: 1 }, repetition: 'queued' },
  endMeeting: { ...moderate, permission: 'end-meeting', rates: {}, repetition: 'once' },

  ping,
};

const relayed = { states: JOINED, permission: null, rates: { relayed: 1 }, repetition: 'once' } as const;
/** Sent on under two names. */
const relayedTwice = { ...relayed, rates: { relayed: 2 } } as const;

/** The operations of calls from browser to browser. */
const directTable: Record<DirectRequestName, OperationRule> = {
  // Leaving is paid for with joining.
  join_room: { states: ['connected', 'joined'], permission: null, rates: { messages: 2 }, repetition: 'once' },
  leave_room: { ...relayed, rates: {} },
  message: { ...relayed, rates: { messages: 1 } },
  offer: relayed,
  answer: relayed,
  ice_candidate: relayedTwice,
  'ice-candidate': relayedTwice,

  // Hanging up draws on no rate, so that it is always possible; what it ends has paid for it.
  newOffer: { ...relayed, permission: 'offer-call' },
  newAnswer: { ...relayed, permission: 'answer-call' },
  iceToServer: { ...relayed, permission: 'signal-call' },
  getIce: { states: JOINED, permission: 'signal-call', rates: {}, repetition: 'idempotent' },
  hangUp: { states: JOINED, permission: 'signal-call', rates: {}, repetition: 'idempotent' },

  ping,
};

export const operationTable = { ...meetingTable, ...directTable };
export type AnyOperationName = keyof typeof operationTable;
