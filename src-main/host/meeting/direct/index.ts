export { Direct, type DirectInvites } from './direct.ts';
export type { DirectEvent, DirectConnection } from './direct-connection.ts';
