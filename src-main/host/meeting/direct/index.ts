export { Direct, type DirectInvites, type DirectSession } from './direct.ts';
export type { DirectConnection, DirectEvent } from '../connection/direct-connection.ts';
