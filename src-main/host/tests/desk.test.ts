import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DirectPerson, LiveDesk, answer, candidate, offer } from '../gateways/socketio/direct/testing.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';

let host: LiveHost;
let desk: LiveDesk;
let professional: { token: string; id: string; url: string };

beforeAll(async () => {
  host = await startLiveHost();
});

beforeEach(async () => {
  desk = await LiveDesk.open(host);
  professional = await desk.invite({ role: 'professional', name: 'Dr. Okafor' });
});

afterEach(() => host.disconnectAll());

afterAll(() => host.close());

const refused = (code: string) => ({ code, message: expect.any(String) as string });
/** The professional's list once it says this of who waits, by appointment, in order. */
const list = (doctor: DirectPerson, waiting: Record<string, boolean>) =>
  doctor.next('apptData', ({ appointments }) => {
    const rows = appointments.map((row) => [row.id, row.waiting]);
    return JSON.stringify(rows) === JSON.stringify(Object.entries(waiting));
  });

describe('an appointment', () => {
  it.each([['the client'], ['the professional']])('goes step by step when %s comes first', async (first) => {
    const invite = await desk.inviteClient('a1');
    const early = first === 'the professional' ? await desk.come(professional) : null;
    const ada = await desk.come(invite);
    await expect(ada.next('appointment')).resolves.toEqual(invite.appointment);
    await expect(ada.next('professional')).resolves.toMatchObject({ here: early !== null });
    await ada.ask('newOffer', { offer });
    await ada.ask('iceToServer', { candidate });

    const doctor = early ?? (await desk.come(professional));
    if (!early) await expect(ada.next('professional')).resolves.toEqual({ here: true, name: 'Dr. Okafor' });
    await expect(list(doctor, { a1: true })).resolves.toEqual({
      appointments: [{ ...invite.appointment, name: 'Client a1', waiting: true, since: expect.any(Number) as number }],
    });
    const waiting = await doctor.next('newOfferWaiting');
    expect(waiting).toMatchObject({ offer, appointment: invite.appointment });
    await expect(doctor.ask('getIce', { appointmentId: 'a1' })).resolves.toEqual({ candidates: [candidate] });

    await doctor.ask('newAnswer', { answer, appointmentId: 'a1', offerId: waiting.offerId });
    await expect(ada.next('answerResponse')).resolves.toEqual({ answer, appointmentId: 'a1' });
    await list(doctor, { a1: false });
    await doctor.ask('iceToServer', { candidate, appointmentId: 'a1' });
    await expect(ada.next('iceToClient')).resolves.toEqual({ candidate, appointmentId: 'a1' });
    await expect(ada.ask('getIce', {})).resolves.toEqual({ candidates: [candidate] });
    await ada.ask('iceToServer', { candidate, appointmentId: 'a1' });
    await doctor.next('iceToClient', ({ appointmentId }) => appointmentId === 'a1');

    await ada.ask('hangUp', {});
    await expect(doctor.next('hungUp')).resolves.toEqual({ appointmentId: 'a1' });
    await expect(doctor.ask('newAnswer', { answer, appointmentId: 'a1' })).rejects.toMatchObject(refused('CONFLICT'));
    await ada.ask('newOffer', { offer });
    await doctor.next('newOfferWaiting');
    await doctor.ask('hangUp', { appointmentId: 'a1' });
    await expect(ada.next('hungUp')).resolves.toEqual({ appointmentId: 'a1' });
  });

  it('is in the list as soon as it is made, and out of it as soon as it is revoked', async () => {
    const doctor = await desk.come(professional);
    await list(doctor, {});
    const invite = await desk.inviteClient('a1');
    await list(doctor, { a1: false });
    await desk.revoke(invite);
    await list(doctor, {});
  });

  it('notes who came by its link', async () => {
    const invite = await desk.inviteClient('a1');
    await expect(desk.usersOf(invite)).resolves.toEqual([]);
    await desk.come(invite);
    await expect(desk.usersOf(invite)).resolves.toEqual(['Client a1']);
  });

  it('has one row, however often its client comes', async () => {
    const [one, other] = [await desk.inviteClient('a1'), await desk.inviteClient('b1')];
    const doctor = await desk.come(professional);
    await list(doctor, { a1: false, b1: false });
    for (let attendance = 0; attendance < 3; attendance++) {
      const ada = await desk.come(one);
      await ada.ask('newOffer', { offer });
      await list(doctor, { a1: true, b1: false });
      ada.socket.disconnect();
      await list(doctor, { a1: false, b1: false });
    }
    await desk.come(other);
  });

  it('is refused to those it is not for', async () => {
    const ada = await desk.come(await desk.inviteClient('a1'));
    const bo = await desk.come(await desk.inviteClient('b1'));
    const doctor = await desk.come(professional);
    const elsewhere = await LiveDesk.open(host);
    const stranger = await elsewhere.come(await elsewhere.invite({ role: 'professional' }));
    await ada.ask('newOffer', { offer });
    const foreign = refused('NOT_FOUND');
    await expect(bo.ask('getIce', { appointmentId: 'a1' })).rejects.toMatchObject(foreign);
    await expect(bo.ask('iceToServer', { candidate, appointmentId: 'a1' })).rejects.toMatchObject(foreign);
    await expect(stranger.ask('newAnswer', { answer, appointmentId: 'a1' })).rejects.toMatchObject(foreign);
    await expect(doctor.ask('newAnswer', { answer, appointmentId: 'c1' })).rejects.toMatchObject(foreign);
    await expect(doctor.ask('hangUp', {})).rejects.toMatchObject(refused('BAD_REQUEST'));
    await expect(doctor.ask('newOffer', { offer })).rejects.toMatchObject(refused('FORBIDDEN'));
    await expect(ada.ask('newAnswer', { answer, appointmentId: 'a1' })).rejects.toMatchObject(refused('FORBIDDEN'));
    const user = await desk.come(await desk.invite({ role: 'participant' }));
    await expect(user.ask('newOffer', { offer })).rejects.toMatchObject(refused('FORBIDDEN'));
    expect(stranger.names).toEqual(['apptData']);
  });

  it('is continued in the newest window', async () => {
    const invite = await desk.inviteClient('a1');
    for (const link of [invite, professional]) {
      const earlier = await desk.come(link);
      const ended = earlier.disconnected();
      const newer = await desk.come(link);
      await expect(earlier.next('removed')).resolves.toHaveProperty('reason');
      await expect(ended).resolves.toBe('io server disconnect');
      await expect(newer.askUnchecked('join_room', { roomName: 'Lab', personName: 'P' })).resolves.toBeDefined();
    }
  });
});

describe('a link', () => {
  it('that is bad in any way is refused alike', async () => {
    const revoked = await desk.inviteClient('a1');
    await desk.revoke(revoked);
    const early = await desk.inviteClient('a2', { notBefore: Date.now() + 3_600_000 });
    const { token } = await desk.inviteClient('a3');
    const other = await startLiveHost();
    const elsewhere = await LiveDesk.open(other);
    const foreign = await elsewhere.invite({ role: 'professional' });
    await other.close();
    const tokens = [revoked.token, early.token, `${token}x`, token.slice(0, -2), foreign.token, 'guess'];
    const refusal = { code: 'NOT_FOUND', message: 'There is no such meeting, or the link to it is wrong.' };
    for (const bad of tokens) await expect(desk.come({ token: bad })).rejects.toMatchObject({ data: refusal });
  });

  it('that is revoked ends what it gave: the next message is refused, and the connection', async () => {
    const invite = await desk.inviteClient('a1');
    const ada = await desk.come(invite);
    const doctor = await desk.come(professional);
    await ada.ask('newOffer', { offer });
    await list(doctor, { a1: true });
    await desk.revoke(invite);
    const ended = ada.disconnected();
    await expect(ada.ask('newOffer', { offer })).rejects.toMatchObject(refused('FORBIDDEN'));
    await expect(ended).resolves.toBe('io server disconnect');
    await list(doctor, {});
    await expect(desk.come(invite)).rejects.toMatchObject({ data: refused('NOT_FOUND') });
  });
});
