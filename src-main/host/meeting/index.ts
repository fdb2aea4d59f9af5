export type { ClientConnection, MeetingEvent, Notify } from './session/client-connection.ts';
export type { Direct, DirectEvent, DirectConnection } from './direct/index.ts';
export type { Log, LogFields } from './log.ts';
export { Rooms } from './rooms.ts';
export type { Clock, ConnectionEndpoints, Media } from './ports.ts';
export type { Operations, SignallingOperations } from './session/operations.ts';
export type { ClientSession } from './session/client-session.ts';
export { newSecret } from './admission/secret.ts';
