import { type AddressInfo, type Socket, connect, createServer } from 'node:net';

/** The way from a client to a host, which a test can break as networks do. */
export interface Network {
  readonly port: number;
  /** All connections end, and no new one is made until `restore`. */
  cut(): void;
  /** Nothing gets through any more on the connections there are, and nobody is told; new ones work. */
  swallow(): void;
  /** Nothing gets through any more, on new connections neither, and nobody is told, until `restore`. */
  silence(): void;
  /** New connections work, and those on which nothing gets through end. */
  restore(): void;
  close(): void;
}

/** @param port of the host, on 127.0.0.1 */
export async function networkTo(port: number): Promise<Network> {
  const open = new Set<Socket>();
  const swallowed = new Set<Socket>();
  let isCut = false;
  let isSilent = false;
  const swallow = () => {
    for (const socket of open) swallowed.add(socket.unpipe().pause());
  };
  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    if (isSilent) {
      client.on('error', () => undefined);
      swallowed.add(client.pause());
      return;
    }
    const host = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [client, host],
      [host, client],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      end();
    },
    swallow,
    silence() {
      isSilent = true;
      swallow();
    },
    restore() {
      isCut = false;
      isSilent = false;
      for (const socket of swallowed) socket.destroy();
      swallowed.clear();
    },
    close() {
      end();
      server.close();
    },
  };
}
