import * as v from 'valibot';

/** The codes of docs/protocol.md. */
export const Code = v.picklist([
  'BAD_REQUEST',
  'UNAUTHORIZED',
  'FORBIDDEN',
  'NOT_FOUND',
  'NOT_JOINED',
  'CONFLICT',
  'WAITING',
  'LOCKED',
  'FULL',
  'NOT_HOSTING',
  'LIMIT',
  'RATE_LIMITED',
  'CANNOT_CONSUME',
  'MEDIA_RESTARTING',
  'INTERNAL',
]);
export type Code = v.InferOutput<typeof Code>;

/** What comes over a wire, until it is looked into. */
export const Fields = v.record(v.string(), v.unknown());
export type Fields = v.InferOutput<typeof Fields>;

/** A failure is its code, a sentence, what the request needs in order to succeed, and nothing else. */
export const Failure = v.strictObject({
  code: Code,
  message: v.pipe(v.string(), v.regex(/^\S.*\S$/s)),
  need: v.exactOptional(v.literal('passcode')),
});
export type Failure = v.InferOutput<typeof Failure>;

/** One answer to one request, of any gateway. */
export type Reply = { readonly ok: true; readonly fields: Fields } | { readonly ok: false; readonly failure: Failure };

export const done = (fields: Fields): Reply => ({ ok: true, fields });
export const failed = (failure: Failure): Reply => ({ ok: false, failure });

/** What a request came to: `ok`, or the code of its failure. */
export type Outcome = 'ok' | Code;

export function outcomeOf(reply: Reply): Outcome {
  return reply.ok ? 'ok' : reply.failure.code;
}

/** Whether it was refused for coming too soon after many others. */
export function isTooOften(reply: Reply): boolean {
  return outcomeOf(reply) === 'RATE_LIMITED';
}

/** @throws {Error} the failure's sentence */
export function fieldsOf(reply: Reply): Fields {
  if (!reply.ok) throw new Error(`${reply.failure.code}: ${reply.failure.message}`);
  return reply.fields;
}

/** A field that is a text. */
export function text(fields: Fields, name: string): string {
  return v.parse(v.string(`${name} is no text`), fields[name]);
}

/** A field that has fields of its own. */
export function within(fields: Fields, name: string): Fields {
  return v.parse(Fields, fields[name]);
}
