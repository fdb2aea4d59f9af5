// Watches the screens that are shared in a room, over a plain WebSocket. The messages are in docs/protocol.md.
import { Device, type types } from 'mediasoup-client';

const form = document.querySelector('form')!;
const screens = document.querySelector('main')!;
const status = document.querySelector('[role=status]')!;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const { link, userName } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  watch(new URL(link!), userName!).catch((error: unknown) => (status.textContent = String(error)));
});

interface Producer {
  producerId: string;
  userName: string;
  kind: 'audio' | 'video';
  source: 'microphone' | 'camera' | 'screen' | 'screen-audio';
}
interface Joined {
  rtpCapabilities: types.RtpCapabilities;
  producers: Producer[];
}
type Consumed = types.ConsumerOptions & { id: string; producerId: string };

async function watch(link: URL, userName: string): Promise<void> {
  const host = await connect(link);
  const device = await Device.factory();
  const ready = Promise.withResolvers<void>();
  let receive: Promise<types.Transport>;

  // Listens before joining, so that a producer added at the same moment is not missed.
  host.on('newProducer', (producer: Producer) => void show(producer));
  host.on('producerClosed', ({ producerId }: Producer) => document.getElementById(producerId)?.remove());
  // A new media process has replaced one that died. Those who share produce again, which is announced again.
  host.on('mediaRestarted', async () => {
    screens.replaceChildren();
    (await receive).close();
    receive = openTransport();
  });
  host.on('closed', ({ reason }: { reason: string }) => (status.textContent = reason));
  host.socket.addEventListener('close', () => screens.replaceChildren());

  const roomId = link.pathname.split('/').at(-1)!;
  const token = new URLSearchParams(link.hash.slice(1)).get('t') ?? undefined;
  const joined = await host.request<Joined>('join', { roomId, userName, token });
  await device.load({ routerRtpCapabilities: joined.rtpCapabilities });
  receive = openTransport();
  ready.resolve();
  status.textContent = 'You are watching.';
  await Promise.all(joined.producers.map(show));

  async function openTransport(): Promise<types.Transport> {
    const { consumerTransport } = await host.request<{ consumerTransport: types.TransportOptions }>(
      'createWebRtcTransport',
      { direction: 'recv' },
    );
    const transport = device.createRecvTransport(consumerTransport);
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      const fields = { role: 'consumer', transportId: transport.id, dtlsParameters };
      host.request('connectTransport', fields).then(() => done(), failed);
    });
    return transport;
  }

  async function show({ producerId, userName, kind, source }: Producer): Promise<void> {
    if (source !== 'screen' && source !== 'screen-audio') return;
    const element = document.createElement(kind);
    Object.assign(element, { id: producerId, autoplay: true, ariaLabel: `${userName}’s screen` });
    screens.append(element);
    try {
      await ready.promise;
      const transport = await receive;
      const { recvRtpCapabilities: rtpCapabilities } = device;
      const consumed = await host.request<Consumed>('consume', { producerId, rtpCapabilities });
      const { id: consumerId, track } = await transport.consume(consumed);
      element.srcObject = new MediaStream([track]);
      // Not sooner: a key frame that arrives before the browser is ready is lost.
      await host.request('resume', { consumerId });
    } catch {
      // The producer has just ended, or this browser cannot play it.
      element.remove();
    }
  }
}

/** A connection to the host. Answers carry the `requestId` of their request; all other messages are events. */
async function connect({ host }: URL) {
  const socket = new WebSocket(`wss://${host}/ws`);
  await new Promise((opened, failed) => {
    socket.addEventListener('open', opened);
    socket.addEventListener('error', () => failed(new Error('The host cannot be reached.')));
  });

  let asked = 0;
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, (event: never) => unknown>();

  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const { requestId, ...message } = JSON.parse(data);
    const answered = waiting.get(requestId);
    waiting.delete(requestId);
    if (!answered) listeners.get(message.type)?.(message as never);
    else if (message.type === 'error') answered.reject(new Error(message.message));
    else answered.resolve(message);
  });
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The connection has ended.'));
  });

  return {
    socket,
    on: <Event>(type: string, listener: (event: Event) => unknown) => listeners.set(type, listener),
    request<Answer>(action: string, fields: object): Promise<Answer> {
      const requestId = ++asked;
      const answer = Promise.withResolvers<Answer>();
      waiting.set(requestId, answer as PromiseWithResolvers<unknown>);
      socket.send(JSON.stringify({ action, requestId, ...fields }));
      return answer.promise;
    },
  };
}
