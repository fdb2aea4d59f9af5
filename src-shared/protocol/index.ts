// The HTTP media API (`media-*.ts`) has words of its own for the same things, and the page does not speak it.
export * from './direct.ts';
export * from './errors.ts';
export * from './http.ts';
export * from './invites.ts';
export * from './parse.ts';
export * from './plain-websocket.ts';
export * from './room.ts';
export * from './rtp.ts';
export * from './signalling.ts';
export * from './transport.ts';
