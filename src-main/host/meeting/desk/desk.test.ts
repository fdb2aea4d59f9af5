import { describe, expect, it } from 'vitest';
import { DESK_MEMORY_MS, MAX_ICE_CANDIDATES, UNJOINED_SOCKET_MS } from '../../../../src-shared/limits.ts';
import { answer, candidate, hostCalls, offer, twoAtADesk } from '../direct/testing.ts';

const refused = (code: string) => expect.objectContaining({ code }) as Error;
const another = { type: 'offer', sdp: 'v=0 again' } as const;
const appointmentId = 'ada-1';

describe('arriving', () => {
  it('shows the professional everyone who is expected, and the client what they come for', async () => {
    const { professional, client, invite } = hostCalls();
    const [one, two] = [invite('ada'), invite('bo')];
    const ada = await client('ada');
    expect(ada.connection.take()).toEqual([
      ['appointment', one],
      ['professional', { here: false }],
    ]);
    const doctor = await professional();
    expect(ada.connection.take()).toEqual([['professional', { here: true, name: 'Dr. Okafor' }]]);
    const rows = [
      { ...one, name: 'ada', waiting: false },
      { ...two, name: 'bo', waiting: false },
    ];
    expect(doctor.connection.take()).toEqual([['apptData', { appointments: rows }]]);
    doctor.session.ended();
    expect(ada.connection.take()).toEqual([['professional', { here: false }]]);
  });

  it('in either order brings the offer to the professional', async () => {
    for (const professionalFirst of [true, false]) {
      const { professional, client, invite } = hostCalls();
      const appointment = invite('ada');
      const early = professionalFirst ? await professional() : null;
      const ada = await client('ada');
      ada.newOffer({ offer });
      const doctor = early ?? (await professional());
      expect(doctor.connection.told('newOfferWaiting')).toEqual([
        { offer, appointment, offerId: expect.any(String) as string },
      ]);
      expect(doctor.connection.told('apptData').at(-1)?.appointments).toMatchObject([{ id: 'ada-1', waiting: true }]);
    }
  });

  it('again updates a client’s row and never adds one', async () => {
    const { client, ada, doctor } = await twoAtADesk();
    ada.session.ended();
    expect(doctor.connection.told('apptData')).toMatchObject([
      { appointments: [{ id: appointmentId, waiting: false }] },
    ]);
    const again = await client('ada');
    expect(doctor.connection.told('apptData').at(-1)).toMatchObject({ appointments: [{ waiting: true }] });
    again.newOffer({ offer: another });
    expect(doctor.connection.told('newOfferWaiting')).toMatchObject([{ offer: another }]);
    for (const { appointments } of doctor.connection.told('apptData')) expect(appointments).toHaveLength(1);
  });

  it('says since when a client waits: from the first offer to an answer', async () => {
    const { clock, client, ada, doctor } = await twoAtADesk();
    const since = clock.now();
    const row = () => doctor.connection.told('apptData').at(-1)?.appointments[0];
    clock.advance(60_000);
    ada.session.ended();
    expect(row()).not.toHaveProperty('since');
    const again = await client('ada');
    again.newOffer({ offer: another });
    expect(row()).toMatchObject({ waiting: true, since });
    doctor.newAnswer({ answer, appointmentId });
    expect(row()).not.toHaveProperty('since');
    again.newOffer({ offer });
    expect(row()).toMatchObject({ since: clock.now() });
    doctor.hangUp({ appointmentId });
    clock.advance(1000);
    again.newOffer({ offer });
    expect(row()).toMatchObject({ since: clock.now() });
  });

  it('by a later invite to the same appointment updates its row', async () => {
    const { invite, client, doctor } = await twoAtADesk();
    invite('ada junior', appointmentId);
    await client('ada junior');
    expect(doctor.connection.told('apptData').at(-1)).toMatchObject({ appointments: [{ name: 'ada junior' }] });
  });

  it('in another window takes the place of the first, whose end changes nothing', async () => {
    const { professional, client, doctor, ada } = await twoAtADesk();
    const newer = await professional();
    const adaAgain = await client('ada');
    for (const { connection, hangUp } of [doctor, ada]) {
      expect(connection.told('removed')).toHaveLength(1);
      expect(connection.closed).toBe(true);
      expect(() => hangUp({ appointmentId })).toThrow(refused('NOT_JOINED'));
    }
    newer.connection.take();
    adaAgain.connection.take();
    doctor.session.ended();
    ada.session.ended();
    expect([...newer.connection.take(), ...adaAgain.connection.take()]).toEqual([]);
    newer.newAnswer({ answer, appointmentId });
    expect(adaAgain.connection.told('answerResponse')).toHaveLength(1);
  });
});

describe('a call', () => {
  it('is answered once, and then waits no more', async () => {
    const { doctor, ada } = await twoAtADesk();
    doctor.newAnswer({ answer, appointmentId });
    expect(ada.connection.take()).toEqual([['answerResponse', { answer, appointmentId }]]);
    expect(doctor.connection.take()).toMatchObject([['apptData', { appointments: [{ waiting: false }] }]]);
    expect(() => doctor.newAnswer({ answer, appointmentId })).toThrow(refused('CONFLICT'));
  });

  it('is not answered by what was meant for an earlier offer', async () => {
    const { doctor, ada, offerId } = await twoAtADesk();
    ada.newOffer({ offer: another });
    expect(() => doctor.newAnswer({ answer, appointmentId, offerId })).toThrow(refused('CONFLICT'));
    const [latest] = doctor.connection.told('newOfferWaiting');
    doctor.newAnswer({ answer, appointmentId, offerId: latest?.offerId });
    expect(ada.connection.told('answerResponse')).toHaveLength(1);
  });

  it('is not answered while the client is away, but may be when they are back', async () => {
    const { doctor, ada, client } = await twoAtADesk();
    ada.session.ended();
    expect(() => doctor.newAnswer({ answer, appointmentId })).toThrow(refused('NOT_FOUND'));
    const back = await client('ada');
    doctor.newAnswer({ answer, appointmentId });
    expect(back.connection.told('answerResponse')).toHaveLength(1);
  });

  it('hands candidates over, and keeps them for who comes later', async () => {
    const { professional, client, doctor, ada } = await twoAtADesk();
    ada.iceToServer({ candidate: candidate('a1') });
    doctor.iceToServer({ candidate: candidate('d1'), appointmentId });
    ada.iceToServer({ candidate: null, appointmentId });
    expect(doctor.connection.take()).toEqual([
      ['iceToClient', { candidate: candidate('a1'), appointmentId }],
      ['iceToClient', { candidate: null, appointmentId }],
    ]);
    expect(ada.connection.take()).toEqual([['iceToClient', { candidate: candidate('d1'), appointmentId }]]);
    const [newer, back] = [await professional(), await client('ada')];
    expect(newer.getIce({ appointmentId })).toEqual({ candidates: [candidate('a1')] });
    expect(back.getIce({})).toEqual({ candidates: [candidate('d1')] });
  });

  it('keeps candidates that were faster than their offer, and none of an earlier offer', async () => {
    const { professional, client } = hostCalls();
    const ada = await client('ada');
    ada.iceToServer({ candidate: candidate('early') });
    ada.newOffer({ offer });
    const doctor = await professional();
    expect(doctor.getIce({ appointmentId })).toEqual({ candidates: [candidate('early')] });
    doctor.iceToServer({ candidate: candidate('answering'), appointmentId });
    ada.newOffer({ offer: another });
    expect(doctor.getIce({ appointmentId })).toEqual({ candidates: [] });
    expect(ada.getIce({})).toEqual({ candidates: [] });
  });

  it('ends for the other when one hangs up, and is forgotten', async () => {
    for (const side of ['doctor', 'ada'] as const) {
      const host = await twoAtADesk();
      const { doctor, ada } = host;
      ada.iceToServer({ candidate: candidate() });
      const [one, other] = side === 'doctor' ? [doctor, ada] : [ada, doctor];
      other.connection.take();
      one.hangUp({ appointmentId });
      expect(other.connection.take()[0]).toEqual(['hungUp', { appointmentId }]);
      expect(doctor.getIce({ appointmentId })).toEqual({ candidates: [] });
      expect(() => doctor.newAnswer({ answer, appointmentId })).toThrow(refused('CONFLICT'));
      expect(() => doctor.iceToServer({ candidate: candidate(), appointmentId })).toThrow(refused('NOT_FOUND'));
      one.hangUp({ appointmentId });
      const newer = await host.professional();
      expect(newer.connection.told('newOfferWaiting')).toEqual([]);
    }
  });

  it('of one client is not told to another', async () => {
    const { client, doctor, ada } = await twoAtADesk();
    const bo = await client('bo');
    bo.newOffer({ offer: another });
    ada.connection.take();
    doctor.newAnswer({ answer, appointmentId: 'bo-1' });
    doctor.iceToServer({ candidate: candidate(), appointmentId: 'bo-1' });
    doctor.hangUp({ appointmentId: 'bo-1' });
    expect(ada.connection.take()).toEqual([]);
    expect(() => bo.iceToServer({ candidate: candidate(), appointmentId })).toThrow(refused('NOT_FOUND'));
    expect(() => bo.getIce({ appointmentId })).toThrow(refused('NOT_FOUND'));
    expect(() => bo.hangUp({ appointmentId })).toThrow(refused('NOT_FOUND'));
  });

  it('lives 15 minutes after its sender has gone', async () => {
    const { clock, professional, client, doctor, ada } = await twoAtADesk();
    ada.iceToServer({ candidate: candidate() });
    ada.session.ended();
    doctor.session.ended();
    clock.advance(DESK_MEMORY_MS - 1);
    const back = await professional();
    expect(back.connection.told('newOfferWaiting')).toHaveLength(1);
    expect(back.getIce({ appointmentId }).candidates).toHaveLength(1);
    clock.advance(1);
    expect(() => back.getIce({ appointmentId })).toThrow(refused('NOT_FOUND'));
    await client('ada');
    expect(back.getIce({ appointmentId }).candidates).toEqual([]);
  });

  it('lives on while its sender is there, or comes back in time', async () => {
    const { clock, professional, client, ada } = await twoAtADesk();
    ada.session.ended();
    clock.advance(DESK_MEMORY_MS - 1);
    await client('ada');
    clock.advance(DESK_MEMORY_MS * 2);
    const back = await professional();
    expect(back.connection.told('newOfferWaiting')).toHaveLength(1);
  });

  it('loses the professional’s candidates 15 minutes after they have gone', async () => {
    const { clock, doctor, ada } = await twoAtADesk();
    doctor.iceToServer({ candidate: candidate(), appointmentId });
    doctor.session.ended();
    clock.advance(DESK_MEMORY_MS - 1);
    expect(ada.getIce({}).candidates).toHaveLength(1);
    clock.advance(1);
    expect(ada.getIce({}).candidates).toEqual([]);
  });

  it('keeps so many candidates of each side', async () => {
    const { doctor, ada } = await twoAtADesk();
    for (let kept = 0; kept < MAX_ICE_CANDIDATES; kept++) ada.iceToServer({ candidate: candidate(`${kept}`) });
    expect(() => ada.iceToServer({ candidate: candidate() })).toThrow(refused('LIMIT'));
    doctor.iceToServer({ candidate: candidate(), appointmentId });
    expect(doctor.getIce({ appointmentId }).candidates).toHaveLength(MAX_ICE_CANDIDATES);
  });
});

describe('who may', () => {
  it('is what the invite says, and nobody without one', async () => {
    const { connect, invites, doctor, ada } = await twoAtADesk();
    expect(() => ada.newAnswer({ answer, appointmentId })).toThrow(refused('FORBIDDEN'));
    expect(() => doctor.newOffer({ offer })).toThrow(refused('FORBIDDEN'));
    expect(() => doctor.getIce({})).toThrow(refused('BAD_REQUEST'));
    expect(() => doctor.getIce({ appointmentId: 'unknown' })).toThrow(refused('NOT_FOUND'));

    invites.add({ id: 'guest', roomId: 'desk', role: 'participant' });
    invites.add({ id: 'unbooked', roomId: 'desk', role: 'client' });
    const strangers = { UNAUTHORIZED: await connect('nobody'), FORBIDDEN: await connect('guest', { token: 'guest' }) };
    for (const [code, stranger] of Object.entries(strangers)) {
      expect(() => stranger.newOffer({ offer })).toThrow(refused(code));
      expect(() => stranger.newAnswer({ answer, appointmentId })).toThrow(refused(code));
      expect(() => stranger.iceToServer({ candidate: candidate(), appointmentId })).toThrow(refused(code));
      expect(() => stranger.getIce({ appointmentId })).toThrow(refused(code));
      expect(() => stranger.hangUp({ appointmentId })).toThrow(refused(code));
    }
    const unbooked = await connect('unbooked', { token: 'unbooked' });
    expect(() => unbooked.newOffer({ offer })).toThrow(refused('FORBIDDEN'));
    await expect(connect('forger', { token: 'forged' })).rejects.toEqual(refused('NOT_FOUND'));
  });

  it('ends with the invite: the next message is refused, and the connection', async () => {
    const { invites, doctor, ada, professional } = await twoAtADesk();
    invites.revoke('ada');
    expect(() => ada.newOffer({ offer: another })).toThrow(refused('FORBIDDEN'));
    expect(() => ada.join_room({ roomName: 'Lab', personName: 'Ada' })).toThrow(refused('FORBIDDEN'));
    expect(ada.connection.closed).toBe(true);
    expect(() => doctor.newAnswer({ answer, appointmentId })).toThrow(refused('NOT_FOUND'));
    const newer = await professional();
    expect(newer.connection.take()).toEqual([['apptData', { appointments: [] }]]);
  });

  it('is told nothing once the invite has ended', async () => {
    const { invites, client, doctor } = await twoAtADesk();
    invites.revoke('professional');
    const bo = await client('bo');
    expect(bo.connection.told('professional')).toEqual([{ here: false }]);
    bo.newOffer({ offer });
    expect(doctor.connection.take()).toEqual([]);
  });

  it('is at a desk need not join a room as well', async () => {
    const { clock, doctor, ada } = await twoAtADesk();
    clock.advance(UNJOINED_SOCKET_MS);
    expect([doctor.connection.closed, ada.connection.closed]).toEqual([false, false]);
  });
});
