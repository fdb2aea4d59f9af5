import type { types } from 'mediasoup-client';
import { passes, problemOf } from '../problem.ts';
import type { RoomSignaling } from '../signaling/room-signaling.ts';
import type { Reconcilable } from './reconciler.ts';

export interface IceRestartListener {
  /** The transport has been negotiated again. */
  restarted(): void;
  /** The host does not know the transport any more. */
  refused(): void;
}

/** Looks for a new network path (RFC 8445, section 2.4) whenever a transport has lost the one it had. */
export class IceRestart implements Reconcilable {
  readonly #transport: types.Transport;
  readonly #signaling: Pick<RoomSignaling, 'request'>;
  readonly #listener: IceRestartListener;
  #due = false;

  constructor(transport: types.Transport, signaling: Pick<RoomSignaling, 'request'>, listener: IceRestartListener) {
    this.#transport = transport;
    this.#signaling = signaling;
    this.#listener = listener;
  }

  /**
   * Looks whether a restart is due; to be called when the transport's state has changed.
   *
   * @param options.network whether the network may have changed: the path may be lost although the transport does not know yet
   */
  check({ network }: { network: boolean }): void {
    const state = this.#transport.connectionState;
    if (state === 'disconnected' || state === 'failed') this.#due = true;
    else if (state === 'connected' && network) this.#due = true;
    else if (state === 'connected') this.#due = false;
  }

  next(): Promise<unknown> | null {
    return this.#due && !this.#transport.closed ? this.#restart() : null;
  }

  async #restart(): Promise<void> {
    try {
      const { iceParameters } = await this.#signaling.request('restartIce', { transportId: this.#transport.id });
      await this.#transport.restartIce({ iceParameters });
    } catch (error) {
      if (!passes(problemOf(error))) this.#listener.refused();
      throw error;
    }
    this.#due = false;
    this.#listener.restarted();
  }
}
