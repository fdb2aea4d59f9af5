import type * as v from 'valibot';
import { type Failure, ProtocolError, parse } from '../../../../src-shared/protocol/index.ts';
import type { Log } from '../../meeting/index.ts';
import { failureOf } from '../failure.ts';

/** What a namespace understands: the schema of each request's payload. */
type RequestTable<Payloads> = {
  readonly [Name in keyof Payloads]: { readonly payload: v.GenericSchema<unknown, Payloads[Name]> };
};

/** What carries the requests out; a `ClientSession` is one. */
interface Session<Payloads> {
  /** Counts one request. @throws {ProtocolError} RATE_LIMITED */
  countRequest(name: string): void;
  /** Gives the fields of the answer. */
  perform<Name extends keyof Payloads>(name: Name, payload: Payloads[Name]): object | Promise<object>;
}

type Envelope = ({ success: true } & object) | { success: false; error: Failure };
type Callback = (envelope: Envelope) => void;

interface Options<Payloads> {
  readonly requests: RequestTable<Payloads>;
  readonly session: Session<Payloads>;
  readonly log: Log;
  /** What becomes of a failure that no callback is there to hear; by default nothing. */
  readonly onUnheard?: (event: string, failure: Failure) => void;
}

/**
 * The listener for everything a client emits: carries out what `requests` knows, refuses the rest,
 * and answers each exactly once where there is a callback to answer. It never throws.
 */
export function requestListener<Payloads>(
  options: Options<Payloads>,
): (name: string | number, ...args: unknown[]) => void {
  const { requests, session, log, onUnheard } = options;

  const carryOut = (event: string, payload: unknown) => {
    session.countRequest(event);
    if (!knows(requests, event)) throw new ProtocolError('BAD_REQUEST', 'This host knows no such request.');
    // A payload that is left out, or sent as nothing, is an empty one.
    return session.perform(event, parse(requests[event].payload, payload ?? {}));
  };
  const answer = async (event: string, payload: unknown): Promise<Envelope> => {
    try {
      return { success: true, ...(await carryOut(event, payload)) };
    } catch (error) {
      return { success: false, error: failureOf(error, log, event) };
    }
  };

  return (name, ...args) => {
    // Socket.IO takes numbers too.
    const event = String(name);
    const callback = args.find(isCallback);
    const payload = args.find((argument) => argument !== callback);
    void answer(event, payload).then((envelope) => {
      if (callback) callback(envelope);
      else if (!envelope.success) onUnheard?.(event, envelope.error);
    });
  };
}

function knows<Payloads>(requests: RequestTable<Payloads>, event: string): event is keyof Payloads & string {
  return Object.hasOwn(requests, event);
}

function isCallback(argument: unknown): argument is Callback {
  return typeof argument === 'function';
}
