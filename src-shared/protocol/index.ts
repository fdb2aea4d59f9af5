export * from './errors.ts';
export * from './http.ts';
export * from './invites.ts';
export * from './parse.ts';
export * from './room.ts';
export * from './rtp.ts';
export * from './signalling.ts';
export * from './transport.ts';
