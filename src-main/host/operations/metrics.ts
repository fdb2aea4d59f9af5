/** Figures in the format of Prometheus. They say nothing of single people, rooms or addresses. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { HTTP_STATUS } from '../../../src-shared/protocol/index.ts';
import type { Measures } from '../meeting/index.ts';

/** What a host does now. */
export interface HostFigures {
  readonly rooms: number;
  readonly participants: number;
  readonly waiting: number;
  /** By the number of the media process; null: it is being replaced. Bit rates in bit/s. */
  readonly workers: readonly ({ cpuSeconds: number; bitRates: { received: number; sent: number } } | null)[];
}

/** Upper bounds of the histogram of join times, s: joining takes 5 to 50 ms on a computer that is not busy. */
const JOIN_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface Metrics extends Measures {
  readonly contentType: string;
  /** All of them, as Prometheus reads them. */
  render(figures: HostFigures): Promise<string>;
}

export function createMetrics({ version }: { version: string }): Metrics {
  const registers = [new Registry()];
  const [registry] = registers;
  if (!registry) throw new Error('There is no registry');
  collectDefaultMetrics({ register: registry });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name, help, labelNames, registers });

  gauge('parley_info', 'The version of Parley, always 1', ['version']).set({ version }, 1);
  const rooms = gauge('parley_rooms', 'Meetings that are open, scheduled ones included');
  const participants = gauge('parley_participants', 'People who are in meetings');
  const waiting = gauge('parley_waiting', 'People who wait to be admitted');
  const running = gauge('parley_worker_up', 'Whether the media process runs', ['worker']);
  const bitRates = gauge('parley_media_bits_per_second', 'What the media process receives and sends', [
    'worker',
    'direction',
  ]);
  const cpu = new Counter({
    name: 'parley_worker_cpu_seconds_total',
    help: 'CPU time of the media process',
    labelNames: ['worker'],
    registers,
  });
  const joins = new Histogram({
    name: 'parley_join_duration_seconds',
    help: 'From the request to join to its answer',
    buckets: JOIN_BUCKETS,
    registers,
  });
  const refusals = new Counter({
    name: 'parley_refusals_total',
    help: 'Requests that were answered with a failure, by its code',
    labelNames: ['code'],
    registers,
  });
  // A series that exists from the start: an increase from nothing to 1 would be seen by no rate().
  for (const code of Object.keys(HTTP_STATUS)) refusals.inc({ code }, 0);

  return {
    contentType: registry.contentType,
    joined: (ms) => joins.observe(ms / 1000),
    refused: (code) => refusals.inc({ code }),
    render(figures) {
      rooms.set(figures.rooms);
      participants.set(figures.participants);
      waiting.set(figures.waiting);
      cpu.reset();
      for (const [index, figure] of figures.workers.entries()) {
        const worker = String(index);
        running.set({ worker }, figure ? 1 : 0);
        bitRates.set({ worker, direction: 'received' }, figure?.bitRates.received ?? 0);
        bitRates.set({ worker, direction: 'sent' }, figure?.bitRates.sent ?? 0);
        if (figure) cpu.inc({ worker }, figure.cpuSeconds);
      }
      return registry.metrics();
    },
  };
}
