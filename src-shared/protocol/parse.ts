import * as v from 'valibot';
import { ProtocolError } from './errors.ts';

/**
 * `input` as `schema` describes it.
 *
 * @throws {ProtocolError} BAD_REQUEST, naming the first field that does not fit and why.
 */
export function parse<const Schema extends v.GenericSchema>(schema: Schema, input: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  throw new ProtocolError('BAD_REQUEST', field ? `${field}: ${issue.message}` : issue.message);
}
