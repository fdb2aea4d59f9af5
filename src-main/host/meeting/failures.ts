import { ProtocolError } from '../../../src-shared/protocol/index.ts';

/** The same answer for an unknown room, a wrong token and an invalid invite, so that nobody can find out which rooms exist. */
export function roomNotFound(): ProtocolError {
  return new ProtocolError('NOT_FOUND', 'There is no such meeting, or the link to it is wrong.');
}
