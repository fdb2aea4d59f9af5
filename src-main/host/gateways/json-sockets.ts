import { WebSocketServer } from 'ws';
import { LAST_MESSAGES_MS, MAX_FRAGMENTS, MAX_MESSAGE_BYTES } from '../../../src-shared/limits.ts';
import type { Clock } from '../meeting/index.ts';
import { GOING_AWAY, JsonSocket, type JsonSocketListener } from './json-socket.ts';
import type { Upgrade } from './upgrades.ts';

/** The WebSockets of one gateway. */
export class JsonSockets {
  readonly #clock: Clock;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    maxFragments: MAX_FRAGMENTS,
  });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Completes an upgrade. One that violates RFC 6455 is answered with an error and closed.
   *
   * @param opened called with the new socket before this returns
   */
  accept({ request, socket, head }: Upgrade, opened: (socket: JsonSocket) => JsonSocketListener): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const { remoteAddress = '', localAddress = '' } = request.socket;
      const accepted = new JsonSocket(webSocket, { remoteAddress, localAddress }, this.#clock);
      accepted.listen(opened(accepted));
    });
  }

  /** Closes every connection after its last messages were delivered, and accepts no new ones. */
  async close(): Promise<void> {
    const { clients } = this.#server;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const client of clients) client.close(GOING_AWAY);
    const stopWaiting = this.#clock.after(LAST_MESSAGES_MS, () => {
      for (const client of clients) client.terminate();
    });
    await closed;
    stopWaiting();
  }
}
