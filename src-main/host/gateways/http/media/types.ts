import type { MediaType } from '../../../../../src-shared/protocol/http/media-events.ts';
import type { Source } from '../../../../../src-shared/protocol/index.ts';

/** What this API calls each source. */
export const TYPE_OF: Record<Source, MediaType> = {
  microphone: 'microphone',
  camera: 'camera',
  screen: 'screen',
  'screen-audio': 'screenAudio',
};

export const SOURCE_OF: Record<MediaType, Source> = {
  microphone: 'microphone',
  camera: 'camera',
  screen: 'screen',
  screenAudio: 'screen-audio',
};
