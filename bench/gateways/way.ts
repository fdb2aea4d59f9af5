import type { RtpParameters } from '../../src-shared/protocol/index.ts';

/** A gateway that is measured. */
export interface Way {
  readonly name: string;
  /** A client whose connection to the host is open, and which has sent no request yet. */
  arrive(): Promise<Person>;
  close(): Promise<void>;
}

/** A client of that gateway. Each call is measured. */
export interface Person {
  /** Joins the room and creates a transport in each direction. */
  join(): Promise<void>;
  /** Becomes visible to the others, where that is a separate step; not measured. */
  readonly appear?: () => Promise<void>;
  /** Produces one more audio track. */
  produce(): Promise<void>;
  /** Sends a chat message to everyone; absent where the gateway has no chat. */
  readonly chat?: () => Promise<void>;
  leave(): Promise<void>;
}

let ssrc = 1000;

/** RTP parameters of an audio track with an SSRC of its own. */
export function nextSound(): RtpParameters {
  return {
    mid: String(++ssrc),
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc }],
  };
}

let person = 1;

/** A loopback address for each client, so that limits per address do not influence the measurement. */
export function nextAddress(): string {
  person = (person % 250) + 1;
  return `127.0.0.${person}`;
}
