import type {
  Answer,
  Payload,
  Producer,
  RequestName,
  RtpCapabilities,
  TransportOptions,
} from '../../../../src-shared/protocol/index.ts';
import type { Participant } from '../room/participant.ts';
import type { PresentParticipant } from '../room/participants.ts';
import type { Room } from '../room/room.ts';

type RequestPayloads = { [Name in RequestName]: Payload<Name> };
type RequestAnswers = { [Name in RequestName]: Answer<Name> };

/** What each operation of a meeting is given: the requests of Parley's own wire, and two that other gateways need. */
export interface OperationPayloads extends RequestPayloads {
  /** Like `prepare`, for a client that says only later what it can receive: no consumers come by themselves. */
  reserve: ReserveRequest;
  /** Who is in, and what can be received. */
  describeRoom: object;
}

/** What each operation of a meeting answers. */
export interface OperationAnswers extends RequestAnswers {
  reserve: Reserved;
  describeRoom: { presentParticipants: PresentParticipant[]; producers: Producer[] };
}

export type OperationName = keyof OperationPayloads;

/** What carries operations out. Each throws or rejects with `ProtocolError`. */
export type Handlers<Payloads, Answers extends { [Name in keyof Payloads]: object }> = {
  readonly [Name in keyof Payloads]: (payload: Payloads[Name]) => Answers[Name] | Promise<Answers[Name]>;
};

export type MeetingHandlers = Handlers<OperationPayloads, OperationAnswers>;

export interface ReserveRequest {
  roomId: string;
  token?: string | undefined;
}

export interface Reserved {
  routerRtpCapabilities: RtpCapabilities;
  sendTransport: TransportOptions;
  recvTransport: TransportOptions;
}

/** The room a client is in, and its participant there, who may only be preparing to join. */
export interface Participation {
  readonly room: Room;
  readonly participant: Participant;
}

/** Where the client of the session that asks is. @throws {ProtocolError} NOT_JOINED */
export type CurrentParticipation = () => Participation;
