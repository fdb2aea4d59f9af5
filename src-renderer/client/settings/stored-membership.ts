import * as v from 'valibot';
import { Id, Token } from '../../../src-shared/protocol/values/primitives.ts';
import type { KeyValueStorage } from '../../platform/index.ts';
import { inThisTab, storedValue } from './stored-value.ts';
import type { StoredValue } from './stored-value.ts';

const StoredMembership = v.object({ userId: Id, sessionToken: Token });
/** What restores a membership after a lost connection or a reload of the tab. */
export type StoredMembership = v.InferOutput<typeof StoredMembership>;

export function membershipIn(
  roomId: string,
  storage: () => KeyValueStorage = inThisTab,
): StoredValue<StoredMembership> {
  return storedValue(storage, `parley.seat.${roomId}`, StoredMembership);
}
