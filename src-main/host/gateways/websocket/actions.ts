import type {
  Answer,
  PlainAnswer,
  PlainPayload,
  PlainProducer,
  PlainRequestName,
  Producer,
} from '../../../../src-shared/protocol/index.ts';
import type { MeetingSession } from '../../meeting/index.ts';

type Actions = {
  [Name in PlainRequestName]: (session: MeetingSession, message: PlainPayload<Name>) => Promise<PlainAnswer<Name>>;
};

/** Each action as the operation it is. All reject with what the operation fails with. */
export const actions: Actions = {
  async join(session, { roomId, userName, userId, token, passcode, key, sessionToken }) {
    const request = { roomId, userName, userId, token, passcode, key, sessionToken };
    return { type: 'rtpCapabilities', ...(await plainJoined(session, await session.perform('joinRoom', request))) };
  },

  async createWebRtcTransport(session, { direction }) {
    return direction === 'send'
      ? { type: 'producerTransport', producerTransport: await session.perform('createProducerTransport', {}) }
      : { type: 'consumerTransport', consumerTransport: await session.perform('createConsumerTransport', {}) };
  },

  async connectTransport(session, { role, transportId, dtlsParameters }) {
    const connect = role === 'producer' ? 'connectProducerTransport' : 'connectConsumerTransport';
    await session.perform(connect, { transportId, dtlsParameters });
    return { type: 'transportConnected', transportId };
  },

  async produce(session, { transportId, kind, rtpParameters, source }) {
    const { producerId } = await session.perform('produce', { transportId, kind, rtpParameters, source });
    return { type: 'produced', producerId };
  },

  async consume(session, { producerId, rtpCapabilities }) {
    const { id, kind, rtpParameters } = await session.perform('consume', { producerId, rtpCapabilities });
    return { type: 'consumed', id, producerId, kind, rtpParameters };
  },

  async resume(session, { consumerId }) {
    await session.perform('resumeConsumer', { consumerId });
    return { type: 'resumed', consumerId };
  },

  async pauseProducer(session, { producerId }) {
    await session.perform('pauseProducer', { producerId });
    return { type: 'producerPaused', producerId };
  },

  async resumeProducer(session, { producerId }) {
    await session.perform('resumeProducer', { producerId });
    return { type: 'producerResumed', producerId };
  },

  async closeProducer(session, { producerId }) {
    await session.perform('closeProducer', { producerId });
    return { type: 'closed', producerId };
  },
};

/** What this dialect tells somebody who has just joined. */
export async function plainJoined(session: MeetingSession, joined: Answer<'joinRoom'>) {
  const { rtpCapabilities } = await session.perform('getRouterRtpCapabilities', {});
  const { room, userId, sessionToken, producers } = joined;
  return { rtpCapabilities, roomId: room.roomId, userId, sessionToken, producers: producers.map(plainProducer) };
}

/** A producer as this dialect describes it. */
export function plainProducer({ producerId, userId, userName, kind, source }: Producer): PlainProducer {
  return { producerId, userId, userName, kind, source };
}
