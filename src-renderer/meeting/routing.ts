import type { Attendance } from './attendance.ts';
import { isSpeech } from './policies/speaking.ts';
import type { Chat } from './stores/chat.svelte.ts';
import type { People } from './stores/people.svelte.ts';
import type { Stage } from './stores/stage.svelte.ts';

/** Brings what the host tells to the store it concerns. */
export function route(
  attendance: Attendance,
  { people, stage, chat }: { people: People; stage: Stage; chat: Chat },
): void {
  attendance.on('peer-joined', (participant) => {
    if (!people.find(participant.userId)) stage.welcome(participant.userId);
    people.put(participant);
  });
  attendance.on('participantUpdated', ({ participant }) => people.put(participant));
  attendance.on('peerLeft', ({ userId }) => {
    stage.removePerson(userId);
    people.remove(userId);
  });
  attendance.on('reaction', ({ userId, reaction }) => people.react(userId, reaction));
  attendance.on('newProducer', (producer) => stage.announce(producer));
  attendance.on('producerPaused', ({ producerId }) => stage.setPaused(producerId, true));
  attendance.on('producerResumed', ({ producerId }) => stage.setPaused(producerId, false));
  attendance.on('producerClosed', ({ producerId }) => stage.close(producerId));
  attendance.on('newMessage', (message) => chat.receive(message));
  attendance.on('activeSpeaker', ({ userId }) => people.hear(userId === null ? [] : [userId]));
  attendance.on('audioLevels', ({ levels }) => {
    const loud = levels.filter(({ dBov }) => isSpeech(dBov)).map(({ producerId }) => stage.ownerOf(producerId));
    people.hear(loud.filter((userId) => userId !== undefined));
  });
}
