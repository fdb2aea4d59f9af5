import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { HTTP_STATUS, type Failure } from '../../../src-shared/protocol/index.ts';
import type { Log } from '../meeting/index.ts';
import type { Access } from './access.ts';
import { checkRequest } from './request-check.ts';
import { failureOf, httpFailure } from './failure.ts';
import { answerBare } from './secured.ts';

/** An HTTP upgrade request and its raw socket. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What has arrived of the new protocol already. */
  readonly head: Buffer;
}

type Take = (upgrade: Upgrade) => void | Promise<void>;

/** Of an HTTP or HTTPS server what matters here. */
interface UpgradedServer {
  on(event: 'upgrade', listener: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): unknown;
}

/** Which gateway takes an upgrade, by the path it asks for. Those that none takes are ended. */
export class Upgrades {
  readonly #access: Access;
  readonly #log: Log;
  readonly #takers = new Map<string, Take>();
  readonly #ignored: string[] = [];

  constructor(server: UpgradedServer, { access, log }: { access: Access; log: Log }) {
    this.#access = access;
    this.#log = log;
    server.on('upgrade', (request, socket, head) => this.#route({ request, socket, head }));
  }

  /**
   * Upgrades of exactly this path, whatever their query; each has been let in as any other request is.
   *
   * @param take what it throws, or rejects with, is answered as an HTTP failure
   */
  take(path: string, take: Take): void {
    this.#takers.set(path, take);
  }

  /** What listens to the server itself takes the upgrades under `prefix`. */
  ignore(prefix: string): void {
    this.#ignored.push(prefix);
  }

  #route(upgrade: Upgrade): void {
    const { request, socket } = upgrade;
    const url = request.url ?? '';
    if (this.#ignored.some((prefix) => url.startsWith(prefix))) return;
    const [path = ''] = url.split('?');
    const take = this.#takers.get(path);
    if (!take) {
      socket.destroy();
      return;
    }
    socket.on('error', () => socket.destroy());
    Promise.try(() => {
      checkRequest(this.#access, request);
      return take(upgrade);
    }).catch((error: unknown) => {
      refuseUpgrade(socket, path, failureOf(error, this.#log, `upgrade ${path}`));
    });
  }
}

/** Writes a response to the raw socket, because an upgrade has no response object, and closes it. */
export function refuseUpgrade(socket: Duplex, path: string, failure: Failure): void {
  const { code } = failure;
  const body = JSON.stringify(httpFailure(path, failure));
  answerBare(socket, { status: HTTP_STATUS[code], reason: code, type: 'application/json', body });
}
