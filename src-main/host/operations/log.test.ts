import { expect, test } from 'vitest';
import { createLog } from './log.ts';

const now = () => new Date(Date.UTC(2026, 0, 31, 9, 30));

function lines(level?: 'info' | 'warn' | 'error') {
  const written: string[] = [];
  return { written, log: createLog({ write: (line) => written.push(line) }, { now, ...(level && { level }) }) };
}

test('writes time, urgency, message and fields on one line', () => {
  const { written, log } = lines();
  log.info('Host is listening', { port: 7443, address: '192.168.1.5', name: 'Mira’s computer', none: undefined });
  expect(written).toEqual([
    '2026-01-31T09:30:00.000Z info Host is listening port=7443 address=192.168.1.5 name="Mira’s computer"\n',
  ]);
});

test('no value can begin a line of its own', () => {
  const { written, log } = lines();
  log.warn('a\nb', { userName: 'x\n2026 error forged' });
  expect(written.join('')).toBe('2026-01-31T09:30:00.000Z warn a b userName="x\\n2026 error forged"\n');
});

test('writes an error with what caused it', () => {
  const { written, log } = lines();
  log.error('Failed', { error: new Error('outer', { cause: new Error('inner') }) });
  expect(written[0]).toMatch(/outer.*caused by Error: inner/);
});

test('writes whatever it is given', () => {
  const { written, log } = lines();
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  log.info('Odd', { circle, big: 7n, list: ['a', 'b'], none: null });
  expect(written[0]).toContain("circle=<ref *1> { self: [Circular *1] } big=7n list=[ 'a', 'b' ] none=null\n");
});

test('leaves out what is less urgent than its level', () => {
  const { written, log } = lines('warn');
  log.info('quiet');
  log.warn('loud');
  expect(written).toHaveLength(1);
});

test('writes one JSON object per line for programs, whatever the fields are', () => {
  const written: string[] = [];
  const log = createLog({ write: (line) => written.push(line) }, { now, json: true });
  log.info('Host is listening', { port: 7443, name: 'x\n{"level":"error"}', level: 'forged', none: undefined });
  log.error('Failed', { error: new Error('outer', { cause: new Error('inner') }), list: [7n] });
  expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      time: '2026-01-31T09:30:00.000Z',
      level: 'info',
      message: 'Host is listening',
      port: 7443,
      name: 'x\n{"level":"error"}',
    },
    {
      time: '2026-01-31T09:30:00.000Z',
      level: 'error',
      message: 'Failed',
      error: expect.stringMatching(/outer[^]*caused by Error: inner/) as string,
      list: '[ 7n ]',
    },
  ]);
  expect(written.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
});
