/** Which panels, menus and dialogs of the meeting are open, and the actions that the control bar, the menus and the keyboard share. */
import { Toasts } from '../../components/call/toasts.svelte.ts';
import { toggle } from '../../components/devices/toggle.ts';
import { t } from '../../i18n/index.svelte.ts';
import type { DeviceProblem, DevicesView, MeetingView, ParticipantView } from '../../client/view.ts';

export type Panel = 'chat' | 'people';
export type Sheet = 'invite' | 'links' | 'devices' | 'settings' | 'keys' | 'room' | 'leaving';

/** The ids of the popovers, so that a key can open what a button opens. */
export const MENUS = { share: 'share-menu', react: 'react-menu', more: 'more-menu' } as const;

const isDeviceProblem = (error: unknown): error is DeviceProblem =>
  typeof error === 'string' && error in t().share.problems;

export class MeetingUi {
  readonly meeting: MeetingView;
  readonly devices: DevicesView;
  /** Whether the person has just opened this room: then the invitation comes first. */
  readonly opened: boolean;
  /** Whether a menu asks how to share; the app's own picker asks that, too. */
  readonly shareMenu: boolean;
  readonly toasts = new Toasts();
  panel = $state<Panel | null>(null);
  sheet = $state<Sheet | null>(null);
  /** The shared screen chosen to be large; null: the first. */
  large = $state<string | null>(null);
  /** What is asked before it is done to somebody; null: nothing. */
  asking = $state.raw<{ what: 'remove' | 'hand-over'; person: ParticipantView } | null>(null);
  /** Who reads the message being written; null: everyone. */
  reader = $state<{ userId: string; name: string } | null>(null);

  constructor(
    meeting: MeetingView,
    devices: DevicesView,
    { opened, shareMenu = true }: { opened: boolean; shareMenu?: boolean },
  ) {
    this.meeting = meeting;
    this.devices = devices;
    this.opened = opened;
    this.shareMenu = shareMenu;
  }

  /** Whether what needs the host can be done just now. */
  get connected(): boolean {
    return this.meeting.phase === 'joined';
  }

  togglePanel(panel: Panel): void {
    this.panel = this.panel === panel ? null : panel;
  }

  writeTo(userId: string, name: string): void {
    this.reader = { userId, name };
    this.panel = 'chat';
  }

  /** Why the room does not let this person do it; null: it does. */
  refusal(what: 'share' | 'chat' | 'react' | 'unmute'): string | null {
    const { self, moderation } = this.meeting;
    return !self || moderation.may(what) ? null : t().moderation.notAllowed[what];
  }

  /** Whether a host goes, and leaves others behind: then they are asked what becomes of the meeting. */
  get asksBeforeLeaving(): boolean {
    const { meeting } = this;
    return this.connected && meeting.people.length > 1 && meeting.moderation.may('end-meeting');
  }

  /** Says so where the host does not do it. */
  moderate(work: Promise<void>): void {
    work.catch(() => this.toasts.show({ text: t().moderation.failed }));
  }

  askToUnmute({ userId, name }: ParticipantView): void {
    const asked = this.meeting.moderation.askToUnmute(userId);
    this.moderate(asked.then(() => this.toasts.show({ text: t().moderation.askedToUnmute({ name }) })));
  }

  toggleMicrophone(): void {
    const { microphone } = this.devices;
    if (this.meeting.watching) return;
    const refusal = microphone.on ? null : this.refusal('unmute');
    if (refusal) this.toasts.show({ text: refusal });
    else toggle(microphone);
  }

  toggleCamera(): void {
    if (!this.meeting.watching) toggle(this.devices.camera);
  }

  toggleHand(): void {
    if (this.connected) this.#attempt(this.meeting.raiseHand(!this.meeting.self?.hand));
  }

  react(emoji: string): void {
    if (this.connected && !this.refusal('react')) this.#attempt(this.meeting.react(emoji));
  }

  /** Stops one's own sharing, or asks what to share. */
  toggleSharing(): void {
    if (this.meeting.watching) return;
    if (this.meeting.sharing) this.meeting.stopSharing();
    else if (this.refusal('share')) return;
    else if (this.connected && this.shareMenu) this.openMenu('share');
    else if (this.connected) this.share('text');
  }

  share(quality: 'text' | 'motion'): void {
    this.meeting.share(quality).catch((error: unknown) => {
      this.toasts.show({ text: isDeviceProblem(error) ? t().share.problems[error] : t().share.problems.failed });
    });
  }

  openMenu(menu: keyof typeof MENUS): void {
    document.getElementById(MENUS[menu])?.showPopover();
  }

  #attempt(work: Promise<void>): void {
    work.catch(() => this.toasts.show({ text: t().toast.failed }));
  }
}
