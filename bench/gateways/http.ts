import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import { type Way, nextAddress, nextSound } from './way.ts';

const Answer = v.variant('status', [
  v.object({ status: v.literal('success'), result: v.looseObject({}) }),
  v.object({ status: v.literal('failed'), error: v.object({ message: v.string() }) }),
]);
const Attendee = v.object({ token: v.string() });

/** The HTTP media API, with its events on a WebSocket. It has no chat. */
export function httpWay(origin: string, room: string): Way {
  return {
    name: 'HTTP',
    async arrive() {
      const localAddress = nextAddress();
      const agent = new Agent({ keepAlive: true, localAddress, rejectUnauthorized: false });
      let token: string | null = null;
      const ask = async (method: string, path: string, body?: object) => {
        const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
        const asking = request(new URL(`/api/media/rooms/${path}`, origin), { method, agent, headers });
        asking.end(body && JSON.stringify(body));
        const response = await new Promise<IncomingMessage>((resolve, reject) => {
          asking.once('response', resolve).once('error', reject);
        });
        const answer = v.parse(Answer, JSON.parse(await text(response)));
        if (answer.status === 'failed') throw new Error(`${path}: ${answer.error.message}`);
        return answer.result;
      };
      // Opens the connection that the measured calls use.
      await ask('GET', `exists?room=${room}`);
      let events: WebSocket | null = null;
      return {
        async join() {
          ({ token } = v.parse(Attendee, await ask('POST', 'createAttendee', { room, user: 'Ada' })));
        },
        async appear() {
          const url = new URL(`/api/media/events?token=${token}`, origin.replace('https', 'wss'));
          events = new WebSocket(url, { localAddress, rejectUnauthorized: false });
          await once(events, 'open');
        },
        async produce() {
          await ask('POST', 'createProducer', { kind: 'audio', type: 'microphone', rtpParameters: nextSound() });
        },
        async leave() {
          await ask('POST', 'leave', {});
          events?.terminate();
          agent.destroy();
        },
      };
    },
    close: () => Promise.resolve(),
  };
}
