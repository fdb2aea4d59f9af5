import type { OperationContext, Operations } from './operations.ts';

/** What people send and receive, and through which transports. */
export function mediaOperations({ participation, joinedParticipation, findRoom, countTransports }: OperationContext) {
  return {
    getRouterRtpCapabilities({ roomId }) {
      const room = roomId === undefined ? participation().room : findRoom(roomId);
      return { rtpCapabilities: room.routerRtpCapabilities };
    },

    createProducerTransport() {
      const { participant } = participation();
      countTransports(1);
      return participant.createTransport('send');
    },
    createConsumerTransport() {
      const { participant } = participation();
      countTransports(1);
      return participant.createTransport('recv');
    },
    async connectProducerTransport({ dtlsParameters, transportId }) {
      await participation().participant.connectTransport('send', dtlsParameters, transportId);
      return {};
    },
    async connectConsumerTransport({ dtlsParameters, transportId }) {
      await participation().participant.connectTransport('recv', dtlsParameters, transportId);
      return {};
    },
    async restartIce({ transportId }) {
      return { iceParameters: await participation().participant.restartIce(transportId) };
    },

    async produce({ transportId, ...request }) {
      return { producerId: await participation().participant.publications.produce(request, transportId) };
    },
    async pauseProducer({ producerId }) {
      await participation().participant.publications.pause(producerId);
      return {};
    },
    async resumeProducer({ producerId }) {
      await participation().participant.publications.resume(producerId);
      return {};
    },
    async closeProducer({ producerId }) {
      await participation().participant.publications.close(producerId);
      return {};
    },

    describeRoom() {
      const { room, participant } = participation();
      return { presentParticipants: room.presentParticipants, producers: room.publications.describeFor(participant) };
    },
    getProducers() {
      const { room, participant } = joinedParticipation();
      return { producers: room.publications.describeFor(participant) };
    },
    consume({ producerId, rtpCapabilities }) {
      const { room, participant } = participation();
      return participant.subscriptions.consume(room.publications.find(producerId), rtpCapabilities);
    },
    async consumeAll({ rtpCapabilities }) {
      const { room, participant } = participation();
      return {
        consumers: await participant.subscriptions.consumeAll(
          () => room.publications.consumable(participant),
          rtpCapabilities,
        ),
      };
    },
    async resumeConsumer({ consumerId }) {
      await participation().participant.subscriptions.resume([consumerId]);
      return {};
    },
    async resumeConsumers({ consumerIds }) {
      await participation().participant.subscriptions.resume(consumerIds);
      return {};
    },
    async pauseConsumer({ consumerId }) {
      await participation().participant.subscriptions.pause([consumerId]);
      return {};
    },
    async pauseConsumers({ consumerIds }) {
      await participation().participant.subscriptions.pause(consumerIds);
      return {};
    },
    async setPreferredLayers(request) {
      await participation().participant.subscriptions.setPreferredLayers([request]);
      return {};
    },
    async setLayers({ layers }) {
      await participation().participant.subscriptions.setPreferredLayers(layers);
      return {};
    },
  } satisfies Partial<Operations>;
}
