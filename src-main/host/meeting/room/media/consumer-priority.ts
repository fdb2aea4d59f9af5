import type { Source } from '../../../../../src-shared/protocol/index.ts';

/**
 * Which consumers of a participant get the bandwidth first where it is not enough for all, as mediasoup counts
 * them (1 to 255, the highest first): a shared screen, then the picture of the active speaker, then the others.
 */
export function consumerPriority(source: Source, { speaking }: { speaking: boolean }): number {
  if (source === 'screen') return 3;
  return source === 'camera' && speaking ? 2 : OTHERS_PRIORITY;
}

/** What every consumer is made with. */
export const OTHERS_PRIORITY = 1;
