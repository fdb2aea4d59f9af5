import { WebSocketServer } from 'ws';
import { LAST_WORDS_MS, MAX_MESSAGE_BYTES } from '../../../src-shared/limits.ts';
import type { Clock } from '../meeting/index.ts';
import { GOING_AWAY, JsonSocket, type JsonSocketListener } from './json-socket.ts';
import type { Upgrade } from './upgrades.ts';

/** The WebSockets of one way in. */
export class JsonSockets {
  readonly #clock: Clock;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Completes an upgrade; one that does not follow RFC 6455 is answered so and ended.
   *
   * @param welcome called, before this returns, with the socket that came of it
   */
  accept({ request, socket, head }: Upgrade, welcome: (socket: JsonSocket) => JsonSocketListener): void {
    this.#server.handleUpgrade(request, socket, head, (opened) => {
      const { remoteAddress = '', localAddress = '' } = request.socket;
      const accepted = new JsonSocket(opened, { remoteAddress, localAddress }, this.#clock);
      accepted.listen(welcome(accepted));
    });
  }

  /** Ends every connection, once what was told has been heard, and lets nobody in any more. */
  async close(): Promise<void> {
    const { clients } = this.#server;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const client of clients) client.close(GOING_AWAY);
    const stopWaiting = this.#clock.after(LAST_WORDS_MS, () => {
      for (const client of clients) client.terminate();
    });
    await closed;
    stopWaiting();
  }
}
