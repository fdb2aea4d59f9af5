import type { RtpCapabilities } from '../../../../src-shared/protocol/index.ts';
import { commonCapabilities } from './common-capabilities.ts';
import type { RoomContext } from '../room-context.ts';
import type { RoomProducer } from './room-producer.ts';

/**
 * Which producers of a room a receiver can consume, found out once for all that send the same codecs:
 * one message may ask for hundreds of consumers. The router offers one variant of each codec and takes
 * no producer of another, so that their names say everything.
 */
export class Consumable {
  readonly #room: RoomContext;
  /** By what the receiver said they can receive, and by the codecs sent. */
  readonly #known = new WeakMap<RtpCapabilities, Map<string, RtpCapabilities | null>>();

  constructor(room: RoomContext) {
    this.#room = room;
  }

  /** What of `receiver` matters for this producer; null: it cannot be consumed. */
  capabilities(producer: RoomProducer, receiver: RtpCapabilities): RtpCapabilities | null {
    const known = this.#known.get(receiver) ?? new Map<string, RtpCapabilities | null>();
    this.#known.set(receiver, known);
    const key = producer.mimeTypes.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const common = commonCapabilities(receiver, this.#room.rtpCapabilities, producer.mimeTypes);
    const { router } = this.#room.current;
    const found = router.canConsume({ producerId: producer.producer.id, rtpCapabilities: common }) ? common : null;
    known.set(key, found);
    return found;
  }
}
