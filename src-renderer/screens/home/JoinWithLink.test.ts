import { fireEvent, render, screen } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import JoinWithLink from './JoinWithLink.svelte';

const LINK = 'https://192.168.1.24:7443/r/3f9a2c1d';
const INVITE = { origin: 'https://192.168.1.24:7443', roomId: '3f9a2c1d' };

function home() {
  const onjoin = vi.fn();
  render(JoinWithLink, { clipboard: null, problem: null, joining: false, onjoin });
  return { onjoin, field: screen.getByRole<HTMLInputElement>('textbox', { name: 'Join with a link' }) };
}

const paste = (field: HTMLElement, text: string) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text', text);
  return fireEvent(field, new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
};

describe('JoinWithLink', () => {
  it('follows a pasted link at once', async () => {
    const { onjoin, field } = home();
    await paste(field, `  ${LINK}\n`);
    expect(onjoin).toHaveBeenCalledExactlyOnceWith(INVITE);
  });

  it('leaves other pasted text to the field', async () => {
    const { onjoin, field } = home();
    await paste(field, 'see you at ten');
    expect(onjoin).not.toHaveBeenCalled();
  });

  it('says what a link looks like when it was given something else', async () => {
    const { onjoin, field } = home();
    await fireEvent.input(field, { target: { value: 'example.com/meet' } });
    if (field.form) await fireEvent.submit(field.form);
    expect(onjoin).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toContain('/r/');
    await fireEvent.input(field, { target: { value: LINK } });
    expect(screen.queryByRole('alert')).toBeNull();
    await fireEvent.submit(screen.getByRole<HTMLButtonElement>('button', { name: 'Join' }).form ?? field);
    expect(onjoin).toHaveBeenCalledExactlyOnceWith(INVITE);
  });

  it('offers a link that lies on the clipboard', async () => {
    const onjoin = vi.fn();
    render(JoinWithLink, { clipboard: INVITE, problem: null, joining: false, onjoin });
    await fireEvent.click(screen.getByRole('button', { name: 'Join' }));
    expect(onjoin).toHaveBeenCalledExactlyOnceWith(INVITE);
  });
});
