import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { PERMISSIONS, PERMISSIONS_OF } from '../../../../src-shared/permissions.ts';
import { directRequests } from '../../../../src-shared/protocol/index.ts';
import { OPERATION_NAMES, hostOneRoom } from '../testing.ts';
import { RATE_NAMES } from '../rates/session-rates.ts';
import { SESSION_STATES, operationTable } from './operation-table.ts';

const page = await readFile(new URL('../../../../docs/protocol.md', import.meta.url), 'utf8');

/** The rows of the table whose first heading is this, each a list of cells without their backticks. */
function rowsOf(heading: string): string[][] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^\\| ${heading} +\\|`).test(line));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
}

describe('docs/protocol.md', () => {
  it('shows every operation with its states, permission, rates and repetition', () => {
    const documented = new Map(rowsOf('operation').map(([name = '', ...cells]) => [name, cells]));
    const rows = Object.entries(operationTable).map(([name, { states, permission, rates, repetition }]) => {
      const cells = [
        states.join(', '),
        permission ?? '',
        Object.entries(rates)
          .map(([rate, amount]) => `${rate} ${amount}`)
          .join(', '),
        repetition,
      ];
      return [name, cells] as const;
    });
    expect(documented).toEqual(new Map(rows));
  });

  it('shows what each role may do', () => {
    const documented = new Map(rowsOf('role').map(([role = '', permissions]) => [role, permissions]));
    const rows = Object.entries(PERMISSIONS_OF).map(([role, permissions]) => [role, permissions.join(', ')] as const);
    expect(documented).toEqual(new Map(rows));
  });
});

describe('the operation table', () => {
  it('has a row for every request of the contract, and names only what there is', () => {
    const all = [...OPERATION_NAMES, ...Object.keys(directRequests)];
    // Both namespaces have a ping.
    const names = [...new Set(all)];
    expect(Object.keys(operationTable).toSorted()).toEqual(names.toSorted());
    for (const { states, permission, rates } of Object.values(operationTable)) {
      expect(SESSION_STATES).toEqual(expect.arrayContaining([...states]));
      if (permission !== null) expect(PERMISSIONS).toContain(permission);
      expect(RATE_NAMES).toEqual(expect.arrayContaining(Object.keys(rates)));
    }
  });

  it('gives those who wait in the lobby nothing but to ask again, to write a line, to leave and to ping', () => {
    const whileWaiting = Object.entries(operationTable).filter(([, { states }]) => states.includes('waiting'));
    expect(whileWaiting.map(([name]) => name).toSorted()).toEqual(['joinRoom', 'leaveRoom', 'ping', 'updateWaiting']);
  });
});

describe('a session', () => {
  const ask = (session: Awaited<ReturnType<typeof hostOneRoom>>['connect'], name: string, state: string) =>
    Promise.try(() => session(`${name}-${state}`));

  it.each(OPERATION_NAMES)('refuses %s in every state where it does not exist', async (name) => {
    const host = await hostOneRoom();
    const rule = operationTable[name as keyof typeof operationTable];
    const refusedIn = async (state: 'connected' | 'preparing' | 'joined') => {
      const { session } =
        state === 'connected'
          ? await ask(host.connect, name, state)
          : state === 'preparing'
            ? await host.prepare(`${name}-${state}`)
            : await host.join(`${name}-${state}`);
      expect(session.state).toBe(state);
      return Promise.try(() => session.perform(name as never, { roomId: host.roomId } as never)).then(
        () => null,
        (error: unknown) => (error instanceof Error && 'code' in error ? error.code : null),
      );
    };
    for (const state of ['connected', 'preparing', 'joined'] as const) {
      if (rule.states.includes(state)) continue;
      expect(await refusedIn(state)).toBe(state === 'joined' ? 'CONFLICT' : 'NOT_JOINED');
    }
  });

  it.each(Object.entries(operationTable).filter(([, { permission }]) => permission === 'publish'))(
    'refuses a viewer %s',
    async (name) => {
      const { rooms, roomId, join } = await hostOneRoom();
      await join('ada');
      const { token } = await rooms.invites.create(roomId, { role: 'viewer' });
      const { session } = await join('viewer', { token });
      const asking = Promise.try(() => session.perform(name as never, {} as never));
      await expect(asking).rejects.toMatchObject({ code: 'FORBIDDEN' });
    },
  );
});
