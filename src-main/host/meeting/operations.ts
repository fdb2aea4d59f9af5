import {
  type Answer,
  type Payload,
  type Producer,
  ProtocolError,
  type RequestName,
  type RtpCapabilities,
  type TransportOptions,
} from '../../../src-shared/protocol/index.ts';
import type { Participant } from './participant.ts';
import type { Present } from './people.ts';
import type { Room } from './room.ts';

/** The operations as Parley's own wire has them: one per request. */
export type SignallingOperations = {
  [Name in RequestName]: (payload: Payload<Name>) => Answer<Name> | Promise<Answer<Name>>;
};

/** For gateways whose messages name the transport; one that is not the caller's own of that direction is NOT_FOUND. */
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
  look(): { present: Present[]; producers: Producer[] };
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

/** In which room someone is, as whom. */
export interface Place {
  readonly room: Room;
  readonly person: Participant;
}

/** What operations need to know of the one who asks. */
export interface Asker {
  /** Where they are, joined or prepared. @throws {ProtocolError} NOT_JOINED */
  readonly here: () => Place;
  /** Where they have joined. @throws {ProtocolError} NOT_JOINED */
  readonly joined: () => Place;
  /** @throws {ProtocolError} NOT_FOUND, RATE_LIMITED */
  readonly findRoom: (roomId: string) => Room;
  /** @throws {ProtocolError} RATE_LIMITED */
  readonly countTransports: (count: number) => void;
  /** Counts something that everyone is told. @throws {ProtocolError} RATE_LIMITED */
  readonly countTold: () => void;
}

export function notJoined(): ProtocolError {
  return new ProtocolError('NOT_JOINED', 'Join the meeting first.');
}
