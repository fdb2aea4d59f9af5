import { ProtocolError } from '../../../src-shared/protocol/index.ts';

/** What a message says. @throws {ProtocolError} BAD_REQUEST */
export function parseJson(text: string): unknown {
  try {
    const message: unknown = JSON.parse(text);
    return message;
  } catch (cause) {
    throw new ProtocolError('BAD_REQUEST', 'The message is not valid JSON.', { cause });
  }
}
