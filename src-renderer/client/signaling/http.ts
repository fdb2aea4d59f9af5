/** Calls of a host over HTTP. */
import * as v from 'valibot';
import { HttpFailure, ProtocolError } from '../../../src-shared/protocol/index.ts';
import { MeetingError, protocolError } from '../problem.ts';

/** How long an answer may take, ms. */
const ANSWER_MS = 10_000;

export interface Call {
  method?: 'GET' | 'POST' | 'DELETE';
  /** What is sent, as JSON. */
  body?: object;
  /** What proves that one may. */
  token?: string;
}

/** What a call without an answer gives. */
export const Nothing = v.null();

/**
 * The answer of the host at `origin`, as `schema` describes it.
 *
 * @throws {ProtocolError | MeetingError} the host's own failure; UNREACHABLE; INTERNAL
 */
export async function call<const Schema extends v.GenericSchema>(
  schema: Schema,
  origin: string,
  path: string,
  { method = 'GET', body, token }: Call = {},
): Promise<v.InferOutput<Schema>> {
  const answered = await answer(origin + path, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const failure = v.safeParse(HttpFailure, answered.body);
  if (failure.success) throw protocolError(failure.output.error);
  const result = v.safeParse(schema, answered.body);
  if (answered.ok && result.success) return result.output;
  throw new ProtocolError('INTERNAL', 'The host gave an answer that Parley does not understand.');
}

async function answer(url: string, init: RequestInit): Promise<{ ok: boolean; body: unknown }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS), cache: 'no-store' });
    return { ok: response.ok, body: await response.json().catch(() => null) };
  } catch (error) {
    throw new MeetingError('UNREACHABLE', 'The host does not answer.', { cause: error });
  }
}
