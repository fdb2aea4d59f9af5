import {
  type Answer,
  type Payload,
  type Producer,
  ProtocolError,
  type RequestName,
  type RtpCapabilities,
  type TransportOptions,
} from '../../../../src-shared/protocol/index.ts';
import type { Participant } from '../room/participant.ts';
import type { PresentParticipant } from '../room/participants.ts';
import type { Room } from '../room/room.ts';

/** The operations as Parley's own wire has them: one per request. */
export type SignallingOperations = {
  [Name in RequestName]: (payload: Payload<Name>) => Answer<Name> | Promise<Answer<Name>>;
};

/** For gateways whose messages name the transport; one that is not the client's own of that direction is NOT_FOUND. */
type OnTransport<Name extends RequestName> = (
  payload: Payload<Name> & { transportId?: string | undefined },
) => Promise<Answer<Name>>;

/** Every operation of the meeting: what gateways translate messages to. Each throws or rejects with `ProtocolError`. */
export interface Operations extends SignallingOperations {
  readonly connectProducerTransport: OnTransport<'connectProducerTransport'>;
  readonly connectConsumerTransport: OnTransport<'connectConsumerTransport'>;
  readonly produce: OnTransport<'produce'>;
  /** Like `prepare`, for a client that says only later what it can receive: no consumers come by themselves. */
  reserve(request: ReserveRequest): Promise<Reserved>;
  /** Who is in, and what there is to receive; for the prepared too. */
  describeRoom(): { presentParticipants: PresentParticipant[]; producers: Producer[] };
}

export interface ReserveRequest {
  roomId: string;
  token?: string | undefined;
}

export interface Reserved {
  routerRtpCapabilities: RtpCapabilities;
  sendTransport: TransportOptions;
  recvTransport: TransportOptions;
}

/** The room a client is in, and its participant there. */
export interface Participation {
  readonly room: Room;
  readonly participant: Participant;
}

/** What operations need to know of the session that asks. */
export interface OperationContext {
  /** Where they are, joined or prepared. @throws {ProtocolError} NOT_JOINED */
  readonly participation: () => Participation;
  /** Where they have joined. @throws {ProtocolError} NOT_JOINED */
  readonly joinedParticipation: () => Participation;
  /** @throws {ProtocolError} NOT_FOUND, RATE_LIMITED */
  readonly findRoom: (roomId: string) => Room;
  /** @throws {ProtocolError} RATE_LIMITED */
  readonly countTransports: (count: number) => void;
  /** Counts something that everyone is told. @throws {ProtocolError} RATE_LIMITED */
  readonly countBroadcast: () => void;
}

export function notJoined(): ProtocolError {
  return new ProtocolError('NOT_JOINED', 'Join the meeting first.');
}
