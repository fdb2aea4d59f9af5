/** What the owner of the host may do with any room, as the host's own computer asks for it. */
import type { RoomInfo } from '../../../src-shared/protocol/index.ts';

/** A room as its host's owner sees it. */
export interface RoomSummary {
  readonly roomId: string;
  readonly name: string;
  /** How many are in, people with a lost connection included. */
  readonly participants: number;
  readonly scheduled: boolean;
}

/** What is needed of a room. */
interface OwnedRoom {
  readonly id: string;
  readonly scheduled: boolean;
  readonly count: number;
  info(): Pick<RoomInfo, 'name'>;
  close(reason: string): void;
}

/** In the order they were opened. @param open those that have not ended */
export function listRooms(open: readonly OwnedRoom[]): RoomSummary[] {
  return open.map((room) => {
    const { name } = room.info();
    return { roomId: room.id, name, participants: room.count, scheduled: room.scheduled };
  });
}

/** Ends a room for everyone and for good, a scheduled one too. False: there is none of this id. */
export function endRoom(open: readonly OwnedRoom[], roomId: string, reason: string): boolean {
  const room = open.find(({ id }) => id === roomId);
  room?.close(reason);
  return room !== undefined;
}
