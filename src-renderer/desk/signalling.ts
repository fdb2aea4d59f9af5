import { DIRECT_NAMESPACE, directEvents, directRequests } from '../../src-shared/protocol/index.ts';
import { Connection } from '../meeting/signalling/connection.ts';
import type { ConnectionListener } from '../meeting/signalling/connection.ts';

const contract = { namespace: DIRECT_NAMESPACE, requests: directRequests, events: directEvents };

/** The connection over which calls at a desk are made. */
export class DirectSignalling extends Connection<typeof directRequests, typeof directEvents> {
  /**
   * @param origin `https://address:port` of the host
   * @param token the invite that gives a place at the desk
   */
  constructor(origin: string, token: string, listener: ConnectionListener) {
    super(origin, contract, listener, { token });
  }
}

/** What the desk's view models need of it. */
export type DeskLine = Pick<DirectSignalling, 'state' | 'request' | 'on' | 'hurry' | 'close'>;
export type Connect = (listener: ConnectionListener) => DeskLine;
