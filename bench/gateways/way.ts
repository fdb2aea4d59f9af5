import type { RtpParameters } from '../../src-shared/protocol/index.ts';

/** One way into a room. */
export interface Way {
  readonly name: string;
  /** Someone with an open line to the host, who has asked for nothing yet. */
  arrive(): Promise<Person>;
  close(): Promise<void>;
}

/** Somebody who comes by it. What each call does is what is measured. */
export interface Person {
  /** Gets a place in the room, and a transport in each direction. */
  join(): Promise<void>;
  /** Is seen by the others from now on, where that is a step of its own; not measured. */
  readonly appear?: () => Promise<void>;
  /** Sends one more sound. */
  produce(): Promise<void>;
  /** Says something to everyone; absent where this way has no chat. */
  readonly chat?: () => Promise<void>;
  leave(): Promise<void>;
}

let ssrc = 1000;

/** A sound nobody has sent before. */
export function nextSound(): RtpParameters {
  return {
    mid: String(++ssrc),
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc }],
  };
}

let person = 1;

/** An address of this computer for each person, so that limits per address do not measure themselves. */
export function nextAddress(): string {
  person = (person % 250) + 1;
  return `127.0.0.${person}`;
}
