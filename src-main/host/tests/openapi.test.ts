/** The description of the HTTP calls is valid, whole, and true: every example in it works on a real host. */
import {
  type SchemaObject,
  registerSchema,
  unregisterSchema,
  validate as validateSchema,
} from '@hyperjump/json-schema/draft-2020-12';
import { validate } from '@hyperjump/json-schema/openapi-3-1';
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MediaGuests } from '../gateways/http/media/testing.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

const Content = v.object({
  'application/json': v.object({ schema: v.looseObject({}), example: v.optional(v.unknown()) }),
});
const Operation = v.object({
  operationId: v.string(),
  security: v.array(v.looseObject({})),
  parameters: v.optional(
    v.array(v.object({ name: v.string(), in: v.picklist(['path', 'query']), example: v.optional(v.string()) })),
    [],
  ),
  requestBody: v.optional(v.object({ content: Content })),
  responses: v.record(v.string(), v.object({ content: v.optional(Content) })),
});
const Document = v.looseObject({
  paths: v.record(v.string(), v.record(v.string(), Operation)),
  components: v.looseObject({ schemas: v.record(v.string(), v.looseObject({})) }),
});

let host: LiveHost;
let text: string;
let document: v.InferOutput<typeof Document>;
let operations: { path: string; method: string; operation: v.InferOutput<typeof Operation> }[];

beforeAll(async () => {
  host = await startLiveHost();
  ({ text } = await host.ask('/api/openapi.json'));
  document = v.parse(Document, JSON.parse(text));
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
});
afterAll(() => host.close());

it('is valid OpenAPI 3.1', async () => {
  const output = await validate(
    'https://spec.openapis.org/oas/3.1/schema-base',
    JSON.parse(text) as SchemaObject,
    'BASIC',
  );
  expect(output).toMatchObject({ valid: true });
});

/** The calls that the tables of a page in docs/ have rows for, as `METHOD /path/{parameter}`. */
async function callsIn(page: string, below: string): Promise<string[]> {
  const text = await readFile(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  const cells = [...text.matchAll(/^\| (.*?) +\|/gm)].map(([, first = '']) => first);
  const calls = cells.flatMap((cell) => [...cell.matchAll(/`(GET|POST|DELETE) ([\w/:-]+)`/g)]);
  return calls.map(([, method, path = '']) => `${method} ${below}${path.replace(/:(\w+)/g, '{$1}')}`);
}

it('describes the calls that the pages in docs/ have, and no others', async () => {
  const documented = [...(await callsIn('protocol.md', '')), ...(await callsIn('http-api.md', '/api/media/rooms/'))];
  const described = operations.map(({ method, path }) => `${method} ${path}`);
  // http-api.md has a section on its WebSocket.
  expect(described.sort()).toEqual([...documented, 'GET /api/media/events'].sort());
});

/** Whether an answer is what the document says it is. */
async function describes(schema: object, answer: string): Promise<boolean> {
  const id = `https://parley.test/${crypto.randomUUID()}`;
  const local = JSON.stringify({ ...schema, $defs: document.components.schemas });
  registerSchema(JSON.parse(local.replaceAll('#/components/schemas/', '#/$defs/')) as SchemaObject, id, DIALECT);
  try {
    return (await validateSchema(id, JSON.parse(answer) as SchemaObject)).valid;
  } finally {
    unregisterSchema(id);
  }
}

const carriedOut = new Set<string>();

/**
 * Asks as the document's example does.
 *
 * @param values parameters of the path, and fields of the body that stand for those of earlier answers
 */
async function ask(operationId: string, values: Record<string, string> = {}, token?: string) {
  const found = operations.find(({ operation }) => operation.operationId === operationId);
  if (!found) throw new Error(`${operationId} is not described`);
  const { path, method, operation } = found;
  const query = new URLSearchParams();
  for (const { name, in: place, example } of operation.parameters)
    if (place === 'query' && example !== undefined) query.set(name, example);
  const example = operation.requestBody?.content['application/json'].example;
  const body = v.parse(v.optional(v.looseObject({})), example);
  const reply = await host.ask(
    `${path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')}?${query.toString()}`,
    {
      method,
      headers: {
        ...(body && { 'Content-Type': 'application/json' }),
        ...(operation.security.length > 0 && { Authorization: `Bearer ${token ?? ''}` }),
      },
      ...(body && { body: JSON.stringify({ ...body, ...values }) }),
    },
  );
  const response = operation.responses[reply.status];
  expect(response, `${operationId}: ${reply.status} ${reply.text}`).toBeDefined();
  const described = response?.content?.['application/json'].schema;
  if (described) expect(await describes(described, reply.text), `${operationId}: ${reply.text}`).toBe(true);
  else expect(reply.text).toBe('');
  carriedOut.add(operationId);
  return reply.text;
}

const part = <const Entries extends v.ObjectEntries>(entries: Entries, answer: string) =>
  v.parse(v.object(entries), JSON.parse(answer));
const result = <const Entries extends v.ObjectEntries>(entries: Entries, answer: string) =>
  part({ result: v.object(entries) }, answer).result;

it('is true: every example of it works', async () => {
  await ask('whoIsHost');
  await ask('listNearby');
  const { roomId, hostToken } = part({ roomId: v.string(), hostToken: v.string() }, await ask('makeRoom'));
  await ask('lookAtRoom', { roomId });
  const invite = part({ id: v.string(), token: v.string() }, await ask('createInvite', { roomId }, hostToken));
  await ask('listInvites', { roomId }, hostToken);
  await ask('validateLink', { token: invite.token });
  await ask('revokeInvite', { roomId, id: invite.id }, hostToken);

  const { room } = result({ room: v.string() }, await ask('createRoom'));
  await ask('exists', { room });
  const token = v.string();
  const sender = result({ token }, await ask('createAttendee', { room })).token;
  const receiver = result({ token }, await ask('createAttendee', { room })).token;
  await ask('connectSender', {}, sender);
  await ask('connectReceiver', {}, receiver);
  const guests = new MediaGuests(host);
  for (const opens of [sender, receiver]) await guests.open(opens);
  carriedOut.add('events');
  const { id: producerId } = result({ id: v.string() }, await ask('createProducer', {}, sender));
  await ask('producers', {}, receiver);
  const consumer = result({ id: v.string() }, await ask('createConsumer', { producerId }, receiver));
  await ask('resumeConsumer', { id: consumer.id }, receiver);
  await ask('attendees', {}, receiver);
  await ask('leave', {}, receiver);
  guests.disconnectAll();

  expect([...carriedOut].sort()).toEqual(operations.map(({ operation }) => operation.operationId).sort());
});

it('describes what somebody is answered who has to wait', async () => {
  const headers = { 'Content-Type': 'application/json' };
  const settings = { lobbyMode: 'everyone' };
  const made = await host.ask('/api/rooms', {
    method: 'POST',
    headers,
    body: JSON.stringify({ hostName: 'Ada', settings }),
  });
  const { roomId: room } = part({ roomId: v.string() }, made.text);
  const call = '/api/media/rooms/createAttendee';
  const waits = await host.ask(call, { method: 'POST', headers, body: JSON.stringify({ room, user: 'Bo' }) });
  expect(waits.status).toBe(202);
  const { operation } = operations.find(({ path }) => path === call) ?? {};
  const schema = operation?.responses['202']?.content?.['application/json'].schema ?? {};
  expect(await describes(schema, waits.text), waits.text).toBe(true);
});

it('describes what fails', async () => {
  const refused = await host.ask('/api/media/rooms/producers');
  const { operation } = operations.find(({ path }) => path === '/api/media/rooms/producers') ?? {};
  const schema = operation?.responses['default']?.content?.['application/json'].schema ?? {};
  expect(await describes(schema, refused.text)).toBe(true);
  expect(await describes(schema, refused.text.replace('UNAUTHORIZED', 'NO_SUCH_CODE'))).toBe(false);
});
