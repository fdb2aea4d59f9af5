import * as v from 'valibot';
import {
  MAX_APPOINTMENT_TITLE_LENGTH,
  MAX_CHAT_LENGTH,
  MAX_ID_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PASSCODE_LENGTH,
  MAX_ROOM_NAME_LENGTH,
  MAX_TIMESTAMP,
  MAX_TOKEN_LENGTH,
} from '../limits.ts';

/** Controls, and the marks that turn the direction of the text after them, have no place in a name. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** Anything but spaces and characters that are shown as nothing. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Cf}]/u;

const label = (max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.check((text) => VISIBLE.test(text), 'must not be empty'),
    v.maxLength(max, `must be at most ${max} characters long`),
    v.check((text) => !UNPRINTABLE.test(text), 'must not contain control characters'),
  );

/** A person's name as others see it: trimmed, one line. */
export const UserName = label(MAX_NAME_LENGTH);
/** A meeting's name: trimmed, one line. */
export const RoomName = label(MAX_ROOM_NAME_LENGTH);
/** What an appointment is about: trimmed, one line. */
export const AppointmentTitle = label(MAX_APPOINTMENT_TITLE_LENGTH);

/** An identifier made elsewhere: opaque, short, safe in logs and addresses. */
export const Id = v.pipe(
  v.string(),
  v.maxLength(MAX_ID_LENGTH, `must be at most ${MAX_ID_LENGTH} characters long`),
  v.regex(/^[\w-]+$/, 'may contain letters, digits, "-" and "_" only'),
);

/** Made by the host (eight hexadecimal characters), or chosen by the one who makes the room. */
export const RoomId = Id;

export const Token = v.pipe(
  v.string(),
  v.nonEmpty('must not be empty'),
  v.maxLength(MAX_TOKEN_LENGTH, `must be at most ${MAX_TOKEN_LENGTH} characters long`),
);

export const Passcode = v.pipe(v.string(), v.maxLength(MAX_PASSCODE_LENGTH));

/** A chat message: any text, line breaks included, but not nothing. */
export const ChatText = v.pipe(
  v.string(),
  v.maxLength(MAX_CHAT_LENGTH, `must be at most ${MAX_CHAT_LENGTH} characters long`),
  v.check((text) => text.trim() !== '', 'must not be empty'),
);

/** One emoji as people know it, whatever it is made of (UTS #51, RGI). */
export const Reaction = v.pipe(v.string(), v.regex(/^\p{RGI_Emoji}$/v, 'must be one emoji'));

/** A freshly made v4 UUID. */
export const Uuid = v.pipe(v.string(), v.uuid('must be a UUID'));

/** Milliseconds since 1970-01-01 UTC. */
export const Timestamp = v.pipe(
  v.number(),
  v.integer('must be whole milliseconds'),
  v.minValue(0, 'must not be before 1970'),
  v.maxValue(MAX_TIMESTAMP, `must be at most ${MAX_TIMESTAMP}`),
);
