import { expect, it } from 'vitest';
import { cameraConstraints } from './constraints.ts';

it('opens a camera as large as this computer is set to', () => {
  expect(cameraConstraints('720p')).toMatchObject({ width: { ideal: 1280 }, height: { ideal: 720 } });
  expect(cameraConstraints('360p')).toMatchObject({ width: { ideal: 640 }, height: { ideal: 360 } });
});
