import type {
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
  async join(session, { roomId, userName, userId, token, passcode, sessionToken }) {
    const joined = await session.perform('joinRoom', { roomId, userName, userId, token, passcode, sessionToken });
    const { rtpCapabilities } = await session.perform('getRouterRtpCapabilities', {});
    return {
      type: 'rtpCapabilities',
      rtpCapabilities,
      roomId,
      userId: joined.userId,
      sessionToken: joined.sessionToken,
      producers: joined.producers.map(plainProducer),
    };
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

  async closeProducer(session, { producerId }) {
    await session.perform('closeProducer', { producerId });
    return { type: 'closed', producerId };
  },
};

/** A producer as this dialect describes it. */
export function plainProducer({ producerId, userId, userName, kind, source }: Producer): PlainProducer {
  return { producerId, userId, userName, kind, source };
}
