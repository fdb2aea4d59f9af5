import { ProtocolError } from '../../../src-shared/protocol/index.ts';

/** One answer for an unknown room, a wrong token and a bad invite: nobody learns which rooms there are. */
export function roomNotFound(): ProtocolError {
  return new ProtocolError('NOT_FOUND', 'There is no such meeting, or the link to it is wrong.');
}
