import type { DesktopProblemCode } from '../../../src-shared/ipc.ts';

/** A failure whose code is sent to the window. */
export class DesktopError extends Error {
  override readonly name = 'DesktopError';
  readonly code: DesktopProblemCode;

  constructor(code: DesktopProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
