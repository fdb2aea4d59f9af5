// Camera and microphone out, everyone else in, with HTTP and one WebSocket. Written from docs/http-api.md.
import { Device, type types } from 'mediasoup-client';

const form = document.querySelector('form')!;
const status = document.querySelector('[role=status]')!;
const happened = document.querySelector('ul')!;
const stage = document.querySelector('main')!;

interface Attendee {
  token: string;
  routerRtpCapabilities: types.RtpCapabilities;
  sendTransport: types.TransportOptions;
  recvTransport: types.TransportOptions;
}
interface Producer {
  id: string;
  user: string;
  type: 'microphone' | 'camera' | 'screen' | 'screenAudio';
}
type Consumer = types.ConsumerOptions & { id: string; kind: types.MediaKind };
type Told =
  | { event: 'userJoined'; user: string; producers: Producer[] }
  | { event: 'userLeft'; user: string }
  | ({ event: 'producerAdded' | 'producerRemoved' | 'producerPaused' | 'producerResumed' } & Producer)
  | { event: 'error'; error: { code: string; message: string } };

/** The host's media has started anew: everything made on it is gone (EVENTS_CLOSED.mediaRestarted). */
const MEDIA_RESTARTED = 1012;
/** The connection was lost; no close frame came (RFC 6455, 7.4.1). */
const LOST = 1006;

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { link, user } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  try {
    const video = { width: 640, height: 360 };
    await meet(new URL(link!), user!, await navigator.mediaDevices.getUserMedia({ audio: true, video }));
  } catch (error) {
    status.textContent = String(error);
  }
});

async function meet(link: URL, user: string, stream: MediaStream): Promise<void> {
  let token = '';

  /** GET where there is nothing to say, else POST. The answer is `{ status, result }` or `{ status, error }`. */
  async function call<Result>(name: string, input?: object): Promise<Result> {
    const response = await fetch(`${link.origin}/api/media/rooms/${name}`, {
      method: input ? 'POST' : 'GET',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: input ? JSON.stringify(input) : null,
    });
    const answer = await response.json();
    if (answer.status !== 'success') throw new Error(answer.error.message);
    return answer.result;
  }

  const attendee = await call<Attendee>('createAttendee', { room: link.pathname.split('/').at(-1)!, user });
  token = attendee.token;
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: attendee.routerRtpCapabilities });
  const send = device.createSendTransport(attendee.sendTransport);
  const receive = device.createRecvTransport(attendee.recvTransport);
  send.on('connect', ({ dtlsParameters }, done, failed) => {
    call('connectSender', { dtlsParameters }).then(() => done(), failed);
  });
  receive.on('connect', ({ dtlsParameters }, done, failed) => {
    call('connectReceiver', { dtlsParameters }).then(() => done(), failed);
  });
  send.on('produce', ({ kind, rtpParameters }, done, failed) => {
    const type = kind === 'video' ? 'camera' : 'microphone';
    call<{ id: string }>('createProducer', { kind, type, rtpParameters }).then(done, failed);
  });

  // Made before anyone can see us, so that we appear with sound and picture.
  for (const track of stream.getTracks()) await send.produce({ track, stopTracks: false });
  openEvents();

  function openEvents(): void {
    const address = new URL(`/api/media/events?token=${token}`, link);
    address.protocol = 'wss:';
    const events = new WebSocket(address);
    let open = false;
    events.onopen = () => {
      open = true;
      status.textContent = 'You are in.';
      call<{ producers: Producer[] }>('producers').then(({ producers }) => producers.forEach(show), tell);
    };
    events.onmessage = ({ data }) => hear(JSON.parse(data));
    events.onclose = ({ code, reason }) => {
      // Within 15 s the same token brings us back, with the events we missed.
      if (code === LOST && open) return openEvents();
      send.close();
      receive.close();
      stage.replaceChildren();
      status.textContent = reason || 'The connection has ended.';
      if (code === MEDIA_RESTARTED) meet(link, user, stream).catch(tell);
    };
  }

  function hear(told: Told): void {
    if (told.event === 'error') return tell(told.error.message);
    tell(`${told.event} ${told.user}`);
    if (told.event === 'userJoined') told.producers.forEach(show);
    if (told.event === 'producerAdded') show(told);
    if (told.event === 'producerRemoved') document.getElementById(told.id)?.remove();
  }

  function show({ id: producerId, user: name, type }: Producer): void {
    // Told of and looked up at once.
    if (document.getElementById(producerId)) return;
    const element = document.createElement(type === 'camera' || type === 'screen' ? 'video' : 'audio');
    Object.assign(element, { id: producerId, autoplay: true });
    element.setAttribute('aria-label', `${name}: ${type}`);
    stage.append(element);
    play(element, producerId).catch(tell);
  }

  async function play(element: HTMLMediaElement, producerId: string): Promise<void> {
    const rtpCapabilities = device.recvRtpCapabilities;
    const options = await call<Consumer>('createConsumer', { producerId, rtpCapabilities, paused: true });
    const { track } = await receive.consume(options);
    element.srcObject = new MediaStream([track]);
    // Only now: a key frame that came before the browser was ready would be lost.
    await call('resumeConsumer', { id: options.id });
  }
}

function tell(what: unknown): void {
  happened.append(Object.assign(document.createElement('li'), { textContent: String(what) }));
}
