/** The fixtures of the lab: networks, computers on them, and what runs there. */
import { test as base } from '@playwright/test';
import { Avahi } from './avahi.ts';
import { Looking } from './looking.ts';
import { Computer, Network } from './network.ts';
import { Parley } from './parley.ts';

export { expect } from '@playwright/test';

interface Disposable {
  dispose(): Promise<void>;
}

export interface Fixtures {
  /** A network that all computers join by their first card unless they are made without it. */
  network: Network;
  /** A second network, apart from the first. */
  otherNetwork: Network;
  /** A computer on the network. @param addresses of its card `eth0` */
  computer: (...addresses: string[]) => Promise<Computer>;
  host: (computer: Computer, name: string, more?: readonly string[]) => Promise<Parley>;
  avahi: (computer: Computer) => Promise<Avahi>;
  look: (computer: Computer) => Looking;
  /** Keeps what was measured, s, for the report, and shows it. */
  measured: (what: string, seconds: number) => void;
}

export const test = base.extend<Fixtures>({
  // Playwright reads what a fixture needs from the pattern of its first parameter.
  network: async ({}, use) => {
    const network = await Network.make();
    await use(network);
    await network.dispose();
  },

  otherNetwork: async ({}, use) => {
    const network = await Network.make();
    await use(network);
    await network.dispose();
  },

  computer: async ({ network }, use) => {
    const all: Computer[] = [];
    await use(async (...addresses) => {
      const computer = await Computer.make();
      all.push(computer);
      await computer.join(network, 'eth0', ...addresses);
      return computer;
    });
    await disposeOf(all);
  },

  host: async ({}, use) => {
    const all: Parley[] = [];
    await use(async (computer, name, more) => {
      const host = await Parley.start(computer, name, more);
      all.push(host);
      return host;
    });
    await disposeOf(all);
  },

  avahi: async ({}, use) => {
    const all: Avahi[] = [];
    await use(async (computer) => {
      const avahi = await Avahi.start(computer);
      all.push(avahi);
      return avahi;
    });
    await disposeOf(all);
  },

  look: async ({}, use) => {
    await use((computer) => new Looking(computer));
  },

  measured: async ({}, use, testInfo) => {
    await use((what, seconds) => {
      const description = `${what}: ${seconds.toFixed(2)} s`;
      testInfo.annotations.push({ type: 'measured', description });
      console.log(`    ${description}`);
    });
  },
});

async function disposeOf(all: readonly Disposable[]): Promise<void> {
  await Promise.all(all.map((one) => one.dispose()));
}
