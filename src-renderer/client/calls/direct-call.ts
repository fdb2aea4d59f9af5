import type { IceCandidateInit, Offer, SdpAnswer } from '../../../src-shared/protocol/index.ts';
import type { InputDevice } from '../devices/input.svelte.ts';

export interface DirectCallListener {
  /** One of this side's addresses, for the other side. Never before what it belongs to has been sent. */
  candidate(candidate: IceCandidateInit): void;
  /** The other side's sound or picture begins. */
  received(track: MediaStreamTrack): void;
  changed(state: RTCPeerConnectionState): void;
}

export interface DirectCallOptions {
  microphone: InputDevice;
  camera: InputDevice;
  listener: DirectCallListener;
  connect?: () => RTCPeerConnection;
}

/** No STUN or TURN servers: on a local network host candidates are enough, and no service outside is used. */
const connectDirectly = (): RTCPeerConnection => new RTCPeerConnection({ bundlePolicy: 'max-bundle' });

/**
 * One connection from browser to browser, of the side that offers or of the one that answers. What it
 * sends follows the devices by `replaceTrack`: another camera needs no new offer.
 */
export class DirectCall {
  readonly #connection: RTCPeerConnection;
  readonly #devices: Pick<DirectCallOptions, 'microphone' | 'camera'>;
  readonly #listener: DirectCallListener;
  readonly #undo: (() => void)[] = [];
  /** The other side's candidates, until there is a description they belong to. */
  #early: (IceCandidateInit | null)[] = [];
  /** This side's candidates, until its description has been sent. */
  #held: IceCandidateInit[] | null = [];

  constructor({ microphone, camera, listener, connect = connectDirectly }: DirectCallOptions) {
    this.#connection = connect();
    this.#devices = { microphone, camera };
    this.#listener = listener;
    this.#connection.addEventListener('icecandidate', ({ candidate }) => this.#gathered(candidate));
    this.#connection.addEventListener('track', ({ track }) => listener.received(track));
    this.#connection.addEventListener('connectionstatechange', () => listener.changed(this.state));
  }

  get state(): RTCPeerConnectionState {
    return this.#connection.connectionState;
  }

  /** Offers both kinds of media, whether there is a device for them yet or not. @param send called once, in the same turn as the first candidate or before */
  async offer(send: (offer: Offer) => Promise<unknown>): Promise<void> {
    for (const device of [this.#devices.microphone, this.#devices.camera]) {
      const { sender } = this.#connection.addTransceiver(kindOf(device), { direction: 'sendrecv' });
      this.#follow(device, sender);
    }
    await this.#sendOffer(send);
  }

  /** Restarts ICE with the same other side. */
  async restart(send: (offer: Offer) => Promise<unknown>): Promise<void> {
    this.#connection.restartIce();
    await this.#sendOffer(send);
  }

  /** The answer to the latest offer. One to an earlier offer is ignored. */
  async accept(answer: SdpAnswer): Promise<void> {
    if (this.#connection.signalingState !== 'have-local-offer') return;
    await this.#connection.setRemoteDescription(answer);
    await this.#addEarly();
  }

  /** Whether `offer` continues this peer connection instead of beginning another one. */
  continues(offer: Offer): boolean {
    const current = this.#connection.remoteDescription;
    return current !== null && sessionOf(current.sdp) === sessionOf(offer.sdp);
  }

  async answer(offer: Offer, send: (answer: SdpAnswer) => Promise<unknown>): Promise<void> {
    await this.#connection.setRemoteDescription(offer);
    for (const transceiver of this.#connection.getTransceivers()) {
      if (transceiver.direction === 'sendrecv') continue;
      transceiver.direction = 'sendrecv';
      const { microphone, camera } = this.#devices;
      this.#follow(transceiver.receiver.track.kind === 'audio' ? microphone : camera, transceiver.sender);
    }
    const sdp = await this.#describe();
    const sending = send({ type: 'answer', sdp });
    this.#release();
    await Promise.all([sending, this.#addEarly()]);
  }

  addCandidate(candidate: IceCandidateInit | null): void {
    if (this.#connection.remoteDescription && this.#connection.signalingState === 'stable') void this.#add(candidate);
    else this.#early.push(candidate);
  }

  close(): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.#connection.close();
  }

  async #sendOffer(send: (offer: Offer) => Promise<unknown>): Promise<void> {
    this.#held ??= [];
    const sdp = await this.#describe();
    const sending = send({ type: 'offer', sdp });
    this.#release();
    await sending;
  }

  async #describe(): Promise<string> {
    await this.#connection.setLocalDescription();
    return this.#connection.localDescription?.sdp ?? '';
  }

  #gathered(candidate: RTCIceCandidate | null): void {
    if (!candidate) return;
    const { candidate: text, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    const init = { candidate: text, sdpMid, sdpMLineIndex, usernameFragment };
    if (this.#held) this.#held.push(init);
    else this.#listener.candidate(init);
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const candidate of held) this.#listener.candidate(candidate);
  }

  async #addEarly(): Promise<void> {
    await Promise.all(this.#early.splice(0).map((candidate) => this.#add(candidate)));
  }

  async #add(candidate: IceCandidateInit | null): Promise<void> {
    // A candidate of an offer that was replaced does not match any description.
    await this.#connection.addIceCandidate(candidate).catch(() => undefined);
  }

  /** Sends the device's track, and replaces it whenever it changes. */
  #follow(device: InputDevice, sender: RTCRtpSender): void {
    const send = (): void => {
      if (sender.track === device.track) return;
      // Rejects when the connection has been closed meanwhile.
      sender.replaceTrack(device.track).catch(() => undefined);
    };
    send();
    this.#undo.push(device.subscribe(send));
  }
}

const kindOf = ({ kind }: InputDevice): 'audio' | 'video' => (kind === 'microphone' ? 'audio' : 'video');

/** The session id of a description: the same for all that one connection makes (RFC 9429, section 5.2.1). */
function sessionOf(sdp: string): string | undefined {
  return /^o=\S+ (\S+) /m.exec(sdp)?.[1];
}
