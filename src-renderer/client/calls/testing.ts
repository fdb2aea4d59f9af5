/** A desk without a host and without a network: for tests of its view models. */
import type {
  DirectEventName,
  DirectEventPayload,
  InviteContent,
  Offer,
  SdpAnswer,
} from '../../../src-shared/protocol/index.ts';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import { Devices } from '../devices/devices.svelte.ts';
import { FakeMediaDevices, FakeStream, device, emptyStorage } from '../devices/testing.ts';
import { Preferences } from '../settings/preferences.svelte.ts';
import type { SignalingListener, SignalingState } from '../signaling/signaling.ts';
import { DirectCall } from './direct-call.ts';
import type { DirectCallOptions } from './direct-call.ts';
import type { Connect, DeskSignaling } from '../signaling/direct-signaling.ts';

export const appointment = { id: 'ada-1', title: 'Check-up', startsAt: 0 };
export const clientInvite = { id: 'i1', roomId: 'desk', role: 'client', name: 'Ada', appointment } as const;
export const professionalInvite: InviteContent = { id: 'i2', roomId: 'desk', role: 'professional', name: 'Dr. Okafor' };

/** A host that does what the test says. */
export class FakeDeskSignaling {
  state: SignalingState = 'connecting';
  /** What it was asked, in order. */
  readonly asked: { name: string; payload: unknown }[] = [];
  /** What it refuses, by request. */
  readonly refusals = new Map<string, ProtocolError>();
  readonly #events = new Map<string, (payload: object) => void>();
  #listener: SignalingListener | null = null;

  readonly connect: Connect = (listener) => {
    this.#listener = listener;
    return this as unknown as DeskSignaling;
  };
  on = (name: string, listener: (payload: object) => void) => void this.#events.set(name, listener);
  hurry = () => undefined;
  close = () => (this.state = 'closed');
  request = (name: string, payload: unknown): Promise<unknown> => {
    this.asked.push({ name, payload });
    const refusal = this.refusals.get(name);
    if (refusal) return Promise.reject(refusal);
    return Promise.resolve(name === 'getIce' ? { candidates: [{ candidate: 'early' }] } : {});
  };

  tell<Name extends DirectEventName>(name: Name, payload: DirectEventPayload<Name>): void {
    this.#events.get(name)?.(payload);
  }
  come(): void {
    this.state = 'connected';
    this.#listener?.connected();
  }
  lose(): void {
    this.state = 'lost';
    this.#listener?.lost();
  }
  refuse(code: ProtocolError['code']): void {
    this.#listener?.refused({ code });
  }
  /** How often it was asked for this. */
  count(name: string): number {
    return this.asked.filter((request) => request.name === name).length;
  }
}

/** A browser's connection that agrees to everything at once. */
export class FakePeerConnection extends EventTarget {
  static count = 0;
  readonly session = ++FakePeerConnection.count;
  connectionState: RTCPeerConnectionState = 'new';
  signalingState: RTCSignalingState = 'stable';
  localDescription: { type: string; sdp: string } | null = null;
  remoteDescription: { type: string; sdp: string } | null = null;
  readonly candidates: unknown[] = [];
  readonly transceivers: FakeTransceiver[] = [];
  restarts = 0;
  closed = false;
  #version = 0;

  addTransceiver(kind: 'audio' | 'video'): FakeTransceiver {
    const transceiver = new FakeTransceiver(kind, 'sendrecv');
    this.transceivers.push(transceiver);
    return transceiver;
  }
  getTransceivers = () => this.transceivers;
  restartIce(): void {
    this.restarts++;
  }
  close(): void {
    this.closed = true;
  }

  setLocalDescription(): Promise<void> {
    const answers = this.signalingState === 'have-remote-offer';
    this.localDescription = { type: answers ? 'answer' : 'offer', sdp: sdpOf(this.session, ++this.#version) };
    this.signalingState = answers ? 'stable' : 'have-local-offer';
    return Promise.resolve();
  }
  setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    this.remoteDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
    if (description.type === 'offer' && this.transceivers.length === 0) {
      this.transceivers.push(new FakeTransceiver('audio', 'recvonly'), new FakeTransceiver('video', 'recvonly'));
    }
    return Promise.resolve();
  }
  addIceCandidate(candidate: unknown): Promise<void> {
    this.candidates.push(candidate);
    return Promise.resolve();
  }

  gather(candidate: string): void {
    const init = { candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u' };
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: init }));
  }
  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }
  receive(kind: 'audio' | 'video'): void {
    this.dispatchEvent(Object.assign(new Event('track'), { track: { kind, id: `${kind}-${this.session}` } }));
  }
}

class FakeTransceiver {
  direction: RTCRtpTransceiverDirection;
  readonly receiver: { track: { kind: string } };
  readonly sender: { track: unknown; replaced: number; replaceTrack(track: unknown): Promise<void> };

  constructor(kind: string, direction: RTCRtpTransceiverDirection) {
    this.direction = direction;
    this.receiver = { track: { kind } };
    this.sender = {
      track: null,
      replaced: 0,
      replaceTrack(track) {
        this.track = track;
        this.replaced++;
        return Promise.resolve();
      },
    };
  }
}

const sdpOf = (session: number, version: number): string => `v=0\r\no=- ${session} ${version} IN IP4 127.0.0.1\r\n`;
/** As another browser would make it in its connection of this number. */
export const offerOf = (session: number, version = 1): Offer => ({ type: 'offer', sdp: sdpOf(session, version) });
export const answer: SdpAnswer = { type: 'answer', sdp: sdpOf(900, 1) };

/** The connections a test's calls make, the latest last. */
export class FakeConnections {
  readonly all: FakePeerConnection[] = [];

  readonly make = (options: DirectCallOptions): DirectCall => {
    const connection = new FakePeerConnection();
    this.all.push(connection);
    return new DirectCall({ ...options, connect: () => connection as unknown as RTCPeerConnection });
  };

  get latest(): FakePeerConnection {
    const connection = this.all.at(-1);
    if (!connection) throw new Error('there is no connection');
    return connection;
  }
}

/** A person's computer with two cameras and a microphone. */
export function fakeComputer(): { devices: Devices; media: FakeMediaDevices } {
  const media = new FakeMediaDevices([
    device('audioinput', 'headset'),
    device('videoinput', 'webcam'),
    device('videoinput', 'document-camera'),
  ]);
  Object.defineProperty(navigator, 'mediaDevices', { value: media, configurable: true });
  Object.defineProperty(globalThis, 'MediaStream', { value: FakeStream, configurable: true, writable: true });
  const storage = emptyStorage();
  return { devices: new Devices(new Preferences(() => storage)), media };
}

export const platform = { keepAwake: () => () => undefined };
