/** What screens see of a desk; as in meeting/view.ts, plain properties and methods. */
import type { Appointment } from '../../../src-shared/protocol/index.ts';
import type { Problem, SoundView } from '../view.ts';

/** A call from browser to browser. */
export interface CallView {
  /** The other's name; null where their link names nobody. */
  readonly name: string | null;
  readonly state:
    | 'connecting'
    | 'connected'
    /** The way to the other is lost; it is being looked for. */
    | 'reconnecting';
  /** The other's picture; null until there is one. */
  readonly picture: MediaStream | null;
  readonly sounds: readonly SoundView[];
  /** When they first saw each other, epoch ms; null before. */
  readonly since: number | null;
}

export type ClientPhase =
  /** The person has not said yet that they are here: the professional knows nothing. */
  | 'preparing'
  /** The professional has been told, or will be when they come. */
  | 'waiting'
  | 'calling'
  /** One of the two has hung up; one may come back. */
  | 'hung-up'
  /** Over, for the reason in `problem`. */
  | 'ended';

/** A client's way through one appointment. */
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
  /** Since when the professional has been told, epoch ms. */
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
  /** Somebody hung up. */
  | 'done';

export interface AppointmentView extends Appointment {
  /** Null where the link names nobody. */
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
  /** Who waits longest; null: nobody. */
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
