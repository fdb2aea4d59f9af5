/** A host that is killed while people write, and started again. */
import * as v from 'valibot';
import { Host } from '../fixtures/host.ts';
import { expect, test } from '../fixtures/test.ts';
import { HttpClient } from './clients/http.ts';
import { connected, makeRoom } from './meeting.ts';
import { Fields, fieldsOf, text } from './reply.ts';

/** Some, and fewer than the 50 that `joinRoom` answers. */
const ENOUGH = 20;

test('everything acknowledged is there, and everyone is who they were', async () => {
  const host = await Host.start();
  try {
    const http = await HttpClient.of(host.url);
    const { roomId, hostToken } = await makeRoom(http);
    const ada = await connected(host.url);
    const bo = await connected(host.url);
    const adas = fieldsOf(await ada.ask('joinRoom', { roomId, userName: 'Ada', token: hostToken }));
    const bos = fieldsOf(await bo.ask('joinRoom', { roomId, userName: 'Bo' }));

    const acknowledged: string[] = [];
    /** Writes one message after the other, until the host is gone. */
    const write = async (): Promise<void> => {
      for (;;) {
        const answer = fieldsOf(await ada.ask('sendMessage', { roomId, message: 'and then' }));
        acknowledged.push(text(answer, 'messageId'));
        if (acknowledged.length === ENOUGH) await host.kill();
      }
    };
    const writing = await Promise.allSettled([write(), write(), write()]);
    expect(writing.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(acknowledged.length).toBeGreaterThanOrEqual(ENOUGH);

    await host.restart();
    const boAgain = await connected(host.url);
    const adaAgain = await connected(host.url);
    const back = async (client: typeof ada, { sessionToken }: Fields) =>
      fieldsOf(await client.ask('joinRoom', { roomId, userName: 'Again', sessionToken }));
    // The one who is not host comes first, and does not become it.
    expect(await back(boAgain, bos)).toMatchObject({ userId: bos['userId'], role: 'participant', isHost: false });
    const returned = await back(adaAgain, adas);
    expect(returned).toMatchObject({ userId: adas['userId'], role: 'host', isHost: true });
    const kept = v.parse(v.array(Fields), returned['messages']).map((message) => text(message, 'id'));
    expect(kept).toEqual(expect.arrayContaining(acknowledged));

    for (const client of [boAgain, adaAgain, bo]) client.socket.disconnect();
    await http.close();
  } finally {
    await host.dispose();
  }
});
