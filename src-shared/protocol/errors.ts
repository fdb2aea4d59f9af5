import * as v from 'valibot';

/** The failure codes of all gateways, each with its HTTP status. */
export const HTTP_STATUS = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  NOT_JOINED: 409,
  CONFLICT: 409,
  WAITING: 202,
  LOCKED: 423,
  FULL: 503,
  NOT_HOSTING: 503,
  LIMIT: 429,
  RATE_LIMITED: 429,
  CANNOT_CONSUME: 422,
  MEDIA_RESTARTING: 503,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof HTTP_STATUS;

const ERROR_CODES = Object.keys(HTTP_STATUS) as [ErrorCode, ...ErrorCode[]];

/** A failure as it is sent. */
export const Failure = v.object({
  code: v.picklist(ERROR_CODES),
  message: v.string(),
  /** What the same request needs in order to succeed. */
  need: v.exactOptional(v.picklist(['passcode'])),
});
export type Failure = v.InferOutput<typeof Failure>;

/** A failure that is sent to the client; `message` is a sentence a person can act on. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ErrorCode;
  readonly need: Failure['need'];

  constructor(code: ErrorCode, message: string, { need, ...options }: ErrorOptions & Pick<Failure, 'need'> = {}) {
    super(message, options);
    this.code = code;
    this.need = need;
  }

  /** As it is sent. */
  get failure(): Failure {
    const { code, message, need } = this;
    return { code, message, ...(need && { need }) };
  }
}
