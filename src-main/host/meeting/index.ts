export type { Broadcast, ClientConnection, MeetingEvent, Notify } from './connection/client-connection.ts';
export type { Direct, DirectConnection, DirectEvent, DirectSession } from './direct/index.ts';
export type { Measures } from './measures.ts';
export type { Log, LogFields } from './log.ts';
export { endRoom, listRooms, type RoomSummary } from './administration.ts';
export { type MeetingSession, Rooms } from './rooms.ts';
export type { Clock, ConnectionEndpoints, Media } from './ports.ts';
export { newSecret } from './secret.ts';
