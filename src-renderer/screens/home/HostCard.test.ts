import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it } from 'vitest';
import { setLanguage } from '../../i18n/index.svelte.ts';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import { DesktopFailure } from '../../platform/bridge.ts';
import HostCard from './HostCard.svelte';

afterEach(() => setLanguage('system'));

async function fail(error: Error): Promise<string | null> {
  const host = { name: 'desk', version: '1', fingerprint: '', mayCreateRooms: true };
  render(HostCard, { host, here: true, hosting: false, onhost: () => Promise.reject(error) });
  await fireEvent.click(screen.getByRole('button'));
  return (await screen.findByRole('alert')).textContent;
}

it('says why this computer cannot host, in the language of the window', async () => {
  await setLanguage('es');
  const alert = await fail(new DesktopFailure({ code: 'PORT_IN_USE', detail: 'Port 7443 is in use.' }));
  expect(alert).toMatch(/^Otro programa usa el puerto de Parley\. .*inténtalo otra vez\.$/);
});

it('says what another host refuses', async () => {
  await setLanguage('en');
  expect(await fail(new ProtocolError('FULL', 'As many as it can.'))).toMatch(/^This meeting is full\. /);
});
