import { describe, expect, it } from 'vitest';
import { buildInvite, parseInvite } from './invite.ts';

const fingerprint = 'q'.repeat(43);

describe('invite links', () => {
  it('come back as they were built', () => {
    const invite = { origin: 'https://192.168.1.24:7443', roomId: '1a2b3c4d', token: 'a.b.c', fingerprint };
    expect(buildInvite(invite)).toBe(`https://192.168.1.24:7443/r/1a2b3c4d#t=a.b.c&fp=${fingerprint}`);
    expect(parseInvite(buildInvite(invite))).toEqual(invite);
  });

  it('carry the key of the room beside the token', () => {
    const invite = { origin: 'https://192.168.1.24:7443', roomId: '1a2b3c4d', key: 'u_nguessable', fingerprint };
    expect(buildInvite(invite)).toBe(`https://192.168.1.24:7443/r/1a2b3c4d#k=u_nguessable&fp=${fingerprint}`);
    expect(parseInvite(buildInvite(invite))).toEqual(invite);
    const both = { ...invite, token: 'a.b.c' };
    expect(parseInvite(buildInvite(both))).toEqual(both);
    expect(parseInvite('https://h:1/r/room#k=')).toEqual({ origin: 'https://h:1', roomId: 'room' });
  });

  it('lead to a desk or into a meeting', () => {
    const desk = { origin: 'https://192.168.1.24:7443', roomId: '1a2b3c4d', desk: true, token: 'a.b.c' } as const;
    expect(buildInvite(desk)).toBe('https://192.168.1.24:7443/desk/1a2b3c4d#t=a.b.c');
    expect(parseInvite(buildInvite(desk))).toEqual(desk);
    expect(parseInvite('parley://192.168.1.24:7443/desk/1a2b3c4d?token=old')).toEqual({ ...desk, token: 'old' });
  });

  it('need neither token nor fingerprint', () => {
    expect(parseInvite('https://192.168.1.24:7443/r/1a2b3c4d')).toEqual({
      origin: 'https://192.168.1.24:7443',
      roomId: '1a2b3c4d',
    });
  });

  it.each([
    ['  https://host.local:7443/r/room/ \n', 'https://host.local:7443'],
    ['192.168.1.24:7443/r/room', 'https://192.168.1.24:7443'],
    ['http://192.168.1.24:7443/r/room', 'https://192.168.1.24:7443'],
    ['parley://192.168.1.24:7443/r/room', 'https://192.168.1.24:7443'],
    ['PARLEY://[fd00::2]:7443/r/room', 'https://[fd00::2]:7443'],
  ])('are understood as people paste them: %j', (text, origin) => {
    expect(parseInvite(text)).toEqual({ origin, roomId: 'room' });
  });

  it('may carry the token as older systems do', () => {
    expect(parseInvite('https://h:1/r/room?token=abc')?.token).toBe('abc');
    expect(parseInvite('https://h:1/r/room?token=old#t=new')?.token).toBe('new');
  });

  it('lose a token or fingerprint that cannot be one, not the room', () => {
    expect(parseInvite(`https://h:1/r/room#t=&fp=short`)).toEqual({ origin: 'https://h:1', roomId: 'room' });
  });

  it.each([
    '',
    'hello',
    'https://h:1/',
    'https://h:1/r/',
    'https://h:1/r/a/b',
    'https://h:1/desk/',
    'https://h:1/desks/a',
    'https://h:1/r/a%2Fb',
    'ftp://h:1/r/a',
    'javascript:alert(1)',
  ])('are not seen in %j', (text) => {
    expect(parseInvite(text)).toBeNull();
  });
});
