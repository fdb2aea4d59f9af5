/** How long arriving in a meeting takes, until the pictures are there, on a slow computer too; ms. */
const ARRIVAL_MS = 1000;

/**
 * Does what nobody waits for once one has arrived: before, every millisecond of the page belongs to
 * the pictures. Calling what it returns does it at once, unless it has been done.
 */
export function afterArrival(work: () => void): () => void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    work();
  };
  const timer = setTimeout(once, ARRIVAL_MS);
  return once;
}
