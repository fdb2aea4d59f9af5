import type { ShellProblemCode } from '../../../src-shared/ipc.ts';

/** A failure the window is told of by its code. */
export class ShellError extends Error {
  override readonly name = 'ShellError';
  readonly code: ShellProblemCode;

  constructor(code: ShellProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
