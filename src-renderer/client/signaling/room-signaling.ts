import * as v from 'valibot';
import { NAMESPACE, PROTOCOL_VERSION, events, requests } from '../../../src-shared/protocol/index.ts';
import { MeetingError } from '../problem.ts';
import { Signaling } from './signaling.ts';
import type { SignalingListener, Contract } from './signaling.ts';

export type { SignalingListener as SignalingListener } from './signaling.ts';

const GREETING = 'connection-success';

const contract: Contract<typeof requests, typeof events> = {
  namespace: NAMESPACE,
  requests,
  events,
  greeting: {
    event: GREETING,
    refusal: (payload) => {
      const greeting = v.safeParse(events[GREETING], payload);
      if (!greeting.success) return new MeetingError('VERSION', 'The host does not speak this protocol.');
      const { protocol } = greeting.output;
      if (protocol === PROTOCOL_VERSION) return null;
      const which = protocol > PROTOCOL_VERSION ? 'newer' : 'older';
      return new MeetingError('VERSION', `The host runs a ${which} version of Parley.`);
    },
  },
};

/** The connection over which meetings are held. */
export class RoomSignaling extends Signaling<typeof requests, typeof events> {
  /** @param origin `https://address:port` of the host */
  constructor(origin: string, listener: SignalingListener) {
    super(origin, contract, listener);
  }
}
