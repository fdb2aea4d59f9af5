// A page that sends camera, microphone and screen, and plays what everyone else sends, with client.ts.
import { MEDIA_RESTARTED, MediaClient } from './client.ts';

const form = document.querySelector('form')!;
const share = document.querySelector<HTMLButtonElement>('#share')!;
const status = document.querySelector('[role=status]')!;
const happened = document.querySelector('ul')!;
const main = document.querySelector('main')!;

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

async function meet(link: URL, user: string, camera: MediaStream): Promise<void> {
  const client = new MediaClient(link, user, {
    onOpen: () => (status.textContent = 'You are in.'),
    onEvent(told) {
      if (told.event === 'error') return note(told.error.message);
      note(`${told.event} ${told.user}`);
      if (told.event === 'producerRemoved') document.getElementById(told.id)?.remove();
    },
    onTrack({ id, user: name, type }, track) {
      const element = document.createElement(track.kind as 'audio' | 'video');
      Object.assign(element, { id, autoplay: true, srcObject: new MediaStream([track]) });
      element.setAttribute('aria-label', `${name}: ${type}`);
      main.append(element);
    },
    onError: note,
    onClose(code, reason) {
      main.replaceChildren();
      status.textContent = reason || 'The connection has ended.';
      if (code === MEDIA_RESTARTED) client.join().catch(note);
    },
  });

  // Before joining, so that the others see and hear us at once.
  await client.addStream(camera);
  await client.join();

  let screen: MediaStream | null = null;
  share.hidden = false;
  share.onclick = async () => {
    if (screen) stop(screen);
    else await start(await navigator.mediaDevices.getDisplayMedia({ video: true, audio: true }));
  };

  async function start(stream: MediaStream): Promise<void> {
    screen = stream;
    share.textContent = 'Stop sharing';
    // The browser's own button also ends the tracks.
    stream.getVideoTracks()[0]!.onended = () => stop(stream);
    await client.addStream(stream, 'screen');
  }

  function stop(stream: MediaStream): void {
    client.removeStream(stream);
    for (const track of stream.getTracks()) track.stop();
    screen = null;
    share.textContent = 'Share screen';
  }
}

function note(what: unknown): void {
  happened.append(Object.assign(document.createElement('li'), { textContent: String(what) }));
}
