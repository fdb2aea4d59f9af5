import { may, mayActOn, type Permission } from '../../../../src-shared/permissions.ts';
import type { Payload, Role, Room, RoomSettings, Source } from '../../../../src-shared/protocol/index.ts';
import type { InputDevice } from '../../devices/input.svelte.ts';
import type { ModerationNotice, ModerationView, ParticipantView } from '../../view.ts';

/** The operations by which a room is run, that are answered by nothing. */
type Act =
  | 'muteParticipant'
  | 'muteAll'
  | 'askToUnmute'
  | 'stopVideo'
  | 'stopShare'
  | 'lowerHand'
  | 'removeParticipant'
  | 'setRole'
  | 'endMeeting';

export interface ModerationHost {
  self(): ParticipantView | null;
  room(): Room | null;
  /** Rejects with a `Problem`. */
  ask<Name extends Act>(name: Name, payload: Payload<Name>): Promise<void>;
  /** Rejects with a `Problem`. */
  setRoom(settings: RoomSettings): Promise<void>;
  readonly media: ModeratedMedia;
}

/** What this person sends. */
export interface ModeratedMedia {
  readonly microphone: Pick<InputDevice, 'setOn'>;
  readonly camera: Pick<InputDevice, 'setOn'>;
  stopSharing(): void;
}

/** Running a room: what this person may do to others, and what others did to them. */
export class Moderation implements ModerationView {
  readonly #host: ModerationHost;
  #notice = $state.raw<ModerationNotice | null>(null);
  /** Asked to unmute, and not muted since: then they may, whatever the room allows. */
  #askedToUnmute = $state(false);
  #notices = 0;

  constructor(host: ModerationHost) {
    this.#host = host;
  }

  get notice(): ModerationNotice | null {
    return this.#notice;
  }

  may(permission: Permission): boolean {
    const self = this.#host.self();
    if (!self) return false;
    if (permission === 'unmute' && this.#askedToUnmute) return may(self.role, permission);
    return may(self.role, permission, this.#host.room()?.permissions);
  }

  mayActOn(permission: Permission, person: ParticipantView): boolean {
    const self = this.#host.self();
    return self !== null && !person.self && mayActOn(self.role, permission, person.role);
  }

  mute(userId: string): Promise<void> {
    return this.#host.ask('muteParticipant', { userId });
  }
  muteAll(): Promise<void> {
    return this.#host.ask('muteAll', {});
  }
  askToUnmute(userId: string): Promise<void> {
    return this.#host.ask('askToUnmute', { userId });
  }
  stopVideo(userId: string): Promise<void> {
    return this.#host.ask('stopVideo', { userId });
  }
  stopShare(userId: string): Promise<void> {
    return this.#host.ask('stopShare', { userId });
  }
  lowerHand(userId: string): Promise<void> {
    return this.#host.ask('lowerHand', { userId });
  }
  remove(userId: string, { keepLobbyOff }: { keepLobbyOff: boolean }): Promise<void> {
    return this.#host.ask('removeParticipant', { userId, ...(keepLobbyOff && { keepLobbyOff }) });
  }
  setRole(userId: string, role: Role): Promise<void> {
    return this.#host.ask('setRole', { userId, role });
  }
  setRoom(settings: RoomSettings): Promise<void> {
    return this.#host.setRoom(settings);
  }
  endMeeting(): Promise<void> {
    return this.#host.ask('endMeeting', {});
  }

  /** Somebody who runs the room has stopped what this person sends: here it ends too, and the device is released. */
  stopped(source: Source): void {
    const { microphone, camera } = this.#host.media;
    if (source === 'microphone') {
      this.#askedToUnmute = false;
      void microphone.setOn(false);
      this.#tell('muted');
    } else if (source === 'camera') {
      void camera.setOn(false);
      this.#tell('camera-stopped');
    } else {
      this.#host.media.stopSharing();
      if (source === 'screen') this.#tell('share-stopped');
    }
  }

  /** Somebody who runs the room would like to hear them. It is theirs to unmute. */
  askedToUnmute(): void {
    this.#askedToUnmute = true;
    this.#tell('unmute-asked');
  }

  #tell(kind: ModerationNotice['kind']): void {
    this.#notice = { id: ++this.#notices, kind };
  }
}
