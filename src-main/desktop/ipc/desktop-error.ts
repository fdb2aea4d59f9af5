import type { DesktopProblemCode } from '../../../src-shared/ipc.ts';

/** A failure the window is told of by its code. */
export class DesktopError extends Error {
  override readonly name = 'DesktopError';
  readonly code: DesktopProblemCode;

  constructor(code: DesktopProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
