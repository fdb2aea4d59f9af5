import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Discovery, NearbyComputers, NearbyComputer } from '../../../src-shared/ipc.ts';
import DiscoverySettings from './DiscoverySettings.svelte';
import { NearbyView } from './nearby.svelte.ts';
import NearbyList from './NearbyList.svelte';

const BOTH: Discovery = { announce: true, look: true };
const WORDS = ['abandon', 'ability', 'able', 'about', 'above', 'absent'];
const host = (name: string, more: Partial<NearbyComputer> = {}): NearbyComputer => ({
  name,
  fingerprint: name.padEnd(43, 'A'),
  words: WORDS,
  addresses: ['192.168.1.24:7443'],
  sharesName: false,
  known: false,
  rooms: null,
  ...more,
});
const recent = (hostName: string, fingerprint: string) => [
  { roomId: 'a1b2c3d4', name: 'Season plan', hostName, origin: 'https://192.168.1.24:7443', fingerprint, at: 0 },
];

const show = (found: NearbyComputers | null, { discovery = BOTH, before = recent('Elsewhere', 'E'.repeat(43)) } = {}) =>
  render(NearbyList, { nearby: { found, discovery }, recent: before });
const rows = () => screen.getAllByRole('listitem').filter((row) => row.querySelector('b'));

describe('the list of computers nearby', () => {
  it('names each with its address, and what is needed to join there', () => {
    show({ hasNetwork: true, hosts: [host('Reading room'), host('Lab')] });
    expect(rows().map((row) => row.querySelector('b')?.textContent)).toEqual(['Reading room', 'Lab']);
    expect(screen.getAllByText(/192\.168\.1\.24:7443.*Ask there for a link/)).toHaveLength(2);
    expect(screen.queryAllByRole('button')).toEqual([]);
  });

  it('shows the rooms that it shows, with their names or without', () => {
    const rooms = [
      { knockId: 'a', name: 'Morning round', participants: 4, locked: false },
      { knockId: 'b', locked: true },
    ];
    show({ hasNetwork: true, hosts: [host('Reading room', { rooms }), host('Lab', { rooms: [] })] });
    expect(rows().map((row) => row.textContent.replaceAll(/\s+/g, ' ').trim())).toEqual([
      'RR Morning round Reading room · 4 in · Ask there for a link to join',
      'RR A meeting Reading room · Ask there for a link to join Locked',
      'L Lab 192.168.1.24:7443 · Ask there for a link to join',
    ]);
    expect(screen.queryAllByRole('button')).toEqual([]);
  });

  it.each([
    ['nobody is there', { hasNetwork: true, hosts: [] }, BOTH, /No other computer/],
    ['there is no network', { hasNetwork: false, hosts: [] }, BOTH, /on no network/],
    ['the person does not look', null, { announce: true, look: false }, /is off/],
  ])('says why it is empty when %s', (_when, found, discovery, text) => {
    show(found, { discovery });
    expect(screen.getByText(text)).toBeTruthy();
    expect(screen.queryByText('Looking') === null).toBe(!discovery.look);
  });

  it('shows the words of two computers with one name', () => {
    const twins = [host('Desk', { sharesName: true }), host('Desk', { sharesName: true, fingerprint: 'B'.repeat(43) })];
    show({ hasNetwork: true, hosts: twins });
    expect(screen.getAllByText(/Two computers say that they are Desk/)).toHaveLength(2);
    expect(screen.getAllByText('abandon')).toHaveLength(2);
  });

  it('warns of a computer with the name of a known one and another key', () => {
    show({ hasNetwork: true, hosts: [host('Desk')] }, { before: recent('Desk', 'E'.repeat(43)) });
    expect(screen.getByText(/not the Desk you know/)).toBeTruthy();
  });

  it('does not warn of the known one, nor of one whose key was agreed to', () => {
    show({ hasNetwork: true, hosts: [host('Desk')] }, { before: recent('Desk', host('Desk').fingerprint) });
    show({ hasNetwork: true, hosts: [host('Desk', { known: true })] }, { before: recent('Desk', 'E'.repeat(43)) });
    expect(screen.queryByText(/you know/)).toBeNull();
  });
});

describe('what the person wants of it', () => {
  const app = (store = vi.fn((_discovery: Discovery) => Promise.resolve())) => ({
    nearby: vi.fn(() => Promise.resolve<NearbyComputers | null>({ hasNetwork: true, hosts: [] })),
    setDiscovery: store,
  });
  const names = () => screen.getAllByRole<HTMLInputElement>('switch').map(({ checked }) => checked);

  it('is both named, and each switched by itself', async () => {
    const source = app();
    render(DiscoverySettings, { nearby: new NearbyView(source, BOTH) });
    const group = within(screen.getByRole('group', { name: 'Computers nearby' }));
    await fireEvent.click(group.getByRole('switch', { name: /^Tell this network/ }));
    expect(source.setDiscovery).toHaveBeenLastCalledWith({ announce: false, look: true });
    await fireEvent.click(group.getByRole('switch', { name: /^Show computers/ }));
    expect(source.setDiscovery).toHaveBeenLastCalledWith({ announce: false, look: false });
    expect(names()).toEqual([false, false]);
  });

  it('stays as it was if it cannot be stored', async () => {
    const view = new NearbyView(app(vi.fn(() => Promise.reject(new Error('disk full')))), BOTH);
    await view.choose({ announce: false, look: false });
    expect(view.discovery).toEqual(BOTH);
  });

  it('is asked twice a second while the page can be seen', async () => {
    vi.useFakeTimers();
    const source = app();
    const end = new NearbyView(source, BOTH).follow();
    expect(source.nearby).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(source.nearby).toHaveBeenCalledTimes(3);
    const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    await vi.advanceTimersByTimeAsync(1000);
    expect(source.nearby).toHaveBeenCalledTimes(3);
    hidden.mockRestore();
    end();
    await vi.advanceTimersByTimeAsync(1000);
    expect(source.nearby).toHaveBeenCalledTimes(3);
    vi.useRealTimers();
  });
});
