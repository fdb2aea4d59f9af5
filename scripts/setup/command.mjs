// @ts-check
import { Interrupted, passSignalsOn } from './run.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * Runs one of the commands of package.json: what it resolves with is the exit code; a
 * {@link SetupError} is said in its own words and ends with 1, an interruption as the signal does.
 *
 * @param {(args: string[]) => Promise<number>} main
 */
export async function command(main) {
  passSignalsOn();
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (error instanceof Interrupted) process.exitCode = error.exitCode;
    else if (error instanceof SetupError) {
      process.stderr.write(`\n${error.message}\n`);
      process.exitCode = 1;
    } else throw error;
  }
}
