import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { Log } from '../log.ts';
import type { AddressKey, Clock, Media, MediaRoom } from '../ports.ts';
import { Participants } from '../participants/participants.ts';
import { Publications } from './media/publications.ts';
import { Subscriptions } from './media/subscriptions.ts';

/** Who is in a room, and what they send and receive: each kept once, here. */
export interface RoomParts {
  readonly media: MediaRoom;
  readonly participants: Participants;
  readonly publications: Publications;
  readonly subscriptions: Subscriptions;
}

/**
 * @param options.onFailure called when the room's media is of no more use
 * @throws {ProtocolError} FULL: the media processes have no room left; MEDIA_RESTARTING
 */
export async function openRoomParts(
  media: Media,
  { clock, log, addressKey, onFailure }: { clock: Clock; log: Log; addressKey: AddressKey; onFailure: () => void },
): Promise<RoomParts> {
  const background = (work: Promise<unknown>) => {
    work.catch((error: unknown) => {
      // A refusal here means that what was to be served has ended meanwhile, or cannot be consumed.
      if (!(error instanceof ProtocolError)) log.warn('media request failed', { error });
    });
  };
  const participants = new Participants(addressKey);
  const subscriptions = new Subscriptions(background);
  const publications = new Publications({ participants, subscriptions, clock, background });
  const mediaRoom = await media.openRoom({
    activeSpeaker: (producerId) => publications.setActiveSpeaker(producerId),
    audioLevels: (levels) => publications.reportLevels(levels),
    restarted: () => {
      publications.clear();
      subscriptions.clear();
      participants.notifyEveryone(['mediaRestarted', {}]);
    },
    failed: onFailure,
  });
  return { media: mediaRoom, participants, publications, subscriptions };
}
