import { parse } from '../../../../../src-shared/protocol/index.ts';
import {
  EVENTS_CLOSED,
  MEDIA_EVENTS,
  type MediaEvent,
  MediaMessage,
} from '../../../../../src-shared/protocol/http/media-events.ts';
import type { Clock, Log } from '../../../meeting/index.ts';
import { failureOf } from '../../failure.ts';
import type { JsonSocket, JsonSocketListener } from '../../json-socket.ts';
import { JsonSockets } from '../../json-sockets.ts';
import type { Upgrades } from '../../upgrades.ts';
import type { Attendee } from './attendee.ts';
import type { Attendees } from './attendees.ts';

interface Options {
  attendees: Attendees;
  upgrades: Upgrades;
  clock: Clock;
  log: Log;
}

/**
 * Opens the events WebSocket of the HTTP media API.
 * `close` ends every connection after its last messages were delivered.
 */
export function attachMediaEvents({ attendees, upgrades, clock, log }: Options): { close(): Promise<void> } {
  const sockets = new JsonSockets(clock);

  upgrades.take(MEDIA_EVENTS, (upgrade) => {
    const [, query] = (upgrade.request.url ?? '').split('?');
    // Before it is a socket, so that HTTP can answer why it does not become one.
    const attendee = attendees.find(new URLSearchParams(query).get('token'));
    sockets.accept(upgrade, (socket) => listenerOf(attendee, socket));
  });

  function listenerOf(attendee: Attendee, socket: JsonSocket): JsonSocketListener {
    const fail = (reason: unknown) => {
      const error = failureOf(reason, log, 'media events');
      socket.send({ event: 'error', error } satisfies MediaEvent);
      return error;
    };
    const handle = async (message: unknown) => {
      attendee.countRequest();
      await attendee.handleMessage(parse(MediaMessage, message));
    };
    attendee.open(socket).catch((reason: unknown) => {
      socket.end({ code: EVENTS_CLOSED.refused, reason: fail(reason).message });
    });
    return {
      received: (message) => void handle(message).catch(fail),
      unreadable: fail,
      ended: (intentional) => attendee.closed(socket, intentional),
    };
  }

  return { close: () => sockets.close() };
}
