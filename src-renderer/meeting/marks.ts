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
  /** The first frame of somebody's video was put on screen after joining. */
  | 'parley:first-remote-frame'
  /** A frame of a person's camera was put on screen for the first time; `detail.userId` says whose. */
  | 'parley:peer-seen';

/** Sets a mark; `detail` travels with it. */
export function mark(name: MarkName, detail?: { userId: string }): void {
  performance.mark(name, detail ? { detail } : {});
}

/**
 * Sets `parley:peer-seen`, and once per join `parley:first-remote-frame`, when `video` puts its next
 * frame of a person's camera on screen. Returns the undo.
 *
 * @param userId whose camera it is; not known before one has joined
 */
export function markNextFrame(video: HTMLVideoElement, userId: () => string): () => void {
  if (!('requestVideoFrameCallback' in video)) return () => undefined;
  let request = 0;
  const look = () => {
    request = video.requestVideoFrameCallback(() => {
      // Media may be quicker than the host's answer: it is not seen before the meeting is.
      if (video.closest('[inert]')) {
        look();
        return;
      }
      mark('parley:peer-seen', { userId: userId() });
      const since = performance.getEntriesByName('parley:join-click').at(-1)?.startTime ?? 0;
      const first = performance.getEntriesByName('parley:first-remote-frame').at(-1);
      if (!first || first.startTime < since) mark('parley:first-remote-frame');
    });
  };
  look();
  return () => video.cancelVideoFrameCallback(request);
}
