/** Times and durations as text, by each language's own rules (`Intl`). */

/** Time that has gone by as `3:12` or `1:02:05`. @param ms milliseconds, at least 0 */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** Time that has gone by in whole minutes: `6 mins`. @param ms milliseconds */
export function formatMinutes(ms: number, locale: string): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute' }).format(minutes);
}

/** The time of day of a moment (epoch ms): `14:05`. */
export function formatTime(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(at);
}

const DAY_MS = 86_400_000;

/**
 * The day of a moment as people say it: today, yesterday, tomorrow, Monday (within a week), 3 May.
 *
 * @param at epoch ms
 * @param now epoch ms
 */
export function formatDay(at: number, now: number, locale: string): string {
  const startOfDay = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY_MS);
  if (Math.abs(days) <= 1) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day');
  const style: Intl.DateTimeFormatOptions =
    Math.abs(days) < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long' };
  return new Intl.DateTimeFormat(locale, style).format(at);
}

/** A moment as people say it: `14:05` when it is today, else with its day. @param at epoch ms @param now epoch ms */
export function formatMoment(at: number, now: number, locale: string): string {
  const time = formatTime(at, locale);
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return today ? time : `${formatDay(at, now, locale)}, ${time}`;
}
