import { TokenBucket } from 'limiter';
import { MAX_REQUEST_BURST_PER_SOCKET, MAX_REQUESTS_PER_SECOND_PER_SOCKET } from '../../../../src-shared/limits.ts';
import {
  type Answer,
  type Failure,
  ProtocolError,
  type RequestName,
  parse,
  requests,
} from '../../../../src-shared/protocol/index.ts';
import type { Log, Operations } from '../../meeting/index.ts';
import { failureOf } from '../failure.ts';

type AnyEnvelope = ({ success: true } & Answer<RequestName>) | { success: false; error: Failure };
type Callback = (envelope: AnyEnvelope) => void;

/**
 * The listener for everything a client emits: carries out what `requests` knows, refuses the rest,
 * and answers each exactly once where there is a callback to answer. It never throws.
 */
export function requestListener(operations: Operations, log: Log): (event: string, ...args: unknown[]) => void {
  const limit = new TokenBucket({
    bucketSize: MAX_REQUEST_BURST_PER_SOCKET,
    tokensPerInterval: MAX_REQUESTS_PER_SECOND_PER_SOCKET,
    interval: 'second',
  });
  limit.content = MAX_REQUEST_BURST_PER_SOCKET;

  const carryOut = (event: string, payload: unknown) => {
    if (!limit.tryRemoveTokens(1)) throw new ProtocolError('RATE_LIMITED', 'Too many requests. Wait a moment.');
    if (!isRequest(event)) throw new ProtocolError('BAD_REQUEST', 'This host knows no such request.');
    return call(operations, event, payload);
  };
  const answer = async (event: string, payload: unknown): Promise<AnyEnvelope> => {
    try {
      return { success: true, ...(await carryOut(event, payload)) };
    } catch (error) {
      return { success: false, error: failureOf(error, log, event) };
    }
  };

  return (event, ...args) => {
    const callback = args.find(isCallback);
    const payload = args.find((argument) => argument !== callback);
    void answer(event, payload).then(callback);
  };
}

/** A payload that is left out, or sent as nothing, is an empty one. */
function call<Name extends RequestName>(operations: Operations, name: Name, payload: unknown) {
  return operations[name](parse(requests[name].payload, payload ?? {}));
}

function isRequest(event: string): event is RequestName {
  return Object.hasOwn(requests, event);
}

function isCallback(argument: unknown): argument is Callback {
  return typeof argument === 'function';
}
