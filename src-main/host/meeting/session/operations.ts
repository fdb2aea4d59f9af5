import type {
  Answer,
  Payload,
  Producer,
  RequestName,
  RtpCapabilities,
  TransportOptions,
} from '../../../../src-shared/protocol/index.ts';
import type { Participant } from '../participants/participant.ts';
import type { PresentParticipant } from '../participants/participants.ts';
import type { Room } from '../room/room.ts';

type RequestPayloads = { [Name in RequestName]: Payload<Name> };
type RequestAnswers = { [Name in RequestName]: Answer<Name> };

/** The payload of each operation of a meeting: the requests of `/mediasoup`, and those that only other gateways need. */
export interface OperationPayloads extends RequestPayloads {
  /** Like `prepare`, for a client that sends its capabilities later: no consumers are created by themselves. */
  reserve: ReserveRequest;
  describeParticipants: object;
  /** The producers that can be consumed; with `producerId` that one, if it is among them. */
  describeProducers: { producerId?: string };
}

/** The answer of each operation of a meeting. */
export interface OperationAnswers extends RequestAnswers {
  reserve: Reserved;
  describeParticipants: { participants: PresentParticipant[] };
  describeProducers: { producers: Producer[] };
}

export type OperationName = keyof OperationPayloads;

/** The handlers of the operations. Each throws or rejects with `ProtocolError`. */
export type Handlers<Payloads, Answers extends { [Name in keyof Payloads]: object }> = {
  readonly [Name in keyof Payloads]: (payload: Payloads[Name]) => Answers[Name] | Promise<Answers[Name]>;
};

export type MeetingHandlers = Handlers<OperationPayloads, OperationAnswers>;

export interface ReserveRequest {
  roomId: string;
  token?: string | undefined;
  passcode?: string | undefined;
  key?: string | undefined;
  sessionToken?: string | undefined;
}

export interface OpenedTransports {
  sendTransport: TransportOptions;
  recvTransport: TransportOptions;
}

export interface Reserved extends OpenedTransports {
  routerRtpCapabilities: RtpCapabilities;
}

/** The room of a client and its participant there, who may still be preparing to join. */
export interface Participation {
  readonly room: Room;
  readonly participant: Participant;
}

/** The room and participant of the requesting session. @throws {ProtocolError} NOT_JOINED */
export type CurrentParticipation = () => Participation;
