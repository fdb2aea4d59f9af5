import type { Answer, PayloadInput, RequestName, Room } from '../../../src-shared/protocol/index.ts';
import type { ParticipantView } from '../view.ts';
import { Chat } from './chat.svelte.ts';
import { Lobby } from './lobby/lobby.svelte.ts';
import { OwnAdmission } from './lobby/own-admission.svelte.ts';
import { Moderation, type ModeratedMedia } from './moderation/moderation.svelte.ts';

export interface RoomStoresOptions {
  roomId: string;
  /** Asks the host. Rejects with a `Problem`. */
  ask: <Name extends RequestName>(name: Name, payload: PayloadInput<Name>) => Promise<Answer<Name>>;
  self: () => ParticipantView | null;
  nameOf: (userId: string) => string | null;
  room: () => Room | null;
  /** This person has changed the room. @param linkKey the new one, where one was made */
  changed: (room: Room, linkKey: string | undefined) => void;
  media: ModeratedMedia;
}

/** What a room is beside its people and their media: each store knows how to ask the host for what it shows. */
export interface RoomStores {
  readonly chat: Chat;
  readonly admission: OwnAdmission;
  readonly lobby: Lobby;
  readonly moderation: Moderation;
}

export function createRoomStores({ roomId, ask, self, nameOf, room, changed, media }: RoomStoresOptions): RoomStores {
  const moderation = new Moderation({
    self,
    room,
    media,
    ask: async (name, payload) => void (await ask(name, payload)),
    setRoom: async (settings) => {
      const made = await ask('setRoom', settings);
      changed(made.room, made.linkKey);
    },
  });
  return {
    moderation,
    chat: new Chat({
      selfId: () => self()?.userId ?? null,
      nameOf,
      deliver: async (message, to) => void (await ask('sendMessage', { roomId, message, ...(to && { to }) })),
    }),
    admission: new OwnAdmission(async (note) => {
      await ask('updateWaiting', { ...(note !== undefined && { note }) });
    }),
    lobby: new Lobby({
      mayAdmit: () => moderation.may('admit'),
      ask: async (what, whom) => void (await ask(what, whom)),
    }),
  };
}
