import { expect, test } from 'vitest';
import { topLayer } from './room-producer.ts';

test('the top layer is that of the last simulcast encoding, or of the scalability mode', () => {
  const encodings = [{ rid: 'r0' }, { rid: 'r1' }, { rid: 'r2' }];
  expect(topLayer({ type: 'simulcast', rtpParameters: { codecs: [], encodings } })).toBe(2);
  expect(topLayer({ type: 'svc', rtpParameters: { codecs: [], encodings: [{ scalabilityMode: 'L3T3_KEY' }] } })).toBe(
    2,
  );
  expect(topLayer({ type: 'simple', rtpParameters: { codecs: [], encodings: [{}] } })).toBe(0);
  expect(topLayer({ type: 'simple', rtpParameters: { codecs: [] } })).toBe(0);
});
