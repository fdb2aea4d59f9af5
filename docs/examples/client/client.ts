// A complete Parley client: it sends camera and microphone, receives everyone else, and has a chat. Written from docs/protocol.md.
import { Device, type types } from 'mediasoup-client';
import { io } from 'socket.io-client';

const join = document.querySelector<HTMLFormElement>('#join')!;
const chat = document.querySelector<HTMLFormElement>('#chat')!;
const log = document.querySelector('ul')!;
const status = document.querySelector('[role=status]')!;

/** The answer to `joinRoom`: `consumers` are consumers of everything the others send, paused. */
type Consumer = types.ConsumerOptions & { id: string; producerId: string };
interface Joined {
  room: { roomId: string; name: string };
  sendTransport: types.TransportOptions;
  recvTransport: types.TransportOptions;
  consumers: Consumer[];
  messages: Message[];
}
interface Message {
  userName: string;
  message: string;
}

join.addEventListener('submit', (event) => {
  event.preventDefault();
  const { link, userName } = Object.fromEntries(new FormData(join)) as Record<string, string>;
  enter(new URL(link!), userName!).then(
    (name) => (status.textContent = `You are in ${name}.`),
    (error: unknown) => (status.textContent = String(error)),
  );
});

async function enter(link: URL, userName: string): Promise<string> {
  const roomId = link.pathname.split('/').at(-1)!;
  const socket = io(`${link.origin}/mediasoup`, { transports: ['websocket'] });

  /** One request, one answer: `{ success: true, … }` or `{ success: false, error: { code, message } }`. */
  async function request<Answer>(event: string, payload: object = {}): Promise<Answer> {
    const answer = await socket.timeout(10_000).emitWithAck(event, payload);
    if (!answer.success) throw new Error(answer.error.message);
    return answer;
  }

  const { rtpCapabilities } = await request<{ rtpCapabilities: types.RtpCapabilities }>('getRouterRtpCapabilities', {
    roomId,
  });
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: rtpCapabilities });

  // Because `joinRoom` named the capabilities, the host also sends a consumer for each later producer.
  let receive: types.Transport;
  socket.on('newConsumer', (consumer: Consumer) => void show([consumer]));
  socket.on('producerClosed', ({ producerId }) => document.getElementById(producerId)?.remove());
  socket.on('newMessage', write);
  socket.on('roomClosed', ({ reason }) => (status.textContent = reason));

  async function show(consumers: Consumer[]): Promise<void> {
    const received = await Promise.all(consumers.map((options) => receive.consume(options)));
    for (const { producerId, kind, track } of received) {
      const element = document.createElement(kind);
      Object.assign(element, { id: producerId, autoplay: true, srcObject: new MediaStream([track]) });
      document.querySelector('main')!.append(element);
    }
    // Not sooner: a key frame that arrives before the browser is ready is lost.
    await request('resumeConsumers', { consumerIds: received.map(({ id }) => id) });
  }

  const joined = await request<Joined>('joinRoom', {
    roomId,
    userName,
    rtpCapabilities: device.recvRtpCapabilities,
    transports: true,
  });
  receive = device.createRecvTransport(joined.recvTransport);
  const send = device.createSendTransport(joined.sendTransport);
  for (const [transport, event] of [
    [receive, 'connectConsumerTransport'],
    [send, 'connectProducerTransport'],
  ] as const) {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      request(event, { dtlsParameters }).then(done, failed);
    });
  }
  send.on('produce', ({ kind, rtpParameters }, done, failed) => {
    const source = kind === 'video' ? 'camera' : 'microphone';
    request<{ producerId: string }>('produce', { kind, rtpParameters, source }).then(
      ({ producerId: id }) => done({ id }),
      failed,
    );
  });

  joined.messages.forEach(write);
  await show(joined.consumers);
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 360 } });
  for (const track of stream.getTracks()) await send.produce({ track });

  chat.addEventListener('submit', (event) => {
    event.preventDefault();
    void request('sendMessage', { roomId, message: String(new FormData(chat).get('message')) });
    chat.reset();
  });
  addEventListener('pagehide', () => socket.emit('leaveRoom'));
  return joined.room.name;
}

function write({ userName, message }: Message): void {
  log.append(Object.assign(document.createElement('li'), { textContent: `${userName}: ${message}` }));
}
