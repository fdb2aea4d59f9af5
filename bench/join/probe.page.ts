/**
 * Runs in every measured page before its own scripts. Measures from outside the client: when remote
 * video elements show their first frame, and how many signaling round trips a join needs.
 * Times are epoch ms with fractions, comparable between pages of one machine.
 */
export interface Probe {
  /** Starts a measurement and presses `button`. */
  press(button: HTMLElement): void;
  /** Forgets what was seen so far. */
  reset(): void;
  pressedAt: number;
  /** When the first frames of remote pictures appeared since `reset`, in the order they were noticed. */
  frames: number[];
  /**
   * Resolves when there are `count` of them. Polling would take time from what is measured.
   *
   * @throws {Error} they do not come within 30 s
   */
  until(count: number): Promise<void>;
  /** The longest chain of requests since `reset` in which each waited for the answer before it. */
  roundTrips: number;
  /** `roundTrips` as it stood when the first frame appeared. */
  roundTripsToFrame: number;
  /** Of one's own pictures, all layers. */
  framesEncoded(): Promise<number>;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

const connections: RTCPeerConnection[] = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

const now = () => performance.timeOrigin + performance.now();
const PATIENCE_MS = 30_000;
let waiting: { count: number; resolve: () => void }[] = [];
const probe: Probe = {
  pressedAt: 0,
  frames: [],
  roundTrips: 0,
  roundTripsToFrame: 0,
  reset() {
    Object.assign(probe, { frames: [], roundTrips: 0, roundTripsToFrame: 0 });
    depths.clear();
    answered = 0;
  },
  until(count) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`${probe.frames.length} of ${count} pictures came within ${PATIENCE_MS / 1000} s`));
      }, PATIENCE_MS);
      const seen = () => {
        clearTimeout(timer);
        resolve();
      };
      waiting.push({ count, resolve: seen });
      tellWaiting();
    });
  },
  async framesEncoded() {
    const reports = await Promise.all(connections.map((connection) => connection.getStats()));
    const stats = reports.flatMap((report) => [...report.values()] as RTCOutboundRtpStreamStats[]);
    return stats.reduce((sum, { type, framesEncoded = 0 }) => sum + (type === 'outbound-rtp' ? framesEncoded : 0), 0);
  },
  press(button) {
    probe.reset();
    pressed = button;
    probe.pressedAt = now();
    uncovered = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (covered()) return;
        observer.disconnect();
        void drawn().then(resolve);
      });
      const attributeFilter = ['class', 'hidden'];
      observer.observe(document, { subtree: true, childList: true, attributeFilter });
    });
    button.click();
  },
};
window.probe = probe;

// --- frames ---------------------------------------------------------------------------------------

const ownTracks = new WeakSet<MediaStreamTrack>();
const { mediaDevices } = navigator;
const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
mediaDevices.getUserMedia = async (constraints) => {
  const stream = await getUserMedia(constraints);
  for (const track of stream.getTracks()) ownTracks.add(track);
  return stream;
};

const shown = new WeakSet<MediaStreamTrack>();
const srcObject = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
  ...srcObject,
  set(this: HTMLMediaElement, stream: MediaStream | null) {
    srcObject?.set?.call(this, stream);
    if (this instanceof HTMLVideoElement && stream) watch(this);
  },
});

let pressed: HTMLElement | null = null;
/** When the page had been drawn without what covers the room before the click; page time. */
let uncovered = Promise.resolve(0);

/** Whether the page still shows where one joins. */
const covered = () => pressed?.checkVisibility({ opacityProperty: true }) ?? false;

/** The animation frame after the next one: by then what the page is now has been drawn. */
const drawn = () =>
  new Promise<number>((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
  });

/**
 * Notes the first frame of each remote track the element shows where it can be seen: when the browser
 * expects it on screen, or when the page has been drawn as that needs, whichever is later.
 */
function watch(video: HTMLVideoElement, laidOut = drawn()): void {
  video.requestVideoFrameCallback((_, { expectedDisplayTime }) => {
    const [track] = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks() : [];
    if (!track || ownTracks.has(track) || shown.has(track)) return;
    // Media may be quicker than the page, which still shows where one joins.
    if (covered()) {
      watch(video, laidOut);
      return;
    }
    shown.add(track);
    const { roundTrips } = probe;
    void Promise.all([laidOut, uncovered]).then((times) => {
      probe.frames.push(performance.timeOrigin + Math.max(expectedDisplayTime, ...times));
      if (probe.frames.length === 1) probe.roundTripsToFrame = roundTrips;
      tellWaiting();
    });
  });
}

function tellWaiting(): void {
  const due = waiting.filter(({ count }) => probe.frames.length >= count);
  waiting = waiting.filter((one) => !due.includes(one));
  for (const { resolve } of due) resolve();
}

// --- round trips ----------------------------------------------------------------------------------

/** Of each request in flight: how many answers of this measurement it had waited for, itself included. */
const depths = new Map<string, number>();
let answered = 0;
/** Socket.IO over Engine.IO: `42/namespace,ID["event",…]` is a request, `43/namespace,ID[…]` its answer. */
const PACKET = /^4([23])\/mediasoup,(\d+)\[/;

window.WebSocket = class extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    this.addEventListener('message', ({ data }) => note(data));
  }

  override send(data: string | Blob | BufferSource): void {
    note(data);
    super.send(data);
  }
};

function note(data: unknown): void {
  const [, type, id] = (typeof data === 'string' && PACKET.exec(data)) || [];
  if (!id) return;
  if (type === '2') {
    depths.set(id, answered + 1);
    return;
  }
  answered = Math.max(answered, depths.get(id) ?? 0);
  probe.roundTrips = Math.max(probe.roundTrips, answered);
}
