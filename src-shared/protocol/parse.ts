import * as v from 'valibot';
import { ProtocolError } from './errors.ts';

/**
 * Validates `input` against `schema`.
 *
 * @throws {ProtocolError} BAD_REQUEST, with the first invalid field and the reason
 */
export function parse<const Schema extends v.GenericSchema>(schema: Schema, input: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  throw new ProtocolError('BAD_REQUEST', field ? `${field}: ${issue.message}` : issue.message);
}
