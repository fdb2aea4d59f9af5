/** A port for whoever runs the host: whether it is alive and ready, and its figures. Apart from the port for guests. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { MAX_MONITORING_CONNECTIONS } from '../../../src-shared/limits.ts';
import type { Measures } from '../meeting/index.ts';
import { listenOn } from '../network/tls-port.ts';
import { createMetrics, type HostFigures } from './metrics.ts';

export interface MonitoringOptions {
  /** 0: any free one. */
  readonly port: number;
  /** The address to listen on; by default loopback. */
  readonly address?: string;
  /** What must be shown for the figures, as `Authorization: Bearer …`; absent: nothing. */
  readonly token?: string;
}

export interface Monitoring {
  readonly port: number;
  readonly measures: Measures;
  /** Where the figures come from once the host is complete; before, it is not ready. */
  watch(host: MonitoredHost): void;
  /** Idempotent. */
  close(): Promise<void>;
}

export interface MonitoredHost {
  /** Whether people can join now. */
  readonly ready: boolean;
  figures(): Promise<HostFigures>;
}

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

const NOT_READY: Reply = { status: 503, body: 'not ready\n' };
const REQUEST_MS = 10_000;

/** @throws {HostError} PORT_IN_USE, PORT_FORBIDDEN */
export async function openMonitoring(options: MonitoringOptions & { version: string }): Promise<Monitoring> {
  const { address = '127.0.0.1', token, version } = options;
  const metrics = createMetrics({ version });
  let host: MonitoredHost | null = null;
  let rendering: Promise<string> | null = null;
  /** Several that ask at once get the same answer. */
  const render = (watched: MonitoredHost) =>
    (rendering ??= watched
      .figures()
      .then((figures) => metrics.render(figures))
      .finally(() => (rendering = null)));

  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const path = request.url?.split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, body: 'Only GET and HEAD.\n' };
    if (path === '/healthz') return { status: 200, body: 'ok\n' };
    if (path === '/readyz') return host?.ready ? { status: 200, body: 'ready\n' } : NOT_READY;
    if (path !== '/metrics') return { status: 404, body: 'Here are /healthz, /readyz and /metrics.\n' };
    if (token === undefined && !isAddress(request)) return { status: 403, body: 'Call this port by its address.\n' };
    if (token !== undefined && !isAuthorized(request, token)) return { status: 401, body: 'Show the token.\n' };
    if (!host) return NOT_READY;
    return { status: 200, body: await render(host), type: metrics.contentType };
  };
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
    void answer(request)
      .catch((): Reply => ({ status: 500, body: 'The figures could not be read.\n' }))
      .then((reply) => send(response, reply));
  });
  server.maxConnections = MAX_MONITORING_CONNECTIONS;
  const port = await listenOn(server, options.port, address);
  let closing: Promise<void> | null = null;
  return {
    port,
    measures: metrics,
    watch: (watched) => (host = watched),
    close() {
      host = null;
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

/** Whether the host is called by an IP address: a name may be one that a web page had resolved to this computer. */
function isAddress({ headers: { host = '' } }: IncomingMessage): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return isIP(name) !== 0 || name === 'localhost';
}

function isAuthorized({ headers }: IncomingMessage, token: string): boolean {
  const shown = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(shown), digest(token));
}

const digest = (text: string) => createHash('sha256').update(text).digest();

function send(response: ServerResponse, { status, body, type = 'text/plain; charset=utf-8' }: Reply): void {
  const headers = { 'Content-Type': type, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
  response.writeHead(status, headers).end(body);
}
