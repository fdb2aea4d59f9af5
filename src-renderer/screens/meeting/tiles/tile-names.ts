import type { ParticipantView } from '../../../client/view.ts';
import { firstName } from '../../../components/person.ts';
import type { Catalog } from '../../../i18n/index.svelte.ts';

/**
 * What a tile is called: `full` for assistive technology, `shown` on its plate.
 *
 * @param options.screen whether it shows a shared screen
 * @param options.small whether there is space for a first name only
 */
export function tileNames(
  person: Pick<ParticipantView, 'name' | 'self'>,
  { screen, small }: { screen: boolean; small: boolean },
  { tile, common }: Pick<Catalog, 'tile' | 'common'>,
): { full: string; shown: string } {
  const nameOf = (name: string) => (screen ? tile.screenOf({ name }) : name);
  if (person.self) return { full: screen ? tile.ownScreen : person.name, shown: screen ? tile.ownScreen : common.you };
  return { full: nameOf(person.name), shown: nameOf(small ? firstName(person.name) : person.name) };
}
