import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Appointment, CreateInvite, InviteContent, InviteRole, isMeetingRole } from './invites.ts';

describe('invites', () => {
  it('are for a role in a meeting or at a desk', () => {
    expect(InviteRole.options.filter(isMeetingRole)).toEqual(['host', 'co-host', 'participant', 'viewer']);
  });

  it.each([{}, { role: 'king' }, { role: 'viewer', name: ' ' }, { role: 'viewer', expires: -1 }])(
    'are not asked for as %j',
    (request) => {
      expect(v.is(CreateInvite, request)).toBe(false);
    },
  );

  it('say only what is known of them', () => {
    const content = { id: 'i1', roomId: 'one', role: 'client', name: ' Bo ', secret: 'x' };
    expect(v.parse(InviteContent, content)).toEqual({ id: 'i1', roomId: 'one', role: 'client', name: 'Bo' });
  });

  it('name appointments in one line', () => {
    const appointment = (title: string) => ({ id: 'a1', title, startsAt: 0 });
    expect(v.is(Appointment, appointment('one line'))).toBe(true);
    expect(v.is(Appointment, appointment('two\nlines'))).toBe(false);
  });
});
