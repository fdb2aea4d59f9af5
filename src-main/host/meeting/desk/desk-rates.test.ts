import { describe, expect, it } from 'vitest';
import {
  MAX_APPOINTMENT_LIST_KIB_BURST,
  MAX_APPOINTMENT_LIST_KIB_PER_SECOND,
  MAX_RELAYED_KIB_BURST,
  MAX_RELAYED_KIB_PER_SECOND,
  MAX_SDP_LENGTH,
} from '../../../../src-shared/limits.ts';
import { answer, candidate, offer, twoAtADesk } from '../direct/testing.ts';

const refused = (code: string) => expect.objectContaining({ code }) as Error;
const another = { type: 'offer', sdp: 'v=0 again' } as const;
const appointmentId = 'ada-1';

describe('a client who asks too much', () => {
  const large = { type: 'offer', sdp: 'v'.repeat(MAX_SDP_LENGTH - 200) } as const;

  it('sends the professional a bounded number of large offers, also after connecting again', async () => {
    const { clock, client, ada, doctor } = await twoAtADesk();
    const sent = (one: typeof ada, most = MAX_RELAYED_KIB_BURST) => {
      let count = 0;
      try {
        for (; count < most; count++) one.newOffer({ offer: large });
      } catch (error) {
        expect(error).toEqual(refused('RATE_LIMITED'));
      }
      return count;
    };
    expect(sent(ada)).toBe(Math.floor((MAX_RELAYED_KIB_BURST - 1) / 64));
    const again = await client('ada');
    expect(sent(again)).toBe(0);
    clock.advance((64 / MAX_RELAYED_KIB_PER_SECOND) * 1000);
    expect(sent(again)).toBe(1);
    expect(doctor.connection.told('newOfferWaiting').length).toBeLessThanOrEqual(MAX_RELAYED_KIB_BURST / 64);
    again.hangUp({});
    expect(doctor.connection.told('hungUp')).toHaveLength(1);
  });

  it('has enough for a call: offers again and again, 100 candidates in two seconds each time', async () => {
    const { clock, ada, doctor } = await twoAtADesk();
    const usual = { type: 'offer', sdp: 'v'.repeat(10_000) } as const;
    for (let renegotiations = 0; renegotiations < 10; renegotiations++) {
      ada.newOffer({ offer: usual });
      for (let found = 0; found < 100; found++) {
        ada.iceToServer({ candidate: candidate(`${renegotiations} ${found}`) });
        clock.advance(20);
      }
      doctor.newAnswer({ answer, appointmentId });
    }
  });

  it('changes the list as often as the rate allows, and the professional learns what is true in the end', async () => {
    const { clock, ada, doctor } = await twoAtADesk();
    for (let round = 0; round < MAX_APPOINTMENT_LIST_KIB_BURST / 2 + 100; round++) {
      ada.hangUp({});
      ada.newOffer({ offer });
    }
    ada.hangUp({});
    // The burst, less what arriving has used.
    const atOnce = doctor.connection.told('apptData').length;
    expect(atOnce).toBeGreaterThan(MAX_APPOINTMENT_LIST_KIB_BURST / 2);
    expect(atOnce).toBeLessThanOrEqual(MAX_APPOINTMENT_LIST_KIB_BURST);
    clock.advance(1000 / MAX_APPOINTMENT_LIST_KIB_PER_SECOND + 1);
    const lists = doctor.connection.told('apptData');
    expect(lists.length).toBeLessThanOrEqual(atOnce + 1);
    expect(lists.at(-1)).toMatchObject({ appointments: [{ waiting: false }] });
  });

  it('and changes nothing tells nothing: neither the list nor that the call has ended', async () => {
    const { client, ada, doctor } = await twoAtADesk();
    ada.newOffer({ offer: another });
    expect(doctor.connection.take().map(([name]) => name)).toEqual(['newOfferWaiting']);
    ada.hangUp({});
    doctor.connection.take();
    ada.hangUp({});
    doctor.hangUp({ appointmentId });
    expect([...doctor.connection.take(), ...ada.connection.take()]).toEqual([]);
    // A call that is older than what the desk remembers of it: its end is told.
    const again = await client('ada');
    again.hangUp({});
    expect(doctor.connection.told('hungUp')).toHaveLength(1);
  });
});
