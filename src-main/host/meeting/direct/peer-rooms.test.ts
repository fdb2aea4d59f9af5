import { describe, expect, it } from 'vitest';
import {
  MAX_PEER_ROOMS,
  MAX_PEER_ROOMS_PER_ADDRESS,
  MAX_PEER_ROOMS_PER_SOCKET,
  MAX_PEERS_PER_ROOM,
  MAX_RELAYED_KIB_BURST,
  MAX_UNJOINED_SOCKETS_PER_ADDRESS,
  UNJOINED_SOCKET_MS,
} from '../../../../src-shared/limits.ts';
import { answer, candidate, hostCalls, offer } from './testing.ts';

const room = { roomName: 'Lab' };
const refused = (code: string) => expect.objectContaining({ code }) as Error;

async function twoInARoom() {
  const host = hostCalls();
  const ada = await host.connect('ada');
  const bo = await host.connect('bo');
  ada.join_room({ ...room, personName: 'Ada' });
  bo.join_room({ ...room, personName: 'Bo' });
  ada.connection.take();
  bo.connection.take();
  return { ...host, ada, bo };
}

describe('coming and going', () => {
  it('is told to all of the room, and of joining to the one who comes too', async () => {
    const { connect } = hostCalls();
    const ada = await connect('ada');
    ada.join_room({ ...room, personName: 'Ada' });
    const bo = await connect('bo');
    bo.join_room({ ...room, personName: 'Bo' });
    const joined = ['user_joined', { personName: 'Bo', roomName: 'Lab', socketId: 'bo' }];
    expect(ada.connection.take()).toEqual([
      ['user_joined', { personName: 'Ada', roomName: 'Lab', socketId: 'ada' }],
      joined,
    ]);
    expect(bo.connection.take()).toEqual([joined]);

    bo.leave_room({ ...room, personName: 'Bo' });
    expect(ada.connection.take()).toEqual([['user_left', { personName: 'Bo', roomName: 'Lab', socketId: 'bo' }]]);
    expect(bo.connection.take()).toEqual([]);
    expect(() => bo.leave_room(room)).toThrow(refused('NOT_JOINED'));
  });

  it('by a connection that ends is told in every room', async () => {
    const { ada, bo } = await twoInARoom();
    for (const person of [ada, bo]) person.join_room({ roomName: 'Hall', personName: 'Somebody' });
    ada.connection.take();
    bo.session.ended();
    expect(ada.connection.told('user_left').map(({ roomName, personName }) => [roomName, personName])).toEqual([
      ['Lab', 'Bo'],
      ['Hall', 'Somebody'],
    ]);
  });

  it('twice into one room is a conflict, of which nobody is told', async () => {
    const { ada, bo } = await twoInARoom();
    expect(() => bo.join_room({ ...room, personName: 'Bo' })).toThrow(refused('CONFLICT'));
    expect(ada.connection.take()).toEqual([]);
  });

  it('leaves nothing of an empty room', async () => {
    const { ada, bo, connect } = await twoInARoom();
    ada.leave_room(room);
    bo.session.ended();
    for (let made = 0; made < MAX_PEER_ROOMS; made++) {
      const person = await connect(`person ${made}`, { remoteAddress: `192.0.2.${made % 100}` });
      person.join_room({ roomName: `room ${made}`, personName: 'P' });
    }
  });
});

describe('a message', () => {
  it('goes to everyone in the room, under the name its sender came by', async () => {
    const { clock, ada, bo } = await twoInARoom();
    ada.message({ ...room, personName: 'The host', content: 'Hello' });
    const timestamp = new Date(clock.now()).toUTCString();
    for (const { connection } of [ada, bo]) {
      expect(connection.take()).toEqual([['message', { personName: 'Ada', content: 'Hello', timestamp }]]);
    }
    expect(timestamp).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
  });

  it('to a room one is not in is refused', async () => {
    const { ada } = await twoInARoom();
    expect(() => ada.message({ roomName: 'Hall', content: 'Hello' })).toThrow(refused('NOT_JOINED'));
  });
});

describe('an offer, an answer, a candidate', () => {
  it('are handed to the peer as they are, with who they are from', async () => {
    const { ada, bo } = await twoInARoom();
    ada.offer({ toPeer: 'bo', offer, fromPeer: 'somebody else', callId: 7 });
    bo.answer({ toPeer: 'ada', answer });
    expect(bo.connection.take()).toEqual([['offer', { toPeer: 'bo', offer, fromPeer: 'ada', callId: 7 }]]);
    expect(ada.connection.take()).toEqual([['answer', { toPeer: 'ada', answer, fromPeer: 'bo' }]]);
  });

  it('a candidate under both names in use, by whichever it came', async () => {
    const { ada, bo } = await twoInARoom();
    for (const name of ['ice_candidate', 'ice-candidate'] as const) {
      ada[name]({ toPeer: 'bo', candidate: candidate() });
      const handed = { toPeer: 'bo', candidate: candidate(), fromPeer: 'ada' };
      expect(bo.connection.take()).toEqual([
        ['ice_candidate', handed],
        ['ice-candidate', handed],
      ]);
    }
    expect(ada.connection.take()).toEqual([]);
  });

  it('go between members of one room only', async () => {
    const { ada, bo, connect } = await twoInARoom();
    const cy = await connect('cy');
    expect(() => cy.offer({ toPeer: 'ada', offer })).toThrow(refused('NOT_JOINED'));
    cy.join_room({ roomName: 'Hall', personName: 'Cy' });
    for (const toPeer of ['ada', 'nobody', 'cy']) {
      expect(() => cy.offer({ toPeer, offer })).toThrow(refused('NOT_FOUND'));
      expect(() => cy.answer({ toPeer, answer })).toThrow(refused('NOT_FOUND'));
      expect(() => cy.ice_candidate({ toPeer, candidate: null })).toThrow(refused('NOT_FOUND'));
    }
    bo.leave_room(room);
    expect(() => ada.offer({ toPeer: 'bo', offer })).toThrow(refused('NOT_FOUND'));
    expect([...ada.connection.told('offer'), ...bo.connection.told('offer')]).toEqual([]);
  });
});

describe('bounds', () => {
  it('a room takes so many', async () => {
    const { connect } = hostCalls();
    const people = [];
    for (let index = 0; index <= MAX_PEERS_PER_ROOM; index++) {
      people.push(await connect(`p${index}`, { remoteAddress: `192.0.2.${index}` }));
    }
    const late = people.pop();
    for (const person of people) person.join_room({ ...room, personName: 'P' });
    expect(() => late?.join_room({ ...room, personName: 'Late' })).toThrow(refused('FULL'));
    people[0]?.leave_room(room);
    late?.join_room({ ...room, personName: 'Late' });
  });

  it('a host has so many rooms', async () => {
    const { connect } = hostCalls();
    for (let made = 0; made < MAX_PEER_ROOMS; made++) {
      const person = await connect(`p${made}`, { remoteAddress: `192.0.2.${made % 100}` });
      person.join_room({ roomName: `room ${made}`, personName: 'P' });
    }
    const late = await connect('late');
    expect(() => late.join_room({ roomName: 'one more', personName: 'P' })).toThrow(refused('FULL'));
    late.join_room({ roomName: 'room 1', personName: 'P' });
  });

  it('one address has so many of them open, and joins as many of the others', async () => {
    const { connect } = hostCalls();
    const people = [];
    for (let made = 0; made < MAX_PEER_ROOMS_PER_ADDRESS; made++) {
      const person = await connect(`p${made}`, { remoteAddress: `2001:db8::${made}` });
      person.join_room({ roomName: `room ${made}`, personName: 'P' });
      people.push(person);
    }
    const elsewhere = await connect('elsewhere', { remoteAddress: '192.0.2.7' });
    elsewhere.join_room({ roomName: 'room 0', personName: 'E' });
    elsewhere.join_room({ roomName: 'theirs', personName: 'E' });
    const late = await connect('late', { remoteAddress: '2001:db8::ffff' });
    late.join_room({ roomName: 'theirs', personName: 'L' });
    expect(() => late.join_room({ roomName: 'one more', personName: 'L' })).toThrow(refused('LIMIT'));
    people[0]?.leave_room({ roomName: 'room 0' });
    expect(() => late.join_room({ roomName: 'one more', personName: 'L' })).toThrow(refused('LIMIT'));
    people[1]?.leave_room({ roomName: 'room 1' });
    late.join_room({ roomName: 'one more', personName: 'L' });
  });

  it('a connection is in so many of them at once', async () => {
    const { ada } = await twoInARoom();
    for (let joined = 1; joined < MAX_PEER_ROOMS_PER_SOCKET; joined++) {
      ada.join_room({ roomName: `room ${joined}`, personName: 'Ada' });
    }
    expect(() => ada.join_room({ roomName: 'one more', personName: 'Ada' })).toThrow(refused('LIMIT'));
    ada.leave_room(room);
    ada.join_room({ roomName: 'one more', personName: 'Ada' });
  });

  it('connections that are nowhere are few of one address, and not for ever', async () => {
    const { connect, clock } = hostCalls();
    const idle = await connect('idle');
    const ada = await connect('ada');
    for (let index = 2; index < MAX_UNJOINED_SOCKETS_PER_ADDRESS; index++) await connect(`p${index}`);
    await expect(connect('late')).rejects.toEqual(refused('LIMIT'));
    ada.join_room({ ...room, personName: 'Ada' });
    await connect('late');
    clock.advance(UNJOINED_SOCKET_MS);
    expect([idle.connection.closed, ada.connection.closed]).toEqual([true, false]);
    ada.leave_room(room);
    clock.advance(UNJOINED_SOCKET_MS);
    expect(ada.connection.closed).toBe(true);
  });
});

describe('a message to one peer', () => {
  it('is one of a bounded number by its size, under whatever name', async () => {
    const { ada, bo } = await twoInARoom();
    const large = { toPeer: 'bo', sdp: 'v'.repeat(100 * 1024) };
    const sendAll = () => {
      for (let sent = 0; sent < MAX_RELAYED_KIB_BURST; sent++) ada.offer(large);
    };
    expect(sendAll).toThrow(refused('RATE_LIMITED'));
    expect(bo.connection.told('offer')).toHaveLength(Math.floor(MAX_RELAYED_KIB_BURST / 101));
    bo.answer({ toPeer: 'ada', answer });
    ada.leave_room(room);
  });

  it('has enough for joining the largest room: 15 descriptions, and candidates for each', async () => {
    const { connect } = hostCalls();
    const [newcomer, ...others] = await Promise.all(
      Array.from({ length: MAX_PEERS_PER_ROOM }, (_, index) => connect(`peer${index}`)),
    );
    for (const peer of [...others, newcomer]) peer?.join_room({ ...room, personName: 'Somebody' });
    const usual = { type: 'offer', sdp: 'v'.repeat(10_000) };
    for (let again = 0; again < 3; again++) {
      for (const { connection } of others) {
        newcomer?.offer({ toPeer: connection.id, offer: usual });
        for (let found = 0; found < 15; found++)
          newcomer?.ice_candidate({ toPeer: connection.id, candidate: candidate() });
      }
    }
    for (const { connection } of others) expect(connection.told('ice_candidate')).toHaveLength(45);
  });
});
