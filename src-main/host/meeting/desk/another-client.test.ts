import { describe, expect, it } from 'vitest';
import { answer, candidate, hostCalls, offer, twoAtADesk } from '../direct/testing.ts';

const refused = (code: string) => expect.objectContaining({ code }) as Error;
const another = { type: 'offer', sdp: 'v=0 again' } as const;
const appointmentId = 'ada-1';

describe('another person who is invited to an appointment', () => {
  const row = ({ connection }: Awaited<ReturnType<typeof twoAtADesk>>['doctor']) =>
    connection.told('apptData').at(-1)?.appointments[0];

  it('has nothing of the one whose invite was revoked, before and after they come', async () => {
    const { invites, invite, client, professional, ada } = await twoAtADesk();
    ada.iceToServer({ candidate: candidate() });
    invites.revoke('ada');
    invite('bo', appointmentId);
    const before = await professional();
    expect(before.connection.told('newOfferWaiting')).toEqual([]);
    expect(before.getIce({ appointmentId })).toEqual({ candidates: [] });
    const bo = await client('bo');
    expect(row(before)).toMatchObject({ name: 'bo', waiting: false });
    expect(row(before)).not.toHaveProperty('since');
    const after = await professional();
    expect(after.connection.told('newOfferWaiting')).toEqual([]);
    expect(() => after.newAnswer({ answer, appointmentId })).toThrow(refused('CONFLICT'));
    expect(bo.connection.told('answerResponse')).toEqual([]);
  });

  it('has nothing of the one whose invite has expired', async () => {
    const { clock, invites, invite, client, professional } = hostCalls();
    const appointment = invite('ada', appointmentId);
    const expires = clock.now() + 60_000;
    invites.add({ id: 'ada', roomId: 'desk', role: 'client', name: 'ada', appointment, expires });
    const ada = await client('ada');
    ada.newOffer({ offer });
    ada.iceToServer({ candidate: candidate() });
    const doctor = await professional();
    clock.advance(60_000);
    expect(doctor.getIce({ appointmentId })).toEqual({ candidates: [] });
    invite('bo', appointmentId);
    await client('bo');
    expect(row(doctor)).toMatchObject({ name: 'bo', waiting: false });
  });

  it('has nothing of the one whose invite is still valid, and takes their place', async () => {
    const { clock, invite, client, doctor } = await twoAtADesk();
    invite('bo', appointmentId);
    const bo = await client('bo');
    expect(row(doctor)).toMatchObject({ name: 'bo', waiting: false });
    expect(() => doctor.newAnswer({ answer, appointmentId })).toThrow(refused('CONFLICT'));
    clock.advance(1000);
    bo.newOffer({ offer: another });
    expect(row(doctor)).toMatchObject({ waiting: true, since: clock.now() });
    doctor.newAnswer({ answer, appointmentId });
    expect(bo.connection.told('answerResponse')).toHaveLength(1);
  });
});
