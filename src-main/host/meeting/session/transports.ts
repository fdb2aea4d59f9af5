/** A participant's transports, and what they can receive as soon as they have them. */
import type { Consumer, Direction, RtpCapabilities, TransportOptions } from '../../../../src-shared/protocol/index.ts';
import type { OpenedTransports, Participation } from './operations.ts';

interface OpenedMedia extends OpenedTransports {
  consumers: Consumer[];
}

/** Replaces an earlier transport of this direction, with its media. */
export async function createTransport(participation: Participation, direction: Direction): Promise<TransportOptions> {
  const transport = await open(participation, direction, { data: false });
  const { room, participant } = participation;
  if (direction === 'recv' && participant.rtpCapabilities) {
    room.subscriptions.offerAll(participant, [], participant.rtpCapabilities);
  }
  return transport;
}

/** Both transports, and nothing on them. */
export async function openTransports(participation: Participation): Promise<OpenedTransports> {
  const [sendTransport, recvTransport] = await Promise.all([
    open(participation, 'send', { data: false }),
    open(participation, 'recv', { data: false }),
  ]);
  return { sendTransport, recvTransport };
}

/**
 * Both transports and a paused consumer of all there is to receive; what comes later is offered as it comes.
 *
 * @param options.data with SCTP, for `warmUp`
 * @param options.paused the consumers stay paused when the participant joins
 */
export async function openMedia(
  participation: Participation,
  rtpCapabilities: RtpCapabilities,
  { data, paused = false }: { data: boolean; paused?: boolean },
): Promise<OpenedMedia> {
  const { room, participant } = participation;
  const consumable = () => room.publications.consumable(participant);
  participant.rtpCapabilities = rtpCapabilities;
  const [sendTransport, [recvTransport, consumers]] = await Promise.all([
    open(participation, 'send', { data }),
    open(participation, 'recv', { data }).then(
      async (transport) =>
        [transport, await room.subscriptions.consumeAll(participant, consumable, rtpCapabilities, { paused })] as const,
    ),
  ]);
  room.subscriptions.offerAll(participant, consumable(), rtpCapabilities);
  return { sendTransport, recvTransport, consumers };
}

function open(
  { room, participant }: Participation,
  direction: Direction,
  options: { data: boolean },
): Promise<TransportOptions> {
  if (direction === 'recv') room.subscriptions.endAll(participant);
  return participant.media.createTransport(direction, options);
}
