import { type ConversionConfig, toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema';
import * as v from 'valibot';
import {
  DtlsParameters,
  Failure,
  HTTP_STATUS,
  HttpFailure,
  RtpCapabilities,
  RtpParameters,
  TransportOptions,
} from '../../../../src-shared/protocol/index.ts';
import {
  MEDIA_API,
  MediaFailure,
  MediaSuccess,
  MediaWaiting,
  mediaApi,
} from '../../../../src-shared/protocol/http/media-api.ts';
import {
  MEDIA_EVENTS,
  MediaEvent,
  MediaMessage,
  MediaProducer,
} from '../../../../src-shared/protocol/http/media-events.ts';
import { roomApi } from '../../../../src-shared/protocol/http/room-api.ts';

/** The schemas that have a name of their own. */
const SCHEMAS = {
  Failure,
  HttpFailure,
  MediaFailure,
  RtpCapabilities,
  RtpParameters,
  DtlsParameters,
  TransportOptions,
  MediaProducer,
  MediaEvent,
  MediaMessage,
};

const CONVERSION = {
  target: 'draft-2020-12',
  // What these ask cannot be said in JSON Schema, nor can a pattern with flags or beside another: the host
  // checks more than the document says.
  ignoreActions: ['check', 'transform', 'trim'],
  overrideAction: ({ valibotAction: action, jsonSchema, errors }) => {
    if (action.type !== 'regex' || !errors) return null;
    const { pattern, ...others } = jsonSchema;
    return pattern === flaggedPattern(action) ? others : jsonSchema;
  },
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
} satisfies ConversionConfig;

/** An OpenAPI document (its specification, 4.8.1), as far as it matters here. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: object;
  readonly servers: readonly object[];
  readonly tags: readonly object[];
  /** Operations by path and method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: object;
}

/** The OpenAPI 3.1 description of all calls under `/api`, made from the tables of the contract. */
export function openApiDocument(version: string): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: { title: 'Parley', version, description: 'Video meetings hosted on your own computer.' },
    servers: [{ url: '/' }],
    tags: [
      { name: 'rooms', description: 'Rooms and the links to them.' },
      { name: 'media', description: 'Send and receive in a room with HTTP and one WebSocket for events.' },
    ],
    paths: paths([...mediaOperations(), eventsOperation(), ...roomOperations()]),
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        attendee: { type: 'http', scheme: 'bearer', description: 'The `token` that createAttendee answered.' },
        host: { type: 'http', scheme: 'bearer', description: 'The `hostToken` that makeRoom answered.' },
      },
    },
  };
}

interface Described {
  path: string;
  method: string;
  operation: object;
}

function paths(operations: readonly Described[]): Record<string, Record<string, object>> {
  const all: Record<string, Record<string, object>> = {};
  for (const { path, method, operation } of operations) {
    all[path] = { ...all[path], [method.toLowerCase()]: operation };
  }
  return all;
}

function mediaOperations(): Described[] {
  return Object.entries(mediaApi).map(([operationId, { method, bearer, input, result, summary, example }]) => ({
    path: `${MEDIA_API}/${operationId}`,
    method,
    operation: {
      operationId,
      tags: ['media'],
      summary,
      security: bearer ? [{ attendee: [] }] : [],
      ...(method === 'GET'
        ? { parameters: queryParameters(input, example) }
        : { requestBody: requestBody(input, example, { required: Object.keys(example).length > 0 }) }),
      responses: {
        200: { description: 'Success', content: json(MediaSuccess(result)) },
        ...(operationId === 'createAttendee' && {
          202: { description: 'In the lobby, once the events are open', content: json(MediaWaiting) },
        }),
        default: { description: FAILURES, content: json(MediaFailure) },
      },
    },
  }));
}

function eventsOperation(): Described {
  return {
    path: MEDIA_EVENTS,
    method: 'GET',
    operation: {
      operationId: 'events',
      tags: ['media'],
      summary: 'A WebSocket: opening it makes the attendee present, losing it for long ends them.',
      description:
        'One JSON object per message: from the host `#/components/schemas/MediaEvent`, to the host `#/components/schemas/MediaMessage`.',
      security: [],
      parameters: [{ name: 'token', in: 'query', required: true, schema: { type: 'string' } }],
      responses: {
        101: { description: 'The events are open' },
        default: { description: FAILURES, content: json(MediaFailure) },
      },
    },
  };
}

function roomOperations(): Described[] {
  return Object.entries(roomApi).map(
    ([operationId, { method, path, bearer, body, status, answer, summary, example }]) => ({
      path,
      method,
      operation: {
        operationId,
        tags: ['rooms'],
        summary,
        security: bearer ? [{ host: [] }] : [],
        parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
          name,
          in: 'path',
          required: true,
          schema: { type: 'string' },
        })),
        ...(body && { requestBody: requestBody(body, example, { required: true }) }),
        responses: {
          [status]: { description: 'Success', ...(answer && { content: json(answer) }) },
          default: { description: FAILURES, content: json(HttpFailure) },
        },
      },
    }),
  );
}

function queryParameters({ entries }: { entries: Record<string, v.GenericSchema> }, examples: Record<string, unknown>) {
  return Object.entries(entries).map(([name, schema]) => ({
    name,
    in: 'query',
    required: schema.type !== 'optional',
    schema: schemaOf(schema),
    example: examples[name],
  }));
}

function requestBody(schema: v.GenericSchema, example: unknown, { required }: { required: boolean }) {
  return { required, content: { 'application/json': { schema: schemaOf(schema), example } } };
}

function json(schema: v.GenericSchema) {
  return { 'application/json': { schema: schemaOf(schema) } };
}

/** What JSON Schema cannot say of them. */
const WORDS: Partial<Record<keyof typeof SCHEMAS, string>> = {
  RtpCapabilities:
    'What a device can receive, as mediasoup-client has it. Codecs and header extensions that the host does not know are left out.',
  RtpParameters:
    'How a producer or consumer is sent, as mediasoup-client has it. Codecs and header extensions that the host does not know are left out.',
  DtlsParameters: 'One end of a transport, as mediasoup-client has it in its `connect` event.',
  TransportOptions: "What mediasoup-client's `createSendTransport` or `createRecvTransport` takes.",
};

function namedSchemas() {
  const all = Object.entries(toJsonSchemaDefs(SCHEMAS, CONVERSION));
  const described = new Map(Object.entries(WORDS));
  return Object.fromEntries(all.map(([name, schema]) => [name, { ...schema, description: described.get(name) }]));
}

/** Without what only a whole JSON Schema document has. */
function schemaOf(schema: v.GenericSchema) {
  const described = toJsonSchema(schema, { ...CONVERSION, definitions: SCHEMAS });
  delete described.$schema;
  delete described.$defs;
  return described;
}

function flaggedPattern(action: object): string | null {
  const pattern = 'requirement' in action ? action.requirement : null;
  return pattern instanceof RegExp && pattern.flags !== '' ? pattern.source : null;
}

const FAILURES = `Failure; the status follows from the code: ${Object.entries(HTTP_STATUS)
  .map(([code, status]) => `${code} ${status}`)
  .join(', ')}.`;
