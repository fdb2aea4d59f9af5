/** Derives the TypeScript type of a language's messages: text, or a function of the arguments a message has. */
import {
  isArgumentElement,
  isDateElement,
  isNumberElement,
  isPluralElement,
  isSelectElement,
  isTimeElement,
  type MessageFormatElement,
} from '@formatjs/icu-messageformat-parser';
import { parseMessage, type Messages } from './compile.ts';

const HEADER = `/* eslint-disable max-lines -- generated */
/** The messages of a language and their arguments. Generated from en.json: see CONTRIBUTING.md. */`;
/** The formatter's, so that the generated file passes its check. */
const PRINT_WIDTH = 120;

/** The source of a module that exports the type of `messages` as `Catalog`. */
export function catalogSource(messages: Messages): string {
  return `${HEADER}\nexport interface Catalog ${groupType(messages, '')}\n`;
}

function groupType(messages: Messages, indent: string): string {
  const inner = `${indent}  `;
  const sorted = Object.entries(messages).sort(([a], [b]) => (a < b ? -1 : 1));
  const members = sorted.map(([key, message]) => {
    const start = `${inner}${/^[A-Za-z_]\w*$/.test(key) ? key : `'${key}'`}: `;
    return `${start}${typeof message === 'string' ? messageType(message, start) : groupType(message, inner)};\n`;
  });
  return `{\n${members.join('')}${indent}}`;
}

/** @param start of the line that the type goes on */
function messageType(message: string, start: string): string {
  const values = new Map<string, string>();
  collect(parseMessage(message), values);
  if (values.size === 0) return 'string';
  const members = [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, type]) => `${name}: ${type}`);
  const line = `(values: { ${members.join('; ')} }) => string`;
  if (`${start}${line};`.length <= PRINT_WIDTH) return line;
  const indent = start.slice(0, start.search(/\S/));
  return `(values: {\n${members.map((member) => `${indent}  ${member};\n`).join('')}${indent}}) => string`;
}

/** Notes the type of each argument of a message. */
function collect(elements: readonly MessageFormatElement[], values: Map<string, string>): void {
  for (const element of elements) {
    if (isNumberElement(element) || isPluralElement(element)) values.set(element.value, 'number');
    else if (isDateElement(element) || isTimeElement(element)) values.set(element.value, 'Date | number');
    else if (isArgumentElement(element) || isSelectElement(element))
      values.set(element.value, values.get(element.value) ?? 'string');
    if (isSelectElement(element) || isPluralElement(element))
      for (const option of Object.values(element.options)) collect(option.value, values);
  }
}
