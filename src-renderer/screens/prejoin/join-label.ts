import type { Catalog } from '../../i18n/index.svelte.ts';
import type { DevicesView } from '../../client/view.ts';

/** What Join will do, said on the button: a device that is broken, not merely off, is named. */
export function joinLabel({ microphone, camera }: DevicesView, words: Catalog['prejoin']): string {
  const deaf = microphone.problem !== null;
  const blind = camera.problem !== null;
  if (deaf && blind) return words.joinWithoutBoth;
  if (blind) return words.joinWithoutCamera;
  return deaf ? words.joinWithoutMicrophone : words.join;
}
