import type { Permission } from '../../../src-shared/permissions.ts';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';

/** The same answer for an unknown room, a wrong token and an invalid invite, so that nobody can find out which rooms exist. */
export function roomNotFound(): ProtocolError {
  return new ProtocolError('NOT_FOUND', 'There is no such meeting, or the link to it is wrong.');
}

/** A role that may not do something is told what it may do. */
export function notPermitted(permission: Permission): ProtocolError {
  return new ProtocolError('FORBIDDEN', NOT_PERMITTED[permission] ?? 'Your role in this meeting does not allow this.');
}

const NOT_PERMITTED: Partial<Record<Permission, string>> = {
  publish: 'You were invited to watch and to listen, not to send.',
  share: 'In this meeting, participants cannot share their screens.',
  unmute: 'In this meeting, participants turn their microphones on when they are asked to.',
  chat: 'In this meeting, participants cannot write messages.',
  react: 'In this meeting, participants cannot send reactions.',
  rename: 'In this meeting, participants cannot change their names.',
};
