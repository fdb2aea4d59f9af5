import * as v from 'valibot';
import { MAX_ID_LENGTH } from '../../../../src-shared/limits.ts';
import {
  type PlainAnswer,
  type PlainFailure,
  type PlainRequestName,
  ProtocolError,
  RequestId,
  parse,
  plainRequests,
} from '../../../../src-shared/protocol/index.ts';
import type { Log, Operations } from '../../meeting/index.ts';
import { failureOf } from '../failure.ts';
import { RequestRate } from '../request-rate.ts';
import { actions } from './actions.ts';

/** What an answer repeats of its request, as far as it can be made out. */
const Tag = v.fallback(
  v.object({
    action: v.fallback(v.nullable(v.pipe(v.string(), v.maxLength(MAX_ID_LENGTH))), null),
    requestId: v.fallback(v.optional(RequestId), undefined),
  }),
  { action: null },
);

type AnyAnswer = PlainAnswer<PlainRequestName> | PlainFailure;

/** One client's requests: each is carried out at once and answered exactly once. Nothing here throws. */
export class Requests {
  readonly #operations: Operations;
  readonly #log: Log;
  readonly #rate = new RequestRate();

  constructor(operations: Operations, log: Log) {
    this.#operations = operations;
    this.#log = log;
  }

  async answer(message: unknown): Promise<AnyAnswer> {
    const { action, requestId } = v.parse(Tag, message);
    const tag = requestId === undefined ? {} : { requestId };
    try {
      this.#rate.count();
      return { ...(await this.#carryOut(action, message)), ...tag };
    } catch (error) {
      return { type: 'error', action, ...failureOf(error, this.#log, action ?? 'no action'), ...tag };
    }
  }

  /** @param error what stood in the way of reading a message */
  refuse(error: ProtocolError): AnyAnswer {
    try {
      this.#rate.count();
      throw error;
    } catch (reason) {
      return { type: 'error', action: null, ...failureOf(reason, this.#log, 'no action') };
    }
  }

  async #carryOut(action: string | null, message: unknown): Promise<PlainAnswer<PlainRequestName>> {
    if (action === null || !isAction(action)) {
      throw new ProtocolError(
        'BAD_REQUEST',
        `Name one of these as "action": ${Object.keys(plainRequests).join(', ')}.`,
      );
    }
    return call(this.#operations, action, message);
  }
}

function call<Name extends PlainRequestName>(
  operations: Operations,
  name: Name,
  message: unknown,
): Promise<PlainAnswer<Name>> {
  return actions[name](operations, parse(plainRequests[name].payload, message));
}

function isAction(action: string): action is PlainRequestName {
  return Object.hasOwn(plainRequests, action);
}
