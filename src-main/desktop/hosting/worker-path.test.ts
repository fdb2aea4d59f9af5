import { join } from 'node:path';
import { expect, it } from 'vitest';
import { workerPath } from './worker-path.ts';

const packaged = { packaged: true, resources: '/opt/Parley/resources', override: undefined };
const beside = '/opt/Parley/resources/app.asar.unpacked/node_modules/mediasoup/worker/out/Release/';

it.each([
  ['linux', 'mediasoup-worker'],
  ['darwin', 'mediasoup-worker'],
  ['win32', 'mediasoup-worker.exe'],
] as const)('installed on %s it lies beside the asar', (system, name) => {
  expect(workerPath({ ...packaged, system })).toBe(join(beside, name));
});

it('installed, the environment cannot put another in its place', () => {
  expect(workerPath({ ...packaged, system: 'linux', override: '/tmp/evil' })).toBe(join(beside, 'mediasoup-worker'));
});

it('in development it is where the environment says, else where mediasoup put it', () => {
  const development = { ...packaged, packaged: false, system: 'linux' } as const;
  expect(workerPath({ ...development, override: '/cache/worker' })).toBe('/cache/worker');
  expect(workerPath(development)).toBeUndefined();
});
