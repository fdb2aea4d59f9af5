import type { EventSocket } from './event-channel.ts';

export const endpoints = { remoteAddress: '192.0.2.7', localAddress: '192.0.2.1' };

/** An events socket that remembers what it was told, and how it was ended. */
export class FakeSocket implements EventSocket {
  told: object[] = [];
  ended: { code?: number; reason?: string } | null = null;

  send(message: object): void {
    this.told.push(message);
  }

  end(how: { code?: number; reason?: string } = {}): void {
    this.ended = how;
  }

  get names(): unknown[] {
    return this.told.map((message) => ('event' in message ? message.event : message));
  }
}
