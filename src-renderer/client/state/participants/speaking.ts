/** Who is shown as speaking: whoever was loud within the last moment, so that pauses do not flicker. */

/** Louder than this is speech, dBov (0 is the loudest, -127 silence). */
const SPEECH_DBOV = -50;
/** The own microphone's meter level (0 to 1) that is speech. */
export const SPEECH_LEVEL = 0.25;
/** How long someone counts as speaking after they were last loud, ms. */
export const HOLD_MS = 600;

export function isSpeech(dBov: number): boolean {
  return dBov > SPEECH_DBOV;
}

/** Until when each person counts as speaking, by userId, epoch ms. */
export type Speakers = ReadonlyMap<string, number>;

/** The speakers after `loud` were heard at `now`; those whose moment has passed are gone. */
export function hearSpeakers(speakers: Speakers, loud: Iterable<string>, now: number): Speakers {
  const next = new Map([...speakers].filter(([, until]) => until > now));
  for (const userId of loud) next.set(userId, now + HOLD_MS);
  return next;
}
