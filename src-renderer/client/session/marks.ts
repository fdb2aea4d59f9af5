/**
 * Points of a join on the page's performance timeline, for anyone who profiles one:
 * `performance.getEntriesByName('parley:joined')`.
 */

export type MarkName =
  /** Everything is connected and negotiated: *Join* takes one message from here on. */
  | 'parley:ready'
  /** The person pressed *Join*. */
  | 'parley:join-click'
  /** The host answered that they are in. */
  | 'parley:joined'
  /** The first frame of somebody's video was put on screen. */
  | 'parley:first-remote-frame';

export function mark(name: MarkName): void {
  performance.mark(name);
}
