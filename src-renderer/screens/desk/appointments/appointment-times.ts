/** Appointments as they are written into a form, and the invites they become. */
import type { CreateInvite } from '../../../../src-shared/protocol/index.ts';

const QUARTER_MS = 15 * 60_000;
/** How long after its time an appointment's link opens the door, ms. */
export const LINK_AFTER_MS = 24 * 60 * 60_000;

/** The next quarter of an hour after `now`; epoch ms, both. */
export function nextQuarter(now: number): number {
  return (Math.floor(now / QUARTER_MS) + 1) * QUARTER_MS;
}

/** A moment (epoch ms) as an `input` of type `datetime-local` has it: local time, `2025-05-14T10:15`. */
export function writeLocal(at: number): string {
  const date = new Date(at);
  const pad = (value: number, length = 2) => String(value).padStart(length, '0');
  const day = [pad(date.getFullYear(), 4), pad(date.getMonth() + 1), pad(date.getDate())].join('-');
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** What such an input says, epoch ms; null: nothing, or no time there is. */
export function readLocal(text: string): number | null {
  const at = text === '' ? NaN : new Date(text).getTime();
  return Number.isFinite(at) && at >= 0 ? at : null;
}

/** A client's invite. It ends a day after the appointment, or after today when that has gone by. */
export function appointmentInvite(
  { name, title, startsAt }: { name: string; title: string; startsAt: number },
  now = Date.now(),
): CreateInvite {
  return {
    role: 'client',
    name,
    appointment: { id: crypto.randomUUID(), title, startsAt },
    expires: Math.max(startsAt, now) + LINK_AFTER_MS,
  };
}
