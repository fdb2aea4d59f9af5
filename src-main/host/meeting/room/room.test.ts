import { describe, expect, it } from 'vitest';
import {
  CHAT_HISTORY_ON_JOIN,
  MAX_CHAT_BYTE_BURST_PER_ROOM,
  MAX_CHAT_BYTES_PER_SECOND_PER_ROOM,
  MAX_CHAT_LENGTH,
  MAX_PARTICIPANTS_PER_ROOM,
  MAX_MESSAGE_BURST_PER_SOCKET,
  MAX_MESSAGES_PER_SECOND_PER_SOCKET,
  MAX_TRANSPORTS_PER_MINUTE,
  MAX_UNJOINED_SOCKETS_PER_ADDRESS,
  RECOVERY_MS,
  SPARE_CAPACITY_FOR_HOSTS,
  UNJOINED_SOCKET_MS,
} from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { capabilities, hostOneRoom } from '../testing.ts';

describe('chat', () => {
  it('reaches everyone, the sender too', async () => {
    const { join, roomId, clock } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    const { messageId } = await ada.sendMessage({ roomId, message: 'hello' });
    const message = { id: messageId, userId: 'ada', userName: 'ada', message: 'hello', timestamp: clock.now() };
    for (const { connection } of [ada, bo]) expect(connection.told('newMessage')).toEqual([message]);
    const cy = await join('cy');
    expect(cy.answer.messages).toEqual([message]);
  });

  it('gives those who come the latest that was said, oldest first', async () => {
    const { join, roomId, clock } = await hostOneRoom();
    const ada = await join('ada');
    for (let said = 0; said <= CHAT_HISTORY_ON_JOIN; said++) {
      await ada.sendMessage({ roomId, message: String(said) });
      clock.advance(1000);
    }
    const { answer } = await join('bo');
    expect(answer.messages.map(({ message }) => message)).toEqual(
      Array.from({ length: CHAT_HISTORY_ON_JOIN }, (_, index) => String(index + 1)),
    );
  });

  it('keeps a private message between its two, in the history as well', async () => {
    const { join, roomId } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    const cy = await join('cy');
    await ada.sendMessage({ roomId, message: 'psst', to: 'bo' });
    for (const { connection } of [ada, bo]) {
      expect(connection.told('newMessage')).toEqual([expect.objectContaining({ message: 'psst', to: 'bo' })]);
    }
    expect(cy.connection.told('newMessage')).toEqual([]);
    const again = await join('bo', { sessionToken: bo.answer.sessionToken });
    expect(again.answer.messages).toHaveLength(1);
    await again.leaveRoom({});
    const impostor = await join('bo');
    expect(impostor.answer.messages).toEqual([]);
    await expect(ada.sendMessage({ roomId, message: 'psst', to: 'nobody' })).rejects.toBeInstanceOf(ProtocolError);
  });

  it('goes to the room one is in only', async () => {
    const { join, connect, rooms, roomId } = await hostOneRoom();
    const ada = await join('ada');
    const other = await rooms.create({ hostName: 'Bo' });
    await expect(ada.sendMessage({ roomId: other.roomId, message: 'hello' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(connect('x').sendMessage({ roomId, message: 'hello' })).rejects.toMatchObject({ code: 'NOT_JOINED' });
  });
});

describe('what others see of a person', () => {
  it('changes with hand and name, and reactions reach everyone', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    await ada.raiseHand({ raised: true });
    await ada.setName({ userName: 'Ada L.' });
    await ada.react({ reaction: '👍' });
    for (const { connection } of [ada, bo]) {
      expect(connection.told('participantUpdated').at(-1)?.participant).toMatchObject({
        userName: 'Ada L.',
        hand: true,
      });
      expect(connection.told('reaction')).toEqual([{ userId: 'ada', reaction: '👍' }]);
    }
  });

  it('begins with peer-joined and ends with peerLeft, for the others', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    await bo.leaveRoom({});
    expect(ada.connection.told('peer-joined')).toEqual([
      {
        socketId: bo.connection.id,
        userId: 'bo',
        userName: 'bo',
        role: 'participant',
        isHost: false,
        hand: false,
        connection: 'ok',
      },
    ]);
    expect(ada.connection.told('peerLeft')).toEqual([{ socketId: bo.connection.id, userId: 'bo' }]);
    expect(bo.connection.events).toEqual([]);
    await expect(bo.leaveRoom({})).rejects.toMatchObject({ code: 'NOT_JOINED' });
  });
});

describe('bounds', () => {
  it('a room is full at its limit, but for a few who come as host', async () => {
    const { connect, join, rooms, roomId, hostToken } = await hostOneRoom();
    for (let index = 0; index < MAX_PARTICIPANTS_PER_ROOM; index++) await join(`p${index}`);
    const full = expect.objectContaining({ code: 'FULL' }) as Error;
    const invite = async (role: 'host' | 'co-host') => (await rooms.invites.create(roomId, { role })).token;
    const [asHost, asCoHost] = await Promise.all([invite('host'), invite('co-host')]);
    const rtpCapabilities = capabilities;
    for (const token of [undefined, asCoHost]) {
      await expect(join('one-more', { token })).rejects.toEqual(full);
      await expect(connect('one-more').prepare({ roomId, token, rtpCapabilities })).rejects.toEqual(full);
    }
    for (let spare = 0; spare < SPARE_CAPACITY_FOR_HOSTS; spare++) {
      const token = spare % 2 === 0 ? hostToken : asHost;
      const host = connect(`host-${spare}`);
      await host.prepare({ roomId, token, rtpCapabilities });
      await expect(host.joinRoom({ roomId, userName: 'Ada', token })).resolves.toMatchObject({ role: 'host' });
    }
    await expect(join('another-host', { token: hostToken })).rejects.toEqual(full);
    await expect(connect('another').prepare({ roomId, token: hostToken, rtpCapabilities })).rejects.toEqual(full);
  });

  it('a person tells everyone things at a bounded rate, whatever they are', async () => {
    const { join, roomId, clock } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    const things = [
      () => ada.sendMessage({ roomId, message: 'hello' }),
      () => ada.react({ reaction: '👍' }),
      () => ada.raiseHand({ raised: true }),
      () => ada.setName({ userName: 'Ada' }),
    ];
    for (let told = 0; told < MAX_MESSAGE_BURST_PER_SOCKET; told++) await things[told % things.length]?.();
    expect(bo.connection.takeNames()).toHaveLength(MAX_MESSAGE_BURST_PER_SOCKET);
    for (const tell of things) await expect(tell()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(bo.connection.takeNames()).toEqual([]);
    await bo.react({ reaction: '👍' });
    clock.advance(1000);
    for (let told = 0; told < MAX_MESSAGES_PER_SECOND_PER_SOCKET; told++) await ada.react({ reaction: '👍' });
    await expect(ada.react({ reaction: '👍' })).rejects.toEqual(expect.objectContaining({ code: 'RATE_LIMITED' }));
  });

  it('a chat brings its readers so much text at once, and then at a steady rate', async () => {
    const { join, roomId, clock } = await hostOneRoom();
    const readers = MAX_PARTICIPANTS_PER_ROOM;
    const people: Awaited<ReturnType<typeof join>>[] = [];
    for (let person = 0; person < readers; person++) people.push(await join(`person ${person}`));
    const message = 'x'.repeat(MAX_CHAT_LENGTH);
    /** How many messages are sent, by one after the other, until one is refused. */
    const sendAll = async () => {
      for (let sent = 0; ; sent++) {
        try {
          await people[sent % readers]?.sendMessage({ roomId, message });
        } catch (error) {
          expect(error).toEqual(expect.objectContaining({ code: 'RATE_LIMITED' }));
          return sent;
        }
      }
    };
    const bytes = message.length * readers;
    expect(await sendAll()).toBe(Math.floor(MAX_CHAT_BYTE_BURST_PER_ROOM / bytes));
    // To one person it is two who read it.
    await people[0]?.sendMessage({ roomId, message, to: 'person 1' });
    clock.advance(1000);
    const left = (MAX_CHAT_BYTE_BURST_PER_ROOM % bytes) - 2 * message.length;
    expect(await sendAll()).toBe(Math.floor((MAX_CHAT_BYTES_PER_SECOND_PER_ROOM + left) / bytes));
  });

  it('a person makes transports at a bounded rate', async () => {
    const { join, clock } = await hostOneRoom();
    const ada = await join('ada');
    for (let made = 0; made < MAX_TRANSPORTS_PER_MINUTE; made++) await ada.createProducerTransport({});
    await expect(ada.createConsumerTransport({})).rejects.toEqual(expect.objectContaining({ code: 'RATE_LIMITED' }));
    clock.advance(60_000);
    await expect(ada.createConsumerTransport({})).resolves.toMatchObject({ id: 'recv' });
  });

  it('an address has few connections that have not joined', async () => {
    const { connect, roomId } = await hostOneRoom();
    const waiting = Array.from({ length: MAX_UNJOINED_SOCKETS_PER_ADDRESS }, (_, index) => connect(`s${index}`));
    expect(() => connect('one-more')).toThrow(expect.objectContaining({ code: 'LIMIT' }));
    expect(() => connect('elsewhere', '198.51.100.7')).not.toThrow();
    await waiting[0]?.joinRoom({ roomId, userName: 'first' });
    expect(() => connect('in-place-of-first')).not.toThrow();
    waiting[1]?.session.lost();
    expect(() => connect('in-place-of-second')).not.toThrow();
  });

  it('an address whose people have lost their connection is not full of them', async () => {
    const { connect, join, clock } = await hostOneRoom();
    for (let person = 0; person < MAX_PARTICIPANTS_PER_ROOM; person++) {
      const { session, answer } = await join(`person ${person}`);
      session.lost();
      // Half of them come back through another connection, with the same membership.
      if (person % 2 === 0) {
        const again = await join('again', { userId: undefined, sessionToken: answer.sessionToken });
        again.session.lost();
      }
      clock.advance(1000);
    }
    clock.advance(RECOVERY_MS);
    for (let count = 0; count < MAX_UNJOINED_SOCKETS_PER_ADDRESS; count++) connect(`new-${count}`);
    expect(() => connect('one-more')).toThrow(expect.objectContaining({ code: 'LIMIT' }));
  });

  it('all addresses of a network count as one', async () => {
    const { connect } = await hostOneRoom();
    for (let index = 0; index < MAX_UNJOINED_SOCKETS_PER_ADDRESS; index++) connect(`s${index}`, `2001:db8::${index}`);
    expect(() => connect('one-more', '2001:db8::ffff')).toThrow(expect.objectContaining({ code: 'LIMIT' }));
    expect(() => connect('elsewhere', '2001:db9::1')).not.toThrow();
  });

  it('a connection that never joins is closed after a while, one that joined is not', async () => {
    const { connect, join, clock } = await hostOneRoom();
    const ada = await join('ada');
    const idle = connect('idle');
    clock.advance(UNJOINED_SOCKET_MS - 1);
    expect(idle.connection.closed).toBe(false);
    clock.advance(1);
    expect(idle.connection.reason).toBe('You have not joined a meeting in time.');
    expect(ada.connection.closed).toBe(false);
    await ada.leaveRoom({});
    clock.advance(UNJOINED_SOCKET_MS);
    expect(ada.connection.closed).toBe(true);
  });

  it('a gateway may leave less time to join', async () => {
    const { connect, roomId, clock } = await hostOneRoom();
    const [idle, ada] = ['idle', 'ada'].map((id) => connect(id, undefined, undefined, { within: 1000 }));
    await ada?.joinRoom({ roomId, userName: 'Ada' });
    clock.advance(1000);
    expect([idle, ada].map((participant) => participant?.connection.closed)).toEqual([true, false]);
    await ada?.leaveRoom({});
    clock.advance(1000);
    expect(ada?.connection.closed).toBe(true);
  });
});
