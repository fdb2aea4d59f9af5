import { AxeBuilder } from '@axe-core/playwright';
import { expectFrames, expectToGrow } from '../fixtures/media.ts';
import { expect, test } from '../fixtures/test.ts';

const EVERYBODY_WAITS = { lobbyMode: 'everyone', linkKey: true } as const;

test('who asks to join waits before their own picture, writes a line, and is admitted', async ({ host, person }) => {
  const room = await host.createRoom('Season plan', EVERYBODY_WAITS);
  const ada = await person('Ada');
  await ada.enter(`${room.url}&t=${room.hostToken}`);

  const grace = await person('Grace');
  await grace.page.goto(room.url);
  await expect(grace.page.getByText('The host lets people in one by one')).toBeVisible();
  await grace.askToJoin();
  await expectFrames(grace.page.getByLabel('Your picture, mirrored'), 3);
  const { violations } = await new AxeBuilder({ page: grace.page }).analyze();
  expect(violations).toEqual([]);
  await grace.page.getByLabel('Message to the host').fill('From the lab');
  await grace.page.getByRole('button', { name: 'Send', exact: true }).click();

  const card = ada.page.getByRole('region', { name: '1 person is waiting' });
  await expect(card.getByText('From the lab')).toBeVisible();
  await expect(ada.page).toHaveTitle(/^\(1\) Season plan/);
  await expect(ada.tile('Grace')).toHaveCount(0);
  await card.getByRole('button', { name: 'Admit Grace' }).click();
  await grace.expectJoined();
  await Promise.all([expectFrames(ada.video('Grace')), expectFrames(grace.video('Ada'))]);
  await Promise.all([expectToGrow(ada.page, 'audioEnergyHeard', 0), expectToGrow(grace.page, 'audioEnergyHeard', 0)]);
  await expect(card).toHaveCount(0);
});

test('several who wait are admitted at once, or one by one from the list', async ({ host, person }) => {
  const room = await host.createRoom('Season plan', EVERYBODY_WAITS);
  const ada = await person('Ada');
  await ada.enter(`${room.url}&t=${room.hostToken}`, { camera: false });
  const [grace, mary] = [await person('Grace'), await person('Mary')];
  for (const guest of [grace, mary]) {
    await guest.page.goto(room.url);
    await guest.askToJoin();
  }
  await ada.page.getByRole('button', { name: '1 more' }).click();
  const people = ada.page.getByRole('complementary', { name: 'People' });
  await people.getByRole('button', { name: 'Deny Grace' }).click();
  await expect(grace.page.getByRole('heading', { name: 'You were not let in' })).toBeVisible();
  await grace.page.getByRole('button', { name: 'Ask to join again' }).click();
  await grace.askToJoin();
  await people.getByRole('button', { name: 'Admit all' }).click();
  await Promise.all([grace.expectJoined(), mary.expectJoined()]);
});

test('a room of one’s own has a key in its link, and a passcode when it gets one', async ({ host, person }) => {
  const ada = await person('Ada');
  await ada.page.goto(host.url);
  await ada.page.getByRole('button', { name: /^Host a meeting/ }).click();
  await ada.join();
  const invite = ada.page.getByRole('dialog', { name: 'Your room is open' });
  const link = await invite.getByRole('textbox', { name: 'Link' }).inputValue();
  expect(link).toMatch(/#k=[\w-]{20,}&fp=/);
  await invite.getByRole('button', { name: 'Done' }).click();
  await ada.press('More');
  await ada.page.getByRole('menuitem', { name: 'Room settings' }).click();
  const settings = ada.page.getByRole('dialog', { name: 'Room settings' });
  await settings.getByLabel('Passcode').fill('open sesame');
  await settings.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(settings.getByText('The passcode is set.')).toBeVisible();

  const grace = await person('Grace');
  await grace.page.goto(link.replace(/#k=[\w-]+&/, '#'));
  await expect(grace.page.getByRole('heading', { name: 'There is no such meeting' })).toBeVisible();
  await grace.page.goto('about:blank');
  await grace.page.goto(link);
  await grace.page.getByLabel('Passcode').fill('sesame');
  await grace.page.getByLabel('Your name').fill('Grace');
  await grace.joinButton.click();
  await expect(grace.page.getByText('That is not the passcode.')).toBeVisible();
  await grace.page.getByLabel('Passcode').fill('open sesame');
  await grace.joinButton.click();
  await grace.expectJoined();

  await settings.getByRole('switch', { name: 'Lock the meeting' }).click();
  await settings.getByRole('button', { name: 'Close' }).click();
  await expect(grace.page.getByRole('img', { name: 'Locked' })).toBeAttached();
  const mary = await person('Mary');
  await mary.page.goto(link);
  await expect(mary.page.getByRole('alert')).toContainText('This meeting is locked');
});

test('who is removed is out at once, and has to ask to come back', async ({ participant }) => {
  const ada = await participant('Ada');
  const grace = await participant('Grace');
  const mary = await participant('Mary', { camera: false });
  await expectFrames(ada.video('Grace'));
  await ada.openPeople();
  await ada.actOn('Grace', 'Remove from the meeting');
  const dialog = ada.page.getByRole('dialog', { name: 'Remove Grace?' });
  await dialog.getByRole('switch').uncheck();
  await expect(dialog.getByText('they can come back with the shared link under another name')).toBeVisible();
  await dialog.getByRole('switch').check();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(grace.page.getByRole('heading', { name: 'You are no longer in the meeting' })).toBeVisible();
  await Promise.all([expect(ada.tile('Grace')).toHaveCount(0), expect(mary.tile('Grace')).toHaveCount(0)]);
  await expectFrames(mary.video('Ada'), 3);

  await grace.page.getByRole('button', { name: 'Ask to join again' }).click();
  await grace.askToJoin();
  const people = ada.page.getByRole('complementary', { name: 'People' });
  await people.getByRole('button', { name: 'Admit Grace' }).click();
  await grace.expectJoined();
  await expectFrames(ada.video('Grace'));
});

test('a host mutes and asks to unmute; it is the muted who unmute', async ({ participant }) => {
  const ada = await participant('Ada', { camera: false });
  const grace = await participant('Grace');
  await expectToGrow(ada.page, 'audioEnergyHeard', 0);
  await ada.openPeople();
  await ada.actOn('Grace', 'Mute');
  await expect(grace.page.getByText('The host muted you')).toBeVisible();
  await expect(grace.controls.getByRole('button', { name: 'Unmute', exact: true })).toBeAttached();
  await expect(ada.tile('Grace').getByRole('img', { name: 'Muted' })).toBeVisible();
  await ada.actOn('Grace', 'Ask to unmute');
  await grace.page.getByRole('status').getByRole('button', { name: 'Unmute', exact: true }).click();
  await expect(ada.tile('Grace').getByRole('img', { name: 'Muted' })).toBeHidden();
  await expectToGrow(ada.page, 'audioEnergyHeard', 0);
  await ada.actOn('Grace', 'Stop camera');
  await expect(ada.video('Grace')).toBeHidden();
  await grace.press('Start camera');
  await expectFrames(ada.video('Grace'));
});

test('what the room does not allow participants is shown so, and allowed again', async ({ participant }) => {
  const ada = await participant('Ada', { camera: false });
  const grace = await participant('Grace', { camera: false });
  await ada.press('More');
  await ada.page.getByRole('menuitem', { name: 'Room settings' }).click();
  const settings = ada.page.getByRole('dialog', { name: 'Room settings' });
  for (const what of ['Share their screen', 'Write messages']) {
    await settings.getByRole('switch', { name: what }).uncheck();
    await expect(settings.getByRole('switch', { name: what })).not.toBeChecked();
  }
  const share = grace.controls.getByRole('button', { name: 'Share screen' });
  await expect(share).toBeDisabled();
  await expect(share).toHaveAccessibleDescription('The host does not allow sharing screens');
  await grace.openChat();
  await expect(grace.chat.getByText('The host does not allow messages')).toBeVisible();
  await expect(grace.chat.getByRole('textbox')).toBeDisabled();
  await settings.getByRole('switch', { name: 'Write messages' }).check();
  await grace.write('Thank you');
  await expect(grace.message('Thank you')).toBeVisible();
});

test('a host who leaves hands the meeting over, and ends it for all', async ({ participant }) => {
  const ada = await participant('Ada', { camera: false });
  const grace = await participant('Grace');
  const mary = await participant('Mary', { camera: false });
  await ada.press('Leave');
  await expect(ada.leaving.getByText('2 other people are in it.')).toBeVisible();
  await expect(ada.leaving.getByText('Grace stands in for you until you are back.')).toBeVisible();
  await ada.leaving.getByLabel('Hand over to').selectOption('Mary');
  await ada.leaving.getByRole('button', { name: 'Hand over and leave' }).click();
  await expect(ada.page.getByRole('heading', { name: 'You have left' })).toBeVisible();
  await expectFrames(mary.video('Grace'), 3);

  await grace.press('Leave');
  await expect(grace.page.getByRole('heading', { name: 'You have left' })).toBeVisible();
  await grace.page.getByRole('button', { name: 'Join again' }).click();
  await grace.expectPreJoin();
  await grace.join();
  await mary.press('Leave');
  await mary.leaving.getByRole('button', { name: 'End for everyone' }).click();
  await expect(grace.page.getByRole('heading', { name: 'The meeting has ended' })).toBeVisible();
});
