export { Direct, type DirectInvites } from './direct.ts';
export type { DirectEvent, Line } from './line.ts';
