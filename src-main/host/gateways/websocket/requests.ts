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
import type { Log, MeetingSession } from '../../meeting/index.ts';
import { failureOf } from '../failure.ts';
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
  readonly #session: MeetingSession;
  readonly #log: Log;

  constructor(session: MeetingSession, log: Log) {
    this.#session = session;
    this.#log = log;
  }

  async answer(message: unknown): Promise<AnyAnswer> {
    const { action, requestId } = v.parse(Tag, message);
    const tag = requestId === undefined ? {} : { requestId };
    try {
      this.#session.countRequest();
      return { ...(await this.#carryOut(action, message)), ...tag };
    } catch (error) {
      return { type: 'error', action, ...failureOf(error, this.#log, action ?? 'no action'), ...tag };
    }
  }

  /** @param error what stood in the way of reading a message */
  refuse(error: ProtocolError): AnyAnswer {
    try {
      this.#session.countRequest();
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
    return call(this.#session, action, message);
  }
}

function call<Name extends PlainRequestName>(
  session: MeetingSession,
  name: Name,
  message: unknown,
): Promise<PlainAnswer<Name>> {
  return actions[name](session, parse(plainRequests[name].payload, message));
}

function isAction(action: string): action is PlainRequestName {
  return Object.hasOwn(plainRequests, action);
}
