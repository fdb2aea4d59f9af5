/** Devices for tests: what a computer with these plugged in would do. */

export class FakeTrack extends EventTarget {
  readonly kind: 'audio' | 'video';
  readonly label: string;
  readonly #deviceId: string;
  enabled = true;
  contentHint = '';
  readyState: 'live' | 'ended' = 'live';

  constructor(kind: 'audio' | 'video', device: { deviceId: string; label: string }) {
    super();
    this.kind = kind;
    this.label = device.label;
    this.#deviceId = device.deviceId;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.#deviceId };
  }

  stop(): void {
    this.readyState = 'ended';
  }

  /** As when it is unplugged. */
  end(): void {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

export class FakeStream {
  readonly #tracks: readonly MediaStreamTrack[];

  constructor(tracks: readonly MediaStreamTrack[]) {
    this.#tracks = tracks;
  }

  getTracks(): readonly MediaStreamTrack[] {
    return this.#tracks;
  }
}

type Device = Pick<MediaDeviceInfo, 'deviceId' | 'groupId' | 'label' | 'kind'>;

export function device(kind: MediaDeviceKind, deviceId: string): Device {
  return { deviceId, groupId: `group-of-${deviceId}`, label: `The ${deviceId}`, kind };
}

export class FakeMediaDevices extends EventTarget {
  devices: Device[];
  /** What `getUserMedia` throws for a kind, by the name of the DOMException. */
  readonly failing: { audio?: string; video?: string } = {};
  readonly asked: MediaStreamConstraints[] = [];
  readonly tracks: FakeTrack[] = [];

  constructor(devices: Device[]) {
    super();
    this.devices = devices;
  }

  enumerateDevices(): Promise<Device[]> {
    return Promise.resolve(this.devices);
  }

  getUserMedia(constraints: MediaStreamConstraints): Promise<Pick<MediaStream, 'getTracks'>> {
    this.asked.push(constraints);
    const tracks: FakeTrack[] = [];
    for (const kind of ['audio', 'video'] as const) {
      const wanted = constraints[kind];
      if (!wanted) continue;
      const failure = this.failing[kind];
      if (failure) return Promise.reject(new DOMException(failure, failure));
      tracks.push(this.#open(kind, wanted === true ? undefined : wanted.deviceId));
    }
    const ofKind = (kind: string) => tracks.filter((track) => track.kind === kind);
    const stream = {
      getTracks: () => tracks,
      getAudioTracks: () => ofKind('audio'),
      getVideoTracks: () => ofKind('video'),
    };
    this.tracks.push(...tracks);
    return Promise.resolve(stream as unknown as MediaStream);
  }

  change(devices: Device[]): void {
    this.devices = devices;
    this.dispatchEvent(new Event('devicechange'));
  }

  #open(kind: 'audio' | 'video', wish: ConstrainDOMString | undefined): FakeTrack {
    const available = this.devices.filter((one) => one.kind === `${kind}input`);
    // As Chromium: an id that is only `ideal` is not looked at.
    const exact = typeof wish === 'object' && 'exact' in wish ? wish.exact : undefined;
    const found = available.find(({ deviceId }) => deviceId === exact) ?? available[0];
    if (!found) throw new DOMException('none', 'NotFoundError');
    return new FakeTrack(kind, found);
  }
}

/** Storage of nobody's browser. */
export function emptyStorage(): Storage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    clear: () => values.clear(),
    getItem: (key) => values.get(key) ?? null,
    key: (index) => [...values.keys()][index] ?? null,
    removeItem: (key) => void values.delete(key),
    setItem: (key, value) => void values.set(key, value),
  };
}
