import {
  type Answer,
  type Failure,
  ProtocolError,
  type RequestName,
  parse,
  requests,
} from '../../../../src-shared/protocol/index.ts';
import type { Log, SignallingOperations } from '../../meeting/index.ts';
import { failureOf } from '../failure.ts';
import { RequestRate } from '../request-rate.ts';

type AnyEnvelope = ({ success: true } & Answer<RequestName>) | { success: false; error: Failure };
type Callback = (envelope: AnyEnvelope) => void;

/**
 * The listener for everything a client emits: carries out what `requests` knows, refuses the rest,
 * and answers each exactly once where there is a callback to answer. It never throws.
 */
export function requestListener(
  operations: SignallingOperations,
  log: Log,
): (event: string, ...args: unknown[]) => void {
  const rate = new RequestRate();

  const carryOut = (event: string, payload: unknown) => {
    rate.count();
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
function call<Name extends RequestName>(operations: SignallingOperations, name: Name, payload: unknown) {
  return operations[name](parse(requests[name].payload, payload ?? {}));
}

function isRequest(event: string): event is RequestName {
  return Object.hasOwn(requests, event);
}

function isCallback(argument: unknown): argument is Callback {
  return typeof argument === 'function';
}
