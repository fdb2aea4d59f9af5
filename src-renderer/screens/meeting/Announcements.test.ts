import { render } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, it } from 'vitest';
import type { ChatMessageView } from '../../client/view.ts';
import { fakeDevices, fakeMeeting } from '../../testing/fakes.svelte.ts';
import Announcements from './Announcements.svelte';
import { MeetingUi } from './ui.svelte.ts';

function announced() {
  const meeting = fakeMeeting();
  const ui = new MeetingUi(meeting, fakeDevices(), { opened: false });
  render(Announcements, { ui });
  const chat = meeting.chat as { messages: readonly ChatMessageView[] };
  const say = async (text: string) => {
    const message = { id: text, userId: 'grace', name: 'Grace', text, at: 0, own: false, private: false, toName: null };
    chat.messages = [...chat.messages, message];
    await tick();
  };
  return { ui, say };
}

it('tells of messages while the chat is closed', async () => {
  const { ui, say } = announced();
  await say('one');
  expect(ui.toasts.current?.text).toBe('Grace: one');
});

it('dismisses messages, waiting ones too, when the chat is opened', async () => {
  const { ui, say } = announced();
  await say('one');
  await say('two');
  ui.toasts.show({ text: 'Ada has left' });
  ui.panel = 'chat';
  await tick();
  expect(ui.toasts.current?.text).toBe('Ada has left');
});

it('tells of no message while the chat is open', async () => {
  const { ui, say } = announced();
  ui.panel = 'chat';
  await say('one');
  expect(ui.toasts.current).toBeNull();
  ui.panel = null;
  await tick();
  expect(ui.toasts.current).toBeNull();
});
