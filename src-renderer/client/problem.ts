import { ProtocolError } from '../../src-shared/protocol/index.ts';
import type { Failure } from '../../src-shared/protocol/index.ts';
import type { Problem } from './view.ts';

/** A `Problem` to be thrown: by the client itself where the host gave no answer. */
export class MeetingError extends Error implements Problem {
  override readonly name = 'MeetingError';
  readonly code: Problem['code'];

  constructor(code: Problem['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get detail(): string {
    return this.message;
  }
}

/** A failure as the host sent it, to be thrown. */
export function protocolError({ code, message, need }: Failure): ProtocolError {
  return new ProtocolError(code, message, need && { need });
}

/** What `error` means to the person. */
export function problemOf(error: unknown): MeetingError {
  if (error instanceof MeetingError) return error;
  if (error instanceof ProtocolError) {
    const code = error.need === 'passcode' ? 'PASSCODE' : error.code;
    return new MeetingError(code, error.message, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new MeetingError('INTERNAL', message, { cause: error });
}

/** What passes by itself: worth trying again while one was in. */
const PASSING: readonly Problem['code'][] = [
  'UNREACHABLE',
  'MEDIA_RESTARTING',
  'RATE_LIMITED',
  'LIMIT',
  'FULL',
  'INTERNAL',
];

/** Whether trying again without the person may help. */
export function passes({ code }: Problem): boolean {
  return PASSING.includes(code);
}

/** What only concerns joining just now: the person may look at themselves and try again. */
const REFUSALS: readonly Problem['code'][] = [
  'WAITING',
  'PASSCODE',
  'LOCKED',
  'FULL',
  'LIMIT',
  'RATE_LIMITED',
  'MEDIA_RESTARTING',
];

/** Whether a join that failed so leaves the person in pre-join. */
export function mayAskAgain({ code }: Problem): boolean {
  return REFUSALS.includes(code);
}
