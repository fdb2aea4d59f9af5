export type { Connection, MeetingEvent, Notify } from './connection.ts';
export type { Direct, DirectEvent, Line } from './direct/index.ts';
export type { Log, LogFields } from './log.ts';
export { Meetings } from './meetings.ts';
export type { Clock, Ends, Media } from './ports.ts';
export type { Operations, SignallingOperations } from './operations.ts';
export type { Visitor } from './visitor.ts';
export { newSecret } from './secret.ts';
