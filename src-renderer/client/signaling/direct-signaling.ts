import { DIRECT_NAMESPACE, directEvents, directRequests } from '../../../src-shared/protocol/index.ts';
import { Signaling } from './signaling.ts';
import type { SignalingListener } from './signaling.ts';

const contract = { namespace: DIRECT_NAMESPACE, requests: directRequests, events: directEvents };

/** The connection over which calls at a desk are made. */
export class DirectSignaling extends Signaling<typeof directRequests, typeof directEvents> {
  /**
   * @param origin `https://address:port` of the host
   * @param token the invite that gives a place at the desk
   */
  constructor(origin: string, token: string, listener: SignalingListener) {
    super(origin, contract, listener, { token });
  }
}

/** What the desk's view models need of it. */
export type DeskSignaling = Pick<DirectSignaling, 'state' | 'request' | 'on' | 'hurry' | 'close'>;
export type Connect = (listener: SignalingListener) => DeskSignaling;
