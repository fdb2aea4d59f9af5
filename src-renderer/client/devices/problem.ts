import type { OpeningProblem } from '../view.ts';

/** Why `getUserMedia` failed (https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia). */
export function deviceProblem(error: unknown): OpeningProblem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use';
    case 'NotFoundError':
      return 'missing';
    default:
      return 'failed';
  }
}

/** Whether the device exists but does not support the constraints. */
export function isOverconstrained(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'OverconstrainedError';
}
