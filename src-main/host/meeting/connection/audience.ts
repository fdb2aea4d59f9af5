import type { Broadcast, ClientConnection, MeetingEvent } from './client-connection.ts';

/** The clients that are told of the same events, each gateway's together where it can broadcast. */
export class Audience {
  readonly #broadcasts = new Map<Broadcast, Set<string>>();
  readonly #others: ClientConnection[] = [];

  constructor(connections: readonly ClientConnection[]) {
    for (const connection of connections) {
      const { broadcast } = connection;
      if (!broadcast) this.#others.push(connection);
      else this.#broadcasts.set(broadcast, (this.#broadcasts.get(broadcast) ?? new Set()).add(connection.id));
    }
  }

  /** @param except the one who is not told */
  notify(event: MeetingEvent, except?: ClientConnection): void {
    for (const [broadcast, ids] of this.#broadcasts) broadcast(event, ids, except?.id);
    for (const connection of this.#others) if (connection !== except) connection.notify(...event);
  }
}
