import { describe, expect, it } from 'vitest';
import { answer, candidate, offer, twoAtADesk } from '../direct/testing.ts';

const another = { type: 'offer', sdp: 'v=0 again' } as const;
const appointmentId = 'ada-1';

describe('the invites to a desk', () => {
  it('are read when invites change, and not at every word', async () => {
    const { invites, client, doctor, ada } = await twoAtADesk();
    const before = invites.readings;
    for (const word of ['one', 'two']) ada.iceToServer({ candidate: candidate(word) });
    ada.newOffer({ offer: another });
    doctor.newAnswer({ answer, appointmentId });
    expect(invites.readings).toBe(before);
    await client('bo');
    expect(invites.readings).toBe(before + 1);
  });

  it('let nobody be told or called once they have expired', async () => {
    const { clock, invites, connect, doctor, professional } = await twoAtADesk();
    const appointment = { id: 'bo-1', title: 'Check-up', startsAt: clock.now() };
    invites.add({ id: 'bo', roomId: 'desk', role: 'client', appointment, expires: clock.now() + 1000 });
    const bo = await connect('socket-of-bo', { token: 'bo' });
    bo.newOffer({ offer });
    bo.connection.take();
    clock.advance(1000);
    expect(() => doctor.newAnswer({ answer, appointmentId: 'bo-1' })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }) as Error,
    );
    const newer = await professional();
    expect(bo.connection.take()).toEqual([]);
    expect(newer.connection.told('apptData').at(-1)?.appointments).toMatchObject([{ id: appointmentId }]);
  });
});

describe('a disk that cannot be read', () => {
  it('keeps nobody from hearing who has left', async () => {
    const { invites, client, doctor, ada, warnings } = await twoAtADesk();
    const bo = await client('bo');
    bo.newOffer({ offer });
    bo.connection.take();
    invites.unreadable = true;
    invites.revoke('ada');
    doctor.connection.take();
    bo.session.ended();
    expect(doctor.connection.told('apptData')).toHaveLength(1);
    doctor.session.ended();
    expect(ada.connection.told('professional')).toEqual([{ here: false }]);
    expect(new Set(warnings)).toEqual(new Set(['What this host keeps could not be read or written']));
  });

  it('is read again as soon as it can be', async () => {
    const { invites, doctor, ada } = await twoAtADesk();
    invites.unreadable = true;
    invites.revoke('ada');
    expect(doctor.connection.told('apptData')).toEqual([]);
    invites.unreadable = false;
    ada.session.ended();
    expect(doctor.connection.told('apptData').at(-1)?.appointments).toEqual([]);
  });
});
