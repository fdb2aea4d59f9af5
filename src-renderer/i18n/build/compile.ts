/** Compiles the messages of a language, ICU MessageFormat in JSON, to what is needed to show them. */
import { isLiteralElement, parse, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import * as v from 'valibot';

/** The messages of a language as translators write them: ICU MessageFormat, in named groups. */
export interface Messages {
  [key: string]: string | Messages;
}

/** The same, compiled: plain text, or the syntax tree of a message with arguments. */
export interface CompiledMessages {
  [key: string]: string | MessageFormatElement[] | CompiledMessages;
}

const Messages: v.GenericSchema<Messages> = v.record(v.string(), v.union([v.string(), v.lazy(() => Messages)]));

/** The messages in a language's JSON file. Throws SyntaxError or ValiError. */
export function readMessages(json: string): Messages {
  return v.parse(Messages, JSON.parse(json));
}

/** The syntax tree of a message. `<` and `>` are plain text: there is no markup in messages. */
export function parseMessage(message: string): MessageFormatElement[] {
  return parse(message, { ignoreTag: true });
}

/** Compiles every message; those without arguments become their text. Throws SyntaxError, naming the message. */
export function compileMessages(messages: Messages, path = ''): CompiledMessages {
  return Object.fromEntries(
    Object.entries(messages).map(([key, message]): [string, CompiledMessages[string]] => {
      if (typeof message !== 'string') return [key, compileMessages(message, `${path}${key}.`)];
      try {
        return [key, compileMessage(message)];
      } catch (error) {
        throw new SyntaxError(`${path}${key}: ${String(error)}`, { cause: error });
      }
    }),
  );
}

function compileMessage(message: string): string | MessageFormatElement[] {
  const elements = parseMessage(message);
  const [first] = elements;
  if (first === undefined) return '';
  return elements.length === 1 && isLiteralElement(first) ? first.value : elements;
}
