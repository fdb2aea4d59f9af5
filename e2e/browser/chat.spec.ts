import { expect, test } from '../fixtures/test.ts';

test('messages go both ways, and who comes later reads what was written', async ({ participant }) => {
  const ada = await participant('Ada', { camera: false });
  const grace = await participant('Grace', { camera: false });
  await ada.openChat();
  await grace.openChat();
  await ada.write('The build is green');
  await expect(grace.message('The build is green')).toBeVisible();
  await grace.write('Shipping it');
  await expect(ada.message('Shipping it')).toBeVisible();

  const mary = await participant('Mary', { camera: false });
  await mary.openChat();
  await expect(mary.message('The build is green')).toBeVisible();
  await expect(mary.message('Shipping it')).toBeVisible();
});

test('a message is text, whatever is in it', async ({ participant }) => {
  const text = '<script>document.title = 1</script> & <b>bold</b>';
  const ada = await participant('Ada', { camera: false });
  const grace = await participant('Grace', { camera: false });
  await ada.openChat();
  await grace.openChat();
  await ada.write(text);
  await expect(grace.message(text)).toBeVisible();
  await expect(grace.page).not.toHaveTitle('1');
});

test('what comes while the chat is closed is counted', async ({ participant }) => {
  const ada = await participant('Ada', { camera: false });
  const grace = await participant('Grace', { camera: false });
  await ada.openChat();
  await ada.write('One');
  await ada.write('Two');
  await grace.page.getByRole('button', { name: 'Chat, 2 unread' }).click();
  await expect(grace.message('Two')).toBeVisible();
  await expect(grace.page.getByRole('button', { name: 'Chat', exact: true })).toBeVisible();
});

test('a private message reaches one person only', async ({ participant }) => {
  const ada = await participant('Ada', { camera: false });
  const grace = await participant('Grace', { camera: false });
  const mary = await participant('Mary', { camera: false });
  for (const person of [ada, grace, mary]) await person.openChat();
  await ada.chat.getByRole('button', { name: /^Recipient/ }).click();
  await ada.page.getByRole('menuitemradio', { name: 'Grace' }).click();
  await ada.write('Between us');
  await expect(grace.message('Between us')).toBeVisible();
  await grace.write('To all');
  await expect(mary.message('To all')).toBeVisible();
  await expect(mary.message('Between us')).toHaveCount(0);
});
