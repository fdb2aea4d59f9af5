/** What screens see of a desk; as in meeting/view.ts, plain properties and methods. */
import type { Appointment } from '../../../src-shared/protocol/index.ts';
import type { Problem, SoundView } from '../view.ts';

/** A call from browser to browser. */
export interface CallView {
  /** The other person's name; null: their link contains none. */
  readonly name: string | null;
  readonly state:
    | 'connecting'
    | 'connected'
    /** The connection to the other side is lost; ICE is restarted. */
    | 'reconnecting';
  /** The other's picture; null until there is one. */
  readonly picture: MediaStream | null;
  readonly sounds: readonly SoundView[];
  /** When they first saw each other, epoch ms; null before. */
  readonly since: number | null;
}

export type ClientPhase =
  /** The person has not pressed the button yet; the professional does not know that they are here. */
  | 'preparing'
  /** The professional is informed now, or when they connect. */
  | 'waiting'
  | 'calling'
  /** One of the two has ended the call; the client can call again. */
  | 'hung-up'
  /** Over, for the reason in `problem`. */
  | 'ended';

/** The client's side of one appointment. */
export interface ClientDeskView {
  readonly phase: ClientPhase;
  /** Whether the host is out of reach just now; it is tried again. */
  readonly offline: boolean;
  readonly problem: Problem | null;
  /** The client's own name. */
  readonly name: string | null;
  readonly appointment: Appointment;
  /** Whom the appointment is with. */
  readonly professional: { readonly here: boolean; readonly name: string | null };
  /** Since when the client waits, epoch ms. */
  readonly waitingSince: number | null;
  /** In phase `calling`. */
  readonly call: CallView | null;

  /** Tells the professional that the client is here, and offers the call. */
  announce(): void;
  hangUp(): void;
  /** After hanging up: waits again. */
  comeBack(): void;
  /** Tries at once to reach the host. */
  retry(): void;
}

export type AppointmentState =
  | 'calling'
  /** There, with camera and microphone on. */
  | 'waiting'
  | 'expected'
  /** The call was ended. */
  | 'done';

export interface AppointmentView extends Appointment {
  /** Null: the link contains no name. */
  readonly name: string | null;
  readonly state: AppointmentState;
  /** Since when they wait, epoch ms. */
  readonly since: number | null;
}

/** The professional's page. */
export interface ProfessionalSessionView {
  readonly phase: 'connecting' | 'open' | 'offline' | 'ended';
  readonly problem: Problem | null;
  /** The professional's own name. */
  readonly name: string | null;
  /** Those who wait longest first, then by time. */
  readonly rows: readonly AppointmentView[];
  readonly call: CallView | null;
  /** The client who has waited longest; null: nobody waits. */
  readonly next: AppointmentView | null;
  /** What just happened to a call, until the next: the other hung up, or could not be reached. */
  readonly note: { readonly kind: 'hung-up' | 'gone' | 'failed'; readonly name: string | null } | null;

  join(appointmentId: string): void;
  hangUp(): void;
  /** Hangs up, and joins who waits longest. */
  callNext(): void;
  /** Tries at once to reach the host. */
  retry(): void;
}

/** What a link leads to at a desk. */
export type DeskView =
  | { readonly at: 'checking' }
  | { readonly at: 'refused'; readonly problem: Problem }
  | { readonly at: 'client'; readonly desk: ClientDeskView }
  | { readonly at: 'professional'; readonly desk: ProfessionalSessionView };
