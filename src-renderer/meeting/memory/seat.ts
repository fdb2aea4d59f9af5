import * as v from 'valibot';
import { Id, Token } from '../../../src-shared/protocol/primitives.ts';
import type { Shelf } from '../../platform/index.ts';
import { inThisTab, remembered } from './remembered.ts';
import type { Remembered } from './remembered.ts';

const Seat = v.object({ userId: Id, sessionToken: Token });
/** What gives a person their place back: after a lost connection, and after a reload of the tab. */
export type Seat = v.InferOutput<typeof Seat>;

export function seatIn(roomId: string, storage: () => Shelf = inThisTab): Remembered<Seat> {
  return remembered(storage, `parley.seat.${roomId}`, Seat);
}
