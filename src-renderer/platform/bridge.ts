/** The page's side of the bridge to the app's main process. */
import type { Answer, Bridge, DesktopProblem, DesktopProblemCode } from '../../src-shared/ipc.ts';

declare global {
  interface Window {
    /** Exposed by the app's preload script; absent in a browser. */
    readonly parley?: Bridge;
  }
}

/** A call that failed; `message` is a sentence, though not in the person's language. */
export class DesktopFailure extends Error {
  override readonly name = 'DesktopFailure';
  readonly code: DesktopProblemCode;

  constructor({ code, detail }: DesktopProblem) {
    super(detail);
    this.code = code;
  }
}

/** The value of an answer. @throws {DesktopFailure} */
export async function valueOf<Value>(asked: Promise<Answer<Value>>): Promise<Value> {
  const answer = await asked;
  if (answer.ok) return answer.value;
  throw new DesktopFailure(answer.problem);
}
