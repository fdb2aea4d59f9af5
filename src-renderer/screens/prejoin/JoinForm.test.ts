import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DeviceProblem, MeetingView } from '../../client/view.ts';
import { fakeAdmission, fakeDevices, fakeMeeting, fakePreferences } from '../../testing/fakes.svelte.ts';
import JoinForm from './JoinForm.svelte';

afterEach(() => vi.useRealTimers());

interface Broken {
  microphone?: DeviceProblem;
  camera?: DeviceProblem;
}

function form(meeting: Partial<MeetingView> = {}, broken: Broken = {}, name = 'Mira Okafor') {
  const onjoin = vi.fn();
  render(JoinForm, {
    meeting: fakeMeeting({ phase: 'ready', joinedAt: null, ...meeting }),
    devices: fakeDevices({
      microphone: { problem: broken.microphone ?? null },
      camera: { problem: broken.camera ?? null },
    }),
    preferences: fakePreferences(name),
    pinned: false,
    onjoin,
  });
  return onjoin;
}

const submit = (name: string | RegExp) => {
  const { form: element } = screen.getByRole<HTMLButtonElement>('button', { name });
  return element ? fireEvent.submit(element) : Promise.reject(new Error('the button belongs to no form'));
};

describe('JoinForm', () => {
  it.each<[Broken, string]>([
    [{}, 'Join'],
    [{ camera: 'denied' }, 'Join without camera'],
    [{ microphone: 'missing' }, 'Join without microphone'],
    [{ microphone: 'denied', camera: 'denied' }, 'Join to watch and listen'],
  ])('says what joining will do with %j', (broken, label) => {
    form({}, broken);
    expect(screen.getByRole('button', { name: label })).toBeTruthy();
  });

  it('joins with the name the link gives, whatever the person is called elsewhere', async () => {
    const onjoin = form({ givenName: 'Mary Shelley' });
    const field = screen.getByLabelText<HTMLInputElement>('Your name');
    expect([field.value, field.readOnly]).toEqual(['Mary Shelley', true]);
    await submit('Join');
    expect(onjoin).toHaveBeenCalledWith('Mary Shelley');
  });

  it('joins with the trimmed name', async () => {
    const onjoin = form({}, {}, '  Mira Okafor ');
    await submit('Join');
    expect(onjoin).toHaveBeenCalledExactlyOnceWith('Mira Okafor');
  });

  it('asks for a name and waits in the field', async () => {
    const onjoin = form({}, {}, ' ');
    await submit('Join');
    expect(onjoin).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toContain('Enter a name');
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Your name' }));
  });

  it('does not join twice while joining, nor before the meeting is found', async () => {
    const joining = form({ phase: 'joining' });
    await submit('Join');
    expect(joining).not.toHaveBeenCalled();
    document.body.replaceChildren();
    form({ phase: 'preparing', room: null });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Join' }).disabled).toBe(true);
  });

  it('says that it is joining when that takes long', async () => {
    vi.useFakeTimers();
    form({ phase: 'joining' });
    expect(screen.getByRole('button', { name: 'Join' }).getAttribute('aria-busy')).toBe('false');
    await vi.advanceTimersByTimeAsync(300);
    expect(screen.getByRole('button', { name: /^Joining/ }).getAttribute('aria-busy')).toBe('true');
  });

  it('asks for the passcode where the room does, says when it is wrong, and tells it to nobody but the host', async () => {
    const onjoin = form({ admission: fakeAdmission({ needsPasscode: true }) });
    const field = screen.getByLabelText<HTMLInputElement>('Passcode');
    expect(field.type).toBe('password');
    await submit('Join');
    expect([onjoin.mock.calls, document.activeElement]).toEqual([[], field]);
    expect(screen.getByRole('alert').textContent).toBe('Enter the passcode of the meeting.');
    await fireEvent.input(field, { target: { value: 'open sesame' } });
    expect(screen.queryByRole('alert')).toBeNull();
    await submit('Join');
    expect(onjoin).toHaveBeenCalledExactlyOnceWith('Mira Okafor', 'open sesame');
    document.body.replaceChildren();
    form({ admission: fakeAdmission({ needsPasscode: true, wrongPasscode: true }) });
    expect(screen.getByRole('alert').textContent).toContain('That is not the passcode.');
    document.body.replaceChildren();
    form({ admission: fakeAdmission({ needsPasscode: true }), problem: { code: 'RATE_LIMITED' } });
    expect(screen.getByRole('alert').textContent).toBe('Too many tries. Wait a minute, then try again.');
  });

  it.each<[Partial<MeetingView>, string]>([
    [{ admission: fakeAdmission({ needsAdmission: true }) }, 'Ask to join'],
    [{ problem: { code: 'LOCKED' } }, 'Try again'],
    [{ watching: true }, 'Join to watch and listen'],
  ])('says on the button what it leads to: %#', (meeting, label) => {
    form(meeting);
    expect(screen.getByRole('button', { name: label })).toBeTruthy();
  });

  it('says why joining failed, and shows the words of the host', () => {
    form({ problem: { code: 'LOCKED' }, words: ['amber', 'canoe', 'lantern', 'reef', 'seven', 'zoo'] });
    expect(screen.getByRole('alert').textContent).toContain('This meeting is locked');
    expect(screen.getByText('amber · canoe · lantern · reef · seven · zoo')).toBeTruthy();
  });
});
