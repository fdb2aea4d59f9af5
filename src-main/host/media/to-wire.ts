import type * as v from 'valibot';
import { parse } from '../../../src-shared/protocol/index.ts';

/**
 * What mediasoup describes, as it goes over the wire: fields that it leaves undefined are absent,
 * and what the contract does not know is dropped.
 */
export function toWire<const Schema extends v.GenericSchema>(
  schema: Schema,
  description: object,
): v.InferOutput<Schema> {
  return parse(schema, JSON.parse(JSON.stringify(description)));
}
