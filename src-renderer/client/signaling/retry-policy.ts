/** When to try again after a connection is lost: at once, soon, then patiently; ms before each try. */
const DELAYS = [0, 300, 1200, 2700, 4800] as const;
const PATIENT = 7000;
/** Everyone of a room loses the host at the same moment; they should not all come back in one. */
const JITTER = 0.25;

/**
 * How long to wait before try number `attempt` (0 is the first), in ms.
 *
 * @param random gives numbers from 0 to 1, as `Math.random` does
 */
export function retryDelay(attempt: number, random: () => number): number {
  const delay = DELAYS[attempt] ?? PATIENT;
  return Math.round(delay * (1 + JITTER * (2 * random() - 1)));
}
