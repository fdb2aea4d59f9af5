/** What the tests of media share: a clock of their own, what browsers send, and a listener that notes what it hears. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { observer, type types } from 'mediasoup';
import {
  type DtlsParameters,
  ProtocolError,
  type RtpCapabilities,
  type RtpParameters,
} from '../../../src-shared/protocol/index.ts';
import type { MediaConsumer, MediaParticipant, MediaProducer, MediaRoom, ProduceOptions } from '../meeting/ports.ts';

/** A clock that is the test's. */
export class HeldClock {
  #now = 0;
  readonly #pending = new Set<{ due: number; run: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { due: this.#now + ms, run };
    this.#pending.add(timer);
    return () => this.#pending.delete(timer);
  }

  pass(ms: number): void {
    this.#now += ms;
    for (const timer of this.#pending) {
      if (timer.due > this.#now || !this.#pending.delete(timer)) continue;
      timer.run();
    }
  }
}

/** Calls of one kind, and the next of them. */
export class Calls<Call> {
  readonly all: Call[] = [];
  #next: ((call: Call) => void)[] = [];

  readonly record = (call: Call): void => {
    this.all.push(call);
    for (const resolve of this.#next.splice(0)) resolve(call);
  };

  next(): Promise<Call> {
    return new Promise((resolve) => this.#next.push(resolve));
  }
}

export const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** As if somebody forwarded it to us. */
export const addresses = [{ address: '127.0.0.1', local: false }];

/** The listeners of rooms and producers, as lists of what they heard. */
export class Heard {
  readonly restarted = new Calls<true>();
  readonly failed = new Calls<true>();
  /** The producers that have ended with their transport. */
  readonly ended = new Calls<string>();

  readonly room = {
    activeSpeaker: (): void => undefined,
    audioLevels: (): void => undefined,
    restarted: (): void => this.restarted.record(true),
    failed: (): void => this.failed.record(true),
  };

  forget(): void {
    for (const calls of [this.restarted, this.failed, this.ended]) calls.all.length = 0;
  }

  async sender(room: MediaRoom): Promise<MediaParticipant> {
    const participant = openParticipant(room);
    await participant.createTransport('send');
    return participant;
  }

  async receiver(room: MediaRoom): Promise<MediaParticipant> {
    const participant = openParticipant(room);
    await participant.createTransport('recv');
    return participant;
  }

  produce(participant: MediaParticipant, options: ProduceOptions): Promise<MediaProducer> {
    return participant.produce(options, { onEnd: () => this.ended.record(options.producerId) });
  }

  /** The id of a producer that has been made. */
  async produced(participant: MediaParticipant, options: ProduceOptions): Promise<string> {
    await this.produce(participant, options);
    return options.producerId;
  }
}

export function openParticipant(
  room: MediaRoom,
  remoteAddress = '127.0.0.1',
  localAddress = '127.0.0.1',
): MediaParticipant {
  return room.openParticipant({ remoteAddress, localAddress });
}

export function consume(
  participant: MediaParticipant,
  producerId: string,
  rtpCapabilities: RtpCapabilities,
): Promise<MediaConsumer> {
  return participant.consume(producerId, rtpCapabilities, { onLayersChange: () => undefined });
}

/** The consumers of all workers that are started from now on, in the order in which they are made. */
export function observeConsumers(): types.Consumer[] {
  const consumers: types.Consumer[] = [];
  observer.on('newworker', (worker) =>
    worker.observer.on('newrouter', (router) =>
      router.observer.on('newtransport', (transport) =>
        transport.observer.on('newconsumer', (consumer) => consumers.push(consumer)),
      ),
    ),
  );
  return consumers;
}

export const dtls: DtlsParameters = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};

let ssrc = 1000;

export const audio = (options: Partial<ProduceOptions> = {}): ProduceOptions => ({
  producerId: crypto.randomUUID(),
  kind: 'audio',
  source: 'microphone',
  paused: false,
  rtpParameters: {
    codecs: [
      { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1 } },
    ],
    encodings: [{ ssrc: ++ssrc }],
  },
  ...options,
});

export const simulcast = (options: Partial<ProduceOptions> = {}): ProduceOptions => {
  const rtpParameters: RtpParameters = {
    mid: `m${++ssrc}`,
    codecs: [
      { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, rtcpFeedback: [{ type: 'nack', parameter: 'pli' }] },
    ],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 2 },
    ],
    encodings: ['r0', 'r1', 'r2'].map((rid) => ({ rid, scalabilityMode: 'L1T3' })),
  };
  const producerId = crypto.randomUUID();
  return { producerId, kind: 'video', source: 'camera', paused: false, rtpParameters, ...options };
};

/** The code a call fails with; null: it succeeds. */
export const code = async (failing: Promise<unknown>) => {
  const error: unknown = await failing.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof ProtocolError ? error.code : error;
};

/** Free for UDP and TCP, and not one of those that systems give to connections meanwhile (IANA, and Linux: from 32768). */
export async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const udp = createSocket('udp4');
  const tcp = createServer();
  try {
    await once(udp.bind(port), 'listening');
    await once(tcp.listen(port), 'listening');
    return port;
  } catch {
    return await freePort();
  } finally {
    udp.close();
    tcp.close();
  }
}
