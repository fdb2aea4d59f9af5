import { beforeEach, expect, it, vi } from 'vitest';
import { MeetingError } from '../../problem.ts';
import { Lobby, type LobbyHost } from './lobby.svelte.ts';

const ADA = { userId: 'ada', userName: 'Ada', since: 1 };
const GRACE = { userId: 'grace', userName: 'Grace', since: 2 };
const host = { mayAdmit: vi.fn(() => true), ask: vi.fn<LobbyHost['ask']>(() => Promise.resolve()) };
let lobby: Lobby;

beforeEach(() => {
  vi.resetAllMocks();
  host.mayAdmit.mockReturnValue(true);
  host.ask.mockResolvedValue();
  lobby = new Lobby(host);
  lobby.tell([ADA, GRACE]);
});

const names = () => lobby.waiting.map(({ userName }) => userName);

it('shows who waits to those who may admit, and to nobody else', () => {
  expect(names()).toEqual(['Ada', 'Grace']);
  host.mayAdmit.mockReturnValue(false);
  expect(names()).toEqual([]);
});

it('takes somebody away at the click, before the host has answered', async () => {
  const admitting = lobby.admit('ada');
  expect([names(), host.ask.mock.lastCall]).toEqual([['Grace'], ['admit', { userId: 'ada' }]]);
  await admitting;
  await lobby.deny('grace');
  expect([names(), host.ask.mock.lastCall]).toEqual([[], ['deny', { userId: 'grace' }]]);
});

it('shows somebody again whom the host could not let in', async () => {
  host.ask.mockRejectedValue(new MeetingError('FULL', ''));
  await expect(lobby.admit('ada')).rejects.toMatchObject({ code: 'FULL' });
  expect(names()).toEqual(['Ada', 'Grace']);
});

it('is content when somebody is gone already', async () => {
  host.ask.mockRejectedValue(new MeetingError('NOT_FOUND', ''));
  await lobby.admit('ada');
  expect(names()).toEqual(['Grace']);
});

it('admits all in one request', async () => {
  await lobby.admitAll();
  expect(host.ask.mock.calls).toEqual([['admit', { all: true }]]);
});
