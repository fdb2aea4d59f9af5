// @ts-check

/**
 * Runs tasks in their order, at most so many at once; one that fails does not stop the others.
 *
 * @param {readonly (() => Promise<void>)[]} tasks
 * @param {number} width how many run at once
 * @throws {unknown} what the first task that failed threw, once all have ended
 */
export async function sideBySide(tasks, width) {
  const waiting = [...tasks];
  /** @type {unknown[]} */
  const failures = [];
  const lane = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      await task().catch((/** @type {unknown} */ error) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  if (failures.length > 0) throw failures[0];
}
