// Shares a screen with a room, over a plain WebSocket. The messages are in docs/protocol.md.
import { Device, type types } from 'mediasoup-client';

const form = document.querySelector('form')!;
const stop = document.querySelector<HTMLButtonElement>('#stop')!;
const status = document.querySelector('[role=status]')!;

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { link, userName } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  let track: MediaStreamTrack | undefined;
  try {
    // First of all: a browser allows getDisplayMedia only directly after a click.
    const screen = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 15 } });
    track = screen.getVideoTracks()[0]!;
    track.contentHint = 'detail';
    await share(track, new URL(link!), userName!);
  } catch (error) {
    status.textContent = String(error);
    track?.stop();
  }
});

async function share(track: MediaStreamTrack, link: URL, userName: string): Promise<void> {
  const host = await connect(link);
  const roomId = link.pathname.split('/').at(-1)!;
  const token = new URLSearchParams(link.hash.slice(1)).get('t') ?? undefined;
  const joined = await host.request<Joined>('join', { roomId, userName, token });
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: joined.rtpCapabilities });

  let sending = await send();
  status.textContent = 'You are sharing your screen.';
  stop.disabled = false;

  // A new media process has replaced one that died: all transports and producers are gone.
  host.on('mediaRestarted', async () => {
    sending.transport.close();
    sending = await send();
  });
  host.on('closed', ({ reason }: { reason: string }) => end(reason));
  host.socket.addEventListener('close', () => end('The connection has ended.'));
  // The browser's own button also ends the track.
  track.addEventListener('ended', () => void finish());
  stop.onclick = () => void finish();

  async function send() {
    const { producerTransport } = await host.request<{ producerTransport: types.TransportOptions }>(
      'createWebRtcTransport',
      { direction: 'send' },
    );
    const transport = device.createSendTransport(producerTransport);
    const transportId = transport.id;
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      host.request('connectTransport', { role: 'producer', transportId, dtlsParameters }).then(() => done(), failed);
    });
    transport.on('produce', ({ kind, rtpParameters }, done, failed) => {
      host
        .request<{ producerId: string }>('produce', { transportId, kind, rtpParameters, source: 'screen' })
        .then(({ producerId }) => done({ id: producerId }), failed);
    });
    return { transport, producer: await transport.produce({ track, stopTracks: false }) };
  }

  async function finish(): Promise<void> {
    await host.request('closeProducer', { producerId: sending.producer.id });
    end('You have stopped sharing.');
  }

  function end(reason: string): void {
    if (stop.disabled) return;
    stop.disabled = true;
    status.textContent = reason;
    track.stop();
    sending.transport.close();
    // Code 1000 means leaving, so the host does not wait for a reconnect.
    host.socket.close(1000);
  }
}

interface Joined {
  userId: string;
  rtpCapabilities: types.RtpCapabilities;
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
