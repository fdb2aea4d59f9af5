/** The host in the app. It is started once, when the person first hosts a meeting. */
import { buildInvite } from '../../../src-shared/invite.ts';
import type { Hosted, HostRequest, MeetingContext } from '../../../src-shared/ipc.ts';
import type { CreateRoom, CreatedRoom } from '../../../src-shared/protocol/index.ts';
import type { Host } from '../../host/host.ts';
import { HostError } from '../../host/host-error.ts';
import { DesktopError } from '../ipc/desktop-error.ts';

/** What the app needs of a running host. */
export type RunningHost = Pick<
  Host,
  'url' | 'port' | 'fingerprint' | 'words' | 'name' | 'participants' | 'setAnnounced' | 'close'
>;

export interface HostingOptions {
  start: () => Promise<RunningHost>;
  /** Creates a room on the host. */
  createRoom: (
    host: { origin: string; fingerprint: string },
    room: CreateRoom,
  ) => Promise<Pick<CreatedRoom, 'roomId' | 'hostToken' | 'linkKey'>>;
}

interface Meeting {
  host: RunningHost;
  roomId: string;
  hostToken: string;
  /** Of the link for other people. */
  key?: string;
  /** Whether the person opened the room's desk instead of its meeting. */
  desk?: true;
}

export class Hosting {
  readonly #options: HostingOptions;
  #host: Promise<RunningHost> | null = null;
  #running: RunningHost | null = null;
  #meeting: Meeting | null = null;

  constructor(options: HostingOptions) {
    this.#options = options;
  }

  /** The meeting that this computer hosts, if any. */
  get hosted(): Hosted | null {
    return this.#meeting && describe(this.#meeting);
  }

  /** How many other people are in the meetings of this host. @param ownIn whether the person at this computer is one of the participants */
  guests(ownIn: boolean): number {
    const participants = this.#meeting?.host.participants ?? 0;
    return Math.max(0, participants - (ownIn ? 1 : 0));
  }

  /**
   * Opens a meeting on this computer. Starts the host first if it is not running.
   *
   * @throws {DesktopError} HOST_FAILED, or the host's own code
   */
  async open({ desk, ...room }: HostRequest): Promise<{ hosted: Hosted; context: MeetingContext }> {
    const host = await this.#start();
    this.#running = host;
    const {
      roomId,
      hostToken,
      linkKey: key,
    } = await this.#options
      .createRoom({ origin: loopback(host), fingerprint: host.fingerprint }, room)
      .catch((cause: unknown) => {
        throw new DesktopError('HOST_FAILED', 'The host could not open a meeting', { cause });
      });
    const meeting = { host, roomId, hostToken, ...(key !== undefined && { key }), ...(desk && { desk }) };
    this.#meeting = meeting;
    return { hosted: describe(meeting), context: contextOf(meeting, true) };
  }

  /** The context of the meeting that this computer hosts; null: `roomId` at a host with this key is another one. */
  contextOf(roomId: string, fingerprint: string | undefined): MeetingContext | null {
    const meeting = this.#meeting;
    const same = meeting?.roomId === roomId && meeting.host.fingerprint === fingerprint;
    return same ? contextOf(meeting, false) : null;
  }

  /** The key of the running host, whether or not it has a meeting. */
  get fingerprint(): string | undefined {
    return this.#running?.fingerprint;
  }

  /** Whether the host announces itself on the local network from now on; the next one follows `start`. */
  async setAnnounced(on: boolean): Promise<void> {
    await this.#running?.setAnnounced(on);
  }

  /** Ends all meetings of this host and informs the participants. Idempotent. */
  async end(): Promise<void> {
    const starting = this.#host;
    this.#host = null;
    this.#running = null;
    this.#meeting = null;
    const host = await starting?.catch(() => null);
    await host?.close('The host has closed Parley.');
  }

  #start(): Promise<RunningHost> {
    this.#host ??= this.#options.start().catch((cause: unknown) => {
      this.#host = null;
      const why = cause instanceof Error ? cause.message : 'The host could not be started';
      // The host in the app issues its own certificate and reads no certificate file.
      const known = cause instanceof HostError && cause.code !== 'CERTIFICATE_UNUSABLE';
      throw new DesktopError(known ? cause.code : 'HOST_FAILED', why, { cause });
    });
    return this.#host;
  }
}

/** The window of the host's own participant connects like every other client, over the loopback interface. */
const loopback = ({ port }: RunningHost) => `https://127.0.0.1:${port}`;

function contextOf(meeting: Meeting, opened: boolean): MeetingContext {
  const { host, roomId, hostToken, key, desk } = meeting;
  return {
    at: 'meeting',
    invite: {
      origin: loopback(host),
      roomId,
      ...(desk && { desk }),
      token: hostToken,
      ...(key !== undefined && { key }),
      fingerprint: host.fingerprint,
    },
    link: linkOf(meeting),
    own: true,
    opened,
    trust: 'link',
  };
}

function describe(meeting: Meeting): Hosted {
  const { url, fingerprint, words, name } = meeting.host;
  return { url, fingerprint, words, name, link: linkOf(meeting) };
}

const linkOf = ({ host, roomId, key, desk }: Meeting) =>
  buildInvite({
    origin: host.url,
    roomId,
    ...(desk && { desk }),
    ...(key !== undefined && { key }),
    fingerprint: host.fingerprint,
  });
