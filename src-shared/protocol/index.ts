// The HTTP media API (`http/media-*.ts`) has words of its own for the same things, and the page does not speak it.
export * from './errors.ts';
export * from './parse.ts';
export * from './http/invites.ts';
export * from './http/nearby.ts';
export * from './http/rooms.ts';
export * from './signaling/direct.ts';
export * from './signaling/meeting.ts';
export * from './signaling/plain-websocket.ts';
export * from './values/room.ts';
export * from './values/room-settings.ts';
export * from './values/rtp.ts';
export * from './values/transport.ts';
