export type HostErrorCode =
  | 'PORT_IN_USE'
  | 'PORT_FORBIDDEN'
  | 'MEDIA_PORT_IN_USE'
  | 'ADDRESS_UNUSABLE'
  | 'DATA_FOLDER_UNUSABLE'
  | 'DATA_IN_USE'
  | 'DATA_TOO_NEW'
  | 'KEY_DAMAGED'
  | 'CERTIFICATE_UNUSABLE'
  | 'WORKER_FAILED';

/** Why a host cannot start; `message` says what happened and what a person can do. */
export class HostError extends Error {
  override readonly name = 'HostError';
  readonly code: HostErrorCode;

  constructor(code: HostErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** That `what` cannot be kept in the data folder, as `cause` says. */
export function folderUnusable(folder: string, what: string, cause: unknown): HostError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new HostError(
    'DATA_FOLDER_UNUSABLE',
    `Parley cannot keep its ${what} in ${folder} (${why}). Make the folder writable, or choose another.`,
    { cause },
  );
}

/** The system's code of a failed call (`EADDRINUSE`, …); undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
