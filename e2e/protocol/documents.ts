/** What the documents say: the messages of a section's tables, their fields and their answers' fields. */
import { readFileSync } from 'node:fs';

export interface Field {
  readonly name: string;
  readonly required: boolean;
}

export interface DocumentedMessage {
  readonly name: string;
  /** GET, POST or DELETE where it is an HTTP call. */
  readonly method: string;
  readonly fields: readonly Field[];
  readonly answer: readonly Field[];
}

type Row = readonly string[];

const PROTOCOL = read('protocol.md');
const HTTP_API = read('http-api.md');

/** The namespace `/mediasoup`, client to host. */
export function socketIoMessages(): DocumentedMessage[] {
  const shapes = new Map(
    table(section(PROTOCOL, 'Socket.IO, namespace `/mediasoup`', 'Shapes'), 'name').map(([name = '', fields = '']) => [
      name,
      // The second is there in some cases only; what follows says in which.
      spans(fields)
        .slice(0, 2)
        .flatMap((span, index) => fieldsOf(span, { always: index === 0 })),
    ]),
  );
  const shapeIn = (cell: string) => shapes.get(/^[a-z]+/.exec(cell)?.[0] ?? '') ?? [];
  return messages(
    table(section(PROTOCOL, 'Socket.IO, namespace `/mediasoup`', 'Client to host'), 'event'),
    ([, payload = '', answer = '']) => ({
      fields: fieldsIn(payload),
      answer: answer.startsWith('`') ? fieldsIn(answer) : shapeIn(answer),
    }),
  );
}

/** The HTTP media API. */
export function mediaApiMessages(): DocumentedMessage[] {
  return messages(table(section(HTTP_API, 'Calls'), 'call'), ([, input = '', result = '']) => ({
    fields: fieldsIn(input),
    answer: fieldsIn(result),
  }));
}

/** The plain WebSocket: an action that stands there more than once has several forms. */
export function plainWebSocketMessages(): DocumentedMessage[] {
  return table(section(PROTOCOL, 'Plain WebSocket, `/ws`'), 'message').map(([message = '', answer = '']) => ({
    name: /action: "(\w+)"/.exec(message)?.[1] ?? '',
    method: '',
    fields: fieldsIn(message).filter(({ name }) => name !== 'action'),
    answer: fieldsIn(answer),
  }));
}

/** The rooms of the default namespace. */
export function peerRoomMessages(): DocumentedMessage[] {
  const rows = table(section(PROTOCOL, 'Browser to browser: Socket.IO, namespace `/`', 'Rooms'), 'the client sends');
  return rows.flatMap(([cell = '']) => named(cell));
}

/** The desks of the default namespace. */
export function deskMessages(): DocumentedMessage[] {
  const rows = table(section(PROTOCOL, 'Browser to browser: Socket.IO, namespace `/`', 'Desks'), 'who sends');
  return rows.flatMap(([, cell = '', others = '']) => {
    const [, answer = ''] = others.split('the answer is ');
    return named(cell).map((message) => ({ ...message, answer: fieldsIn(answer) }));
  });
}

/** The HTTP calls of protocol.md; their names are method and path. */
export function roomApiMessages(): DocumentedMessage[] {
  return table(section(PROTOCOL, 'HTTP'), 'call').map(([call = '', body = '', answer = '']) => {
    const [name = ''] = spans(call);
    const [method = ''] = name.split(' ');
    return { name, method, fields: fieldsIn(body), answer: fieldsIn(answer) };
  });
}

/** One message for each name in a row's first cell. */
function messages(
  rows: readonly Row[],
  describe: (row: Row) => Pick<DocumentedMessage, 'fields' | 'answer'>,
): DocumentedMessage[] {
  return rows.flatMap((row) =>
    spans(row[0] ?? '').map((span) => {
      const [name = '', method = ''] = span.split(' ').reverse();
      return { name, method, ...describe(row) };
    }),
  );
}

/** Messages written as `name { fields }`; a name alone is another name of the one before. */
function named(cell: string): DocumentedMessage[] {
  let fields: Field[] = [];
  return spans(cell).flatMap((span) => {
    const [, name, braces] = /^([\w-]+)( \{.*\})?$/.exec(span) ?? [];
    // `null` and a field that is spoken of are no messages.
    if (name === undefined || (!braces && (fields.length === 0 || !name.includes('-')))) return [];
    if (braces) fields = fieldsIn(`\`${braces.trim()}\``);
    return [{ name, method: '', fields, answer: [] }];
  });
}

/** The fields of a cell's first code; those in braces of later ones are there in some cases only. */
function fieldsIn(cell: string): Field[] {
  const [first = '', ...later] = spans(cell).filter((span, index) => index === 0 || span.includes('{ '));
  return [...fieldsOf(first, { always: true }), ...later.flatMap((span) => fieldsOf(span, { always: false }))];
}

function fieldsOf(code: string, { always }: { always: boolean }): Field[] {
  const [, inside = code] = /\{(.*)\}/s.exec(code) ?? [];
  return topLevel(inside).flatMap((part) => {
    const [, name, optional] = /^([a-z]\w*)(\?)?/i.exec(part) ?? [];
    return name === undefined ? [] : [{ name, required: always && optional === undefined }];
  });
}

/** The parts between commas that no bracket encloses. */
function topLevel(list: string): string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (const character of `${list},`) {
    if ('[{('.includes(character)) depth += 1;
    if (']})'.includes(character)) depth -= 1;
    if (character !== ',' || depth > 0) {
      part += character;
    } else {
      parts.push(part.trim());
      part = '';
    }
  }
  return parts;
}

function spans(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => code ?? []);
}

/** The rows of the table whose header begins with `first`. */
function table(text: string, first: string): Row[] {
  const lines = text.split('\n');
  const header = lines.findIndex((line) => cells(line)[0]?.replaceAll('`', '') === first);
  const end = lines.findIndex((line, index) => index > header && !line.trim().startsWith('|'));
  const rows = lines.slice(header + 2, end === -1 ? undefined : end).map(cells);
  if (header === -1 || rows.length === 0) throw new Error(`the documents have no table of "${first}" there`);
  return rows;
}

function cells(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** What stands under a heading of the second level, and within it under one of the third. */
function section(text: string, heading: string, within?: string): string {
  const found = under(text, `## ${heading}`, /^## /m);
  return within === undefined ? found : under(found, `### ${within}`, /^###? /m);
}

function under(text: string, heading: string, next: RegExp): string {
  const [, after] = text.split(`\n${heading}\n`);
  if (after === undefined) throw new Error(`the documents have no "${heading}"`);
  return after.slice(0, next.exec(after)?.index);
}

function read(name: string): string {
  return readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
}
