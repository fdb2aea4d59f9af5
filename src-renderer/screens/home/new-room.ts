import type { CreateRoom } from '../../../src-shared/protocol/index.ts';
import { firstName } from '../../components/person.ts';
import { t } from '../../i18n/index.svelte.ts';
import { preferences } from '../../client/index.ts';

/**
 * The room somebody opens from home, named after them. A desk's is a scheduled one: it stays, though
 * nobody comes to its meeting.
 *
 * @param computer the host's name, for who has not said theirs
 */
export function newRoom({ desk, computer }: { desk: boolean; computer: string }, now = Date.now()): CreateRoom {
  const name = preferences.name.trim();
  const words = desk ? t().desk : t().home;
  return {
    hostName: name || computer,
    name: name ? words.roomOf({ name: firstName(name) }) : words.room,
    // A desk is entered by personal links only.
    ...(desk ? { startsAt: now } : { settings: { linkKey: true } }),
  };
}
