/** The page's end of the bridge to the app's main process. */
import type { Answer, Bridge, ShellProblem, ShellProblemCode } from '../../src-shared/ipc.ts';

declare global {
  interface Window {
    /** Put there by the app's preload; absent in a browser. */
    readonly parley?: Bridge;
  }
}

/** A call that failed; `message` is a sentence, though not in the person's language. */
export class ShellFailure extends Error {
  override readonly name = 'ShellFailure';
  readonly code: ShellProblemCode;

  constructor({ code, detail }: ShellProblem) {
    super(detail);
    this.code = code;
  }
}

/** The value of an answer. @throws {ShellFailure} */
export async function valueOf<Value>(asked: Promise<Answer<Value>>): Promise<Value> {
  const answer = await asked;
  if (answer.ok) return answer.value;
  throw new ShellFailure(answer.problem);
}
