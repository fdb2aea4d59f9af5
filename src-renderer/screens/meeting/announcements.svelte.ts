/** Tells in a toast what happens in the room and is not seen by itself. */
import { onDestroy, untrack } from 'svelte';
import { firstName } from '../../components/person.ts';
import type { Toast } from '../../components/call/toasts.svelte.ts';
import { t } from '../../i18n/index.svelte.ts';
import type { ChatMessageView, ModerationNotice, ParticipantView, TileView } from '../../client/view.ts';
import type { MeetingUi } from './ui.svelte.ts';

/** In larger rooms people come and go without being announced. */
const MOST_ANNOUNCED = 12;

/** How long after somebody came that is said, ms. */
const WELCOME_MS = 500;

/** What was not there before, by id; remembers what it is shown. */
function newcomers<Item>(id: (item: Item) => string): (items: readonly Item[]) => Item[] {
  let known: Set<string> | null = null;
  return (items) => {
    const fresh = known ? items.filter((item) => !known?.has(id(item))) : [];
    known = new Set(items.map(id));
    return fresh;
  };
}

function ofMessage(message: ChatMessageView, ui: MeetingUi): Toast {
  const words = t().toast;
  const name = firstName(message.name);
  return {
    about: 'chat',
    text: message.private ? words.privately({ name, text: message.text }) : words.message({ name, text: message.text }),
    action: { label: words.open, run: () => (ui.panel = 'chat') },
  };
}

function ofNotice({ kind }: ModerationNotice, { devices }: MeetingUi): Toast {
  const words = t().moderation;
  const texts = { muted: words.muted, 'camera-stopped': words.cameraStopped, 'share-stopped': words.shareStopped };
  if (kind !== 'unmute-asked') return { text: texts[kind] };
  return { text: words.unmuteAsked, action: { label: words.unmute, run: () => void devices.microphone.setOn(true) } };
}

/** Announces for as long as the calling component lives. */
export function announce(ui: MeetingUi): void {
  const { meeting, devices, toasts } = ui;
  const came = newcomers<ParticipantView>((person) => person.userId);
  const raised = newcomers<ParticipantView>((person) => person.userId);
  const said = newcomers<ChatMessageView>((message) => message.id);
  const shared = newcomers<TileView>((share) => share.id);
  const say = (text: string) => toasts.show({ text });
  /** Who came just now, and what will say so. */
  let coming: { userId: string; timer: ReturnType<typeof setTimeout> }[] = [];
  /** First their picture, then the words: what moves on the screen would hold it up. */
  const welcome = ({ userId, name }: ParticipantView) => {
    const timer = setTimeout(() => {
      forget(userId);
      say(t().toast.joined({ name }));
    }, WELCOME_MS);
    coming.push({ userId, timer });
  };
  const forget = (userId: string) => (coming = coming.filter((one) => one.userId !== userId));
  const farewell = ({ userId, name }: ParticipantView) => {
    const unsaid = coming.find((one) => one.userId === userId);
    // Gone before anybody was told that they came.
    if (unsaid) clearTimeout(unsaid.timer);
    else say(t().toast.left({ name }));
    forget(userId);
  };
  onDestroy(() => {
    for (const { timer } of coming) clearTimeout(timer);
  });
  const look: Toast['action'] = {
    get label() {
      return t().toast.devices;
    },
    run: () => (ui.sheet = 'devices'),
  };

  let present: readonly ParticipantView[] = [];
  $effect(() => {
    // After a lost connection the list may be empty for a moment: nobody has left.
    if (meeting.phase !== 'joined') return;
    const { people } = meeting;
    const fresh = came(people);
    if (people.length <= MOST_ANNOUNCED) {
      for (const person of fresh) if (!person.self) welcome(person);
      for (const gone of present) if (!people.some(({ userId }) => userId === gone.userId)) farewell(gone);
    }
    present = people;
  });
  $effect(() => {
    for (const person of raised(meeting.people.filter(({ hand }) => hand)))
      if (!person.self) say(t().toast.hand({ name: person.name }));
  });
  $effect(() => {
    for (const message of said(meeting.chat.messages))
      if (!message.own && ui.panel !== 'chat') toasts.show(ofMessage(message, ui));
  });
  $effect(() => {
    if (ui.panel === 'chat') toasts.dismissAbout('chat');
  });
  $effect(() => {
    const shares = meeting.shares.filter((share) => !share.person.self);
    for (const share of shared(shares)) {
      const text = t().toast.shares({ name: share.person.name });
      const show = { label: t().toast.show, run: () => (ui.large = share.id) };
      toasts.show(shares.length > 1 ? { text, action: show } : { text });
    }
  });
  $effect(() => {
    const { notice } = meeting.moderation;
    if (notice) untrack(() => toasts.show(ofNotice(notice, ui)));
  });
  $effect(() => {
    const stopped = devices.microphone.problem === 'ended';
    if (stopped) untrack(() => toasts.show({ text: t().toast.micProblem, action: look }));
  });
  $effect(() => {
    const stopped = devices.camera.problem === 'ended';
    if (stopped) untrack(() => toasts.show({ text: t().toast.cameraProblem, action: look }));
  });
}
