import type {
  PlainAnswer,
  PlainPayload,
  PlainProducer,
  PlainRequestName,
  Producer,
} from '../../../../src-shared/protocol/index.ts';
import type { Operations } from '../../meeting/index.ts';

type Actions = {
  [Name in PlainRequestName]: (operations: Operations, message: PlainPayload<Name>) => Promise<PlainAnswer<Name>>;
};

/** Each action as the operation it is. All reject with what the operation fails with. */
export const actions: Actions = {
  async join(operations, { roomId, userName, userId, token, passcode, sessionToken }) {
    const joined = await operations.joinRoom({ roomId, userName, userId, token, passcode, sessionToken });
    const { rtpCapabilities } = await operations.getRouterRtpCapabilities({});
    return {
      type: 'rtpCapabilities',
      rtpCapabilities,
      roomId,
      userId: joined.userId,
      sessionToken: joined.sessionToken,
      producers: joined.producers.map(plainProducer),
    };
  },

  async createWebRtcTransport(operations, { direction }) {
    return direction === 'send'
      ? { type: 'producerTransport', producerTransport: await operations.createProducerTransport({}) }
      : { type: 'consumerTransport', consumerTransport: await operations.createConsumerTransport({}) };
  },

  async connectTransport(operations, { role, transportId, dtlsParameters }) {
    const connect = role === 'producer' ? operations.connectProducerTransport : operations.connectConsumerTransport;
    await connect({ transportId, dtlsParameters });
    return { type: 'transportConnected', transportId };
  },

  async produce(operations, { transportId, kind, rtpParameters, source }) {
    const { producerId } = await operations.produce({ transportId, kind, rtpParameters, source });
    return { type: 'produced', producerId };
  },

  async consume(operations, { producerId, rtpCapabilities }) {
    const { id, kind, rtpParameters } = await operations.consume({ producerId, rtpCapabilities });
    return { type: 'consumed', id, producerId, kind, rtpParameters };
  },

  async resume(operations, { consumerId }) {
    await operations.resumeConsumer({ consumerId });
    return { type: 'resumed', consumerId };
  },

  async closeProducer(operations, { producerId }) {
    await operations.closeProducer({ producerId });
    return { type: 'closed', producerId };
  },
};

/** A producer as this dialect describes it. */
export function plainProducer({ producerId, userId, userName, kind, source }: Producer): PlainProducer {
  return { producerId, userId, userName, kind, source };
}
