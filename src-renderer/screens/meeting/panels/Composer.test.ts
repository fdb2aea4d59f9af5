import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { fakeDevices, fakeMeeting, fakePerson } from '../../../testing/fakes.svelte.ts';
import Composer from './Composer.svelte';
import { MeetingUi } from '../ui.svelte.ts';

function composer(send: (text: string, to?: string) => Promise<void>) {
  const people = [fakePerson('Priya'), fakePerson('Mira', { self: true })];
  const meeting = fakeMeeting({
    people,
    chat: { messages: [], unread: 0, firstUnread: null, open: true, send },
  });
  const ui = new MeetingUi(meeting, fakeDevices(), { opened: false });
  render(Composer, { ui });
  return { ui, field: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write a message' }) };
}

const write = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });

describe('Composer', () => {
  it('sends with Enter and is empty again', async () => {
    const send = vi.fn(() => Promise.resolve());
    const { field } = composer(send);
    await write(field, '  Low water is at 6:40  ');
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(send).toHaveBeenCalledExactlyOnceWith('Low water is at 6:40', undefined);
    await waitFor(() => expect(field.value).toBe(''));
  });

  it('leaves Shift+Enter to the text, and Enter to those who compose with it', async () => {
    const send = vi.fn(() => Promise.resolve());
    const { field } = composer(send);
    await write(field, 'one');
    await fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    await fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    expect(send).not.toHaveBeenCalled();
  });

  it('keeps what was written when it was not delivered, and says so', async () => {
    const { field } = composer(() => Promise.reject(new Error('offline')));
    await write(field, 'Do not lose me');
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect((await screen.findByRole('alert')).textContent).toContain('Not delivered');
    expect(field.value).toBe('Do not lose me');
  });

  it('never tells everyone what was meant for somebody who left', async () => {
    const send = vi.fn(() => Promise.resolve());
    const { ui, field } = composer(send);
    ui.reader = { userId: 'walter', name: 'Walter' };
    await write(field, 'Only for you');
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(send).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toContain('Walter has left');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
  });

  it('sends to the one it is meant for', async () => {
    const send = vi.fn(() => Promise.resolve());
    const { ui, field } = composer(send);
    ui.reader = { userId: 'priya', name: 'Priya' };
    await write(field, 'Between us');
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(send).toHaveBeenCalledExactlyOnceWith('Between us', 'priya');
  });
});
