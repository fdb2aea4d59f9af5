/**
 * Runs in every measured page before its own scripts: when each remote picture moves again on new media.
 * Times are epoch ms with fractions, comparable between pages of one machine.
 */
export interface Watch {
  /** Notes what is shown now; from here on only pictures of new tracks count. */
  begin(): void;
  /** Resolves with the time at which `count` remote pictures have shown a frame of a new track. */
  until(count: number): Promise<number>;
  /** What happened since `begin`, in order. */
  steps: { at: number; what: string }[];
}

declare global {
  interface Window {
    watch: Watch;
  }
}

const now = () => performance.timeOrigin + performance.now();
const note = (what: string): void => void window.watch.steps.push({ at: now(), what });

let connections = 0;
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    const name = `connection ${++connections}`;
    note(`${name} made`);
    this.addEventListener('iceconnectionstatechange', () => note(`${name} ICE ${this.iceConnectionState}`));
    this.addEventListener('connectionstatechange', () => note(`${name} ${this.connectionState}`));
  }
};

/** The tracks that were shown when the measurement began. */
const before = new Set<string>();
/** The new ones that have shown a frame. */
const seen = new Set<string>();
let resolveWhenSeen: () => void = () => undefined;
const watched = new WeakSet<HTMLVideoElement>();

const trackOf = (video: HTMLVideoElement): MediaStreamTrack | undefined =>
  video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0] : undefined;
/** Received tracks have no settings of a device. */
const remote = (track: MediaStreamTrack | undefined): track is MediaStreamTrack =>
  track !== undefined && track.getSettings().deviceId?.length !== 64;

function watchFrames(video: HTMLVideoElement): void {
  if (watched.has(video)) return;
  watched.add(video);
  const frame = () => {
    const track = trackOf(video);
    if (remote(track) && !before.has(track.id) && !seen.has(track.id)) {
      seen.add(track.id);
      note(`picture ${seen.size}`);
      resolveWhenSeen();
    }
    video.requestVideoFrameCallback(frame);
  };
  video.requestVideoFrameCallback(frame);
}

const watchAll = () => document.querySelectorAll('video').forEach(watchFrames);
new MutationObserver(watchAll).observe(document, { subtree: true, childList: true });

window.watch = {
  steps: [],
  begin() {
    watchAll();
    window.watch.steps = [];
    seen.clear();
    before.clear();
    for (const video of document.querySelectorAll('video')) {
      const track = trackOf(video);
      if (track) before.add(track.id);
    }
  },
  until(count) {
    return new Promise((resolve) => {
      resolveWhenSeen = () => {
        if (seen.size >= count) resolve(now());
      };
      resolveWhenSeen();
    });
  },
};
