/** HTTP calls as docs/protocol.md and docs/http-api.md describe them. */
import { type APIRequestContext, request } from '@playwright/test';
import * as v from 'valibot';
import { retryWhenLimited } from '../retry-when-limited.ts';
import { Failure, Fields, type Reply, done, failed, isTooOften } from '../reply.ts';

/** The status of each code, as docs/protocol.md has them. */
export interface HttpReply {
  readonly status: number;
  readonly body: string;
  readonly reply: Reply;
}

interface Input {
  input?: unknown;
  token?: string | undefined;
}

const Enveloped = v.union([
  v.strictObject({ status: v.picklist(['success', 'waiting']), result: Fields }),
  v.strictObject({ status: v.literal('failed'), error: Failure }),
]);
const Bare = v.union([v.strictObject({ error: Failure }), Fields]);

export class HttpClient {
  readonly #context: APIRequestContext;

  private constructor(context: APIRequestContext) {
    this.#context = context;
  }

  static async of(host: string): Promise<HttpClient> {
    return new HttpClient(await request.newContext({ baseURL: host, ignoreHTTPSErrors: true }));
  }

  /** @param options.input the query of a GET, else the body as JSON; a text goes as it is */
  ask(method: string, path: string, options: Input = {}): Promise<HttpReply> {
    return retryWhenLimited(
      () => this.#ask(method, path, options),
      ({ reply }) => isTooOften(reply),
    );
  }

  async close(): Promise<void> {
    await this.#context.dispose();
  }

  async #ask(method: string, path: string, { input, token }: Input): Promise<HttpReply> {
    const query = method === 'GET' && v.is(Fields, input) ? `?${new URLSearchParams(texts(input)).toString()}` : '';
    const response = await this.#context.fetch(`${path}${query}`, {
      method,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(method !== 'GET' && input !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(method !== 'GET' && input !== undefined && { data: Buffer.from(JSON.stringify(input)) }),
    });
    const body = await response.text();
    return { status: response.status(), body, reply: read(path, body) };
  }
}

function read(path: string, body: string): Reply {
  if (body === '') return done({});
  const answer: unknown = JSON.parse(body);
  if (path.startsWith('/api/media/')) {
    const read = v.parse(Enveloped, answer);
    return read.status === 'failed' ? failed(read.error) : done(read.result);
  }
  const read = v.parse(v.union([Enveloped, Bare]), answer);
  if ('error' in read) return failed(v.parse(Failure, read.error));
  return done(read);
}

function texts(input: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]));
}
