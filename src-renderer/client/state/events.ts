import type { RoomSession } from '../session/room-session.ts';
import { isSpeech } from './participants/speaking.ts';
import type { Participants } from './participants/participants.svelte.ts';
import type { RoomStores } from './room-stores.ts';
import type { Tiles } from './tiles/tiles.svelte.ts';

/** Where what the host tells belongs. */
export interface Stores extends RoomStores {
  readonly participants: Participants;
  readonly tiles: Tiles;
}

/** Brings what the host tells to the store it concerns. */
export function route(session: RoomSession, stores: Stores): void {
  const { participants, tiles, chat, admission, lobby, moderation } = stores;
  session.on('peer-joined', (participant) => {
    if (!participants.find(participant.userId)) tiles.awaitPicture(participant.userId);
    participants.put(participant);
  });
  session.on('participantUpdated', ({ participant }) => participants.put(participant));
  session.on('peerLeft', ({ userId }) => {
    tiles.removePerson(userId);
    participants.remove(userId);
  });
  session.on('reaction', ({ userId, reaction }) => participants.react(userId, reaction));
  session.on('newProducer', (producer) => tiles.announce(producer));
  session.on('producerPaused', ({ producerId }) => tiles.setPaused(producerId, true));
  session.on('producerResumed', ({ producerId }) => tiles.setPaused(producerId, false));
  session.on('producerClosed', ({ producerId }) => tiles.close(producerId));
  session.on('newMessage', (message) => chat.receive(message));
  session.on('waiting', (told) => admission.tell(told));
  session.on('lobby', ({ waiting }) => lobby.tell(waiting));
  session.on('mutedByHost', ({ source }) => moderation.stopped(source));
  session.on('unmuteAsked', () => moderation.askedToUnmute());
  session.on('activeSpeaker', ({ userId }) => participants.markSpeaking(userId === null ? [] : [userId]));
  session.on('audioLevels', ({ levels }) => {
    const loud = levels.filter(({ dBov }) => isSpeech(dBov)).map(({ producerId }) => tiles.ownerOf(producerId));
    participants.markSpeaking(loud.filter((userId) => userId !== undefined));
  });
}
