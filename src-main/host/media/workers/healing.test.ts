import { observer, type types } from 'mediasoup';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MediaRoom } from '../../meeting/ports.ts';
import { createMedia } from '../index.ts';
import { GRACE_MS, RETRY_MS } from './worker-slot.ts';
import {
  addresses,
  audio,
  code,
  consume,
  dtls,
  freePort,
  Heard,
  HeldClock,
  log,
  openParticipant,
  simulcast,
} from '../testing.ts';

const workers: types.Worker[] = [];
observer.on('newworker', (worker) => workers.push(worker));

const heard = new Heard();
let clock: HeldClock;
let port: number;
let media: Awaited<ReturnType<typeof createMedia>>;
let room: MediaRoom;

beforeEach(async () => {
  heard.forget();
  workers.length = 0;
  clock = new HeldClock();
  port = await freePort();
  media = await createMedia({ port, addresses, workerCount: 1, log, clock });
  room = await media.openRoom(heard.room);
});
afterEach(() => media.close());

async function kill(): Promise<void> {
  const worker = workers.at(-1);
  if (!worker) throw new Error('There is no worker');
  const died = once(worker.observer, 'close');
  process.kill(worker.pid, 'SIGKILL');
  await died;
}

describe('a media process that is killed', () => {
  test('is replaced on the same port; its rooms are told and go on', async () => {
    const sender = await heard.sender(room);
    const viewer = await heard.receiver(room);
    const camera = simulcast();
    const { producerId } = camera;
    const producer = await heard.produce(sender, camera);
    const consumer = await consume(viewer, producerId, room.rtpCapabilities);

    const restarted = heard.restarted.next();
    await kill();
    const meanwhile = await Promise.all(
      [
        sender.createTransport('send'),
        sender.connectTransport('send', dtls),
        heard.produce(sender, audio()),
        producer.pause(),
        sender.restartIce(crypto.randomUUID()),
        consume(viewer, producerId, room.rtpCapabilities),
        consumer.resume(),
        viewer.warmUp(),
        media.openRoom(heard.room),
      ].map(code),
    );
    expect(meanwhile).toEqual(meanwhile.map(() => 'MEDIA_RESTARTING'));
    clock.pass(GRACE_MS);
    await restarted;
    expect(heard.ended.all).toEqual([]);

    const { iceCandidates } = await sender.createTransport('send');
    expect(new Set(iceCandidates.map((candidate) => candidate.port))).toEqual(new Set([port]));
    await viewer.createTransport('recv', { data: true });
    await viewer.warmUp();
    await heard.produce(sender, simulcast({ producerId }));
    const again = await consume(viewer, producerId, room.rtpCapabilities);
    await again.resume();
    expect(heard.restarted.all).toHaveLength(1);
    expect(workers).toHaveLength(2);
  });

  test('what is in flight is answered', async () => {
    const sender = await heard.sender(room);
    const restarted = heard.restarted.next();
    const died = kill();
    const inFlight = await Promise.all([code(heard.produce(sender, audio())), code(sender.createTransport('recv'))]);
    expect(inFlight.every((answer) => answer === null || answer === 'MEDIA_RESTARTING')).toBe(true);
    await died;
    clock.pass(GRACE_MS);
    await restarted;
  });

  test('again and again is replaced after a pause that doubles, up to a second', async () => {
    const pauses = [GRACE_MS, 2 * GRACE_MS, 4 * GRACE_MS, 8 * GRACE_MS, RETRY_MS, RETRY_MS];
    for (const [time, pause] of pauses.entries()) {
      await kill();
      clock.pass(pause - 1);
      expect(await code(media.openRoom(heard.room))).toBe('MEDIA_RESTARTING');
      expect(workers).toHaveLength(time + 1);
      const restarted = heard.restarted.next();
      clock.pass(1);
      await restarted;
      expect(workers).toHaveLength(time + 2);
    }
  });

  test('after a while without trouble is replaced at once again', async () => {
    for (const pause of [GRACE_MS, 2 * GRACE_MS]) {
      await kill();
      const restarted = heard.restarted.next();
      clock.pass(pause);
      await restarted;
    }
    clock.pass(10_001);
    await kill();
    const restarted = heard.restarted.next();
    clock.pass(GRACE_MS);
    await restarted;
  });

  test('is replaced by one that serves and is the only one, also if an address that came meanwhile is unusable', async () => {
    const restarted = heard.restarted.next();
    await kill();
    clock.pass(GRACE_MS);
    await media.follow([{ address: '192.0.2.254', local: true }]);
    await restarted;
    expect(await code(media.openRoom(heard.room))).toBe(null);
    clock.pass(RETRY_MS);
    expect(workers.filter(({ closed }) => !closed)).toHaveLength(1);
    expect(workers).toHaveLength(2);
  });

  test('while its replacement takes up a new address is replaced again', async () => {
    observer.once('newworker', (worker) => {
      vi.spyOn(worker, 'createWebRtcServer').mockImplementationOnce((...args) => {
        const opened = worker.createWebRtcServer(...args);
        // The second call, which takes up the address that came, finds the process dead.
        vi.spyOn(worker, 'createWebRtcServer').mockImplementationOnce(async () => {
          await kill();
          throw new Error('dead');
        });
        return opened;
      });
    });
    const first = heard.restarted.next();
    await kill();
    clock.pass(GRACE_MS);
    await media.follow([{ address: '127.0.0.2', local: true }]);
    await vi.waitFor(() => expect(workers.map(({ closed }) => closed)).toEqual([true, true]));
    clock.pass(RETRY_MS);
    await first;
    expect(workers.map(({ closed }) => closed)).toEqual([true, true, false]);
  });

  test('is of no more use to a room that cannot be made again on the next', async () => {
    const failed = heard.failed.next();
    observer.once('newworker', (worker) => {
      vi.spyOn(worker, 'createRouter').mockRejectedValueOnce(new Error('no memory'));
    });
    await kill();
    clock.pass(GRACE_MS);
    await failed;
    expect(heard.restarted.all).toEqual([]);
  });

  test('leaves a room that has closed meanwhile alone', async () => {
    const other = await media.openRoom(heard.room);
    const restarted = heard.restarted.next();
    await kill();
    other.close();
    clock.pass(GRACE_MS);
    await restarted;
    expect(heard.restarted.all).toHaveLength(1);
  });

  test.each([
    ['is not replaced when all is ending', () => undefined],
    ['is replaced and ended when all ends meanwhile', () => clock.pass(GRACE_MS)],
  ])('%s', async (_, meanwhile) => {
    await kill();
    meanwhile();
    await media.close();
    await media.close();
    clock.pass(RETRY_MS);
    const again = createSocket('udp4').bind(port);
    await once(again, 'listening');
    again.close();
    expect(workers.every(({ closed }) => closed)).toBe(true);
  });
});

describe('a media process that cannot start', () => {
  test('because it is not there: says which and what to do', async () => {
    const failure = createMedia({ port: 0, addresses, workerCount: 1, log, clock, workerBin: '/nowhere/worker' });
    await expect(failure).rejects.toMatchObject({
      name: 'HostError',
      code: 'WORKER_FAILED',
      message:
        'The media process /nowhere/worker does not start (spawn /nowhere/worker ENOENT). Install Parley again, or name a working one in MEDIASOUP_WORKER_BIN.',
    });
  });

  test('because it is something else', async () => {
    const failure = createMedia({ port: 0, addresses, workerCount: 1, log, clock, workerBin: '/bin/true' });
    await expect(failure).rejects.toMatchObject({ code: 'WORKER_FAILED' });
  });

  test('because its port is taken: names the port, and leaves no process behind', async () => {
    const failure = createMedia({ port, addresses, workerCount: 2, log, clock });
    await expect(failure).rejects.toMatchObject({ code: 'MEDIA_PORT_IN_USE' });
    await expect(failure).rejects.toThrow(`Port ${port} on 0.0.0.0 is needed for sound and pictures`);
    expect(workers.slice(1).every(({ closed }) => closed)).toBe(true);
  });

  test('an address that cannot be listened on is left out', async () => {
    const some = await createMedia({
      port: 0,
      addresses: [{ address: '203.0.113.9', local: true }],
      workerCount: 1,
      log,
      clock,
    });
    const { iceCandidates } = await openParticipant(await some.openRoom(heard.room)).createTransport('send');
    expect(iceCandidates.map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.1']);
    await some.close();
  });
});
