/** What was written cannot be carried out; `message` is a sentence for each thing that is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
