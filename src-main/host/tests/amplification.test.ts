/** One client against a room: what it can make the host tell everybody else is bounded. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MAX_CHANGE_BURST_PER_SOCKET, MAX_JOIN_BURST_PER_SOCKET } from '../../../src-shared/limits.ts';
import { EXAMPLE_OPUS } from '../../../src-shared/protocol/http/media-examples.ts';
import { type LiveHost, type LivePerson, startLiveHost } from '../testing.ts';

/** A host and ten clients on real sockets, on a busy computer. */
const WITHIN_MS = 30_000;
/** Enough to see that one request is told to many, few enough to start quickly. */
const WITNESSES = 8;
const REQUESTS = 298;

let host: LiveHost;

beforeAll(async () => {
  host = await startLiveHost();
});

afterAll(async () => {
  await host.close();
});

async function roomWithWitnesses() {
  const { roomId } = await host.makeRoom();
  const attacker = await host.connect().connected();
  const witnesses: LivePerson[] = [];
  let told = 0;
  for (let index = 0; index < WITNESSES; index++) {
    const witness = await host.connect().connected();
    await witness.ask('joinRoom', { roomId, userName: `Witness ${index}` });
    witnesses.push(witness);
  }
  for (const { socket } of witnesses) {
    socket.onAny((name: string) => {
      if (name !== 'audioLevels' && name !== 'activeSpeaker') told++;
    });
  }
  /** Everything told so far has arrived: what is answered last is told last. */
  const settled = () => Promise.all(witnesses.map((witness) => witness.ask('getProducers', {})));
  return { roomId, attacker, told: () => told, settled };
}

/** How many of these were carried out, and that the others were refused for their rate. */
async function outcomes(asking: Promise<unknown>[]): Promise<{ done: number; limited: number }> {
  const results = await Promise.allSettled(asking);
  const failed = results.filter((result) => result.status === 'rejected');
  const limited = failed.filter(({ reason }) => (reason as { code?: string }).code === 'RATE_LIMITED').length;
  return { done: results.length - failed.length, limited };
}

it('beginning and ending to send is told a bounded number of times', { timeout: WITHIN_MS }, async () => {
  const { roomId, attacker, told, settled } = await roomWithWitnesses();
  await attacker.ask('joinRoom', { roomId, userName: 'Eve' });
  await attacker.ask('createProducerTransport', {});
  await settled();
  const before = told();
  const asking = Array.from({ length: REQUESTS / 2 }, (_, index) => {
    const producerId = crypto.randomUUID();
    const rtpParameters = { ...EXAMPLE_OPUS, encodings: [{ ssrc: 5000 + index }] };
    return [
      attacker.ask('produce', { kind: 'audio', rtpParameters, producerId }),
      attacker.ask('closeProducer', { producerId }),
    ];
  }).flat();
  const { limited } = await outcomes(asking);
  await settled();
  expect(limited).toBeGreaterThan(REQUESTS / 4);
  // A producer counts 3, and is told of twice here; a few more may begin while this takes its time.
  const produced = MAX_CHANGE_BURST_PER_SOCKET / 3;
  expect(told() - before).toBeLessThanOrEqual(WITNESSES * 2 * (produced + 10));
});

it('joining and leaving is told a bounded number of times', { timeout: WITHIN_MS }, async () => {
  const { roomId, attacker, told, settled } = await roomWithWitnesses();
  await settled();
  const before = told();
  const asking = Array.from({ length: REQUESTS / 2 }, () => [
    attacker.ask('joinRoom', { roomId, userName: 'Eve' }),
    attacker.ask('leaveRoom', {}),
  ]).flat();
  const { limited } = await outcomes(asking);
  await settled();
  expect(limited).toBeGreaterThan(REQUESTS / 4);
  expect(told() - before).toBeLessThanOrEqual(WITNESSES * 2 * (MAX_JOIN_BURST_PER_SOCKET + 2));
});
