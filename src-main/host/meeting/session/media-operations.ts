import type { CurrentParticipation, MeetingHandlers } from './operations.ts';

/** What participants send and receive, and through which transports. */
export function mediaOperations(current: CurrentParticipation) {
  return {
    createProducerTransport() {
      return current().participant.createTransport('send');
    },
    createConsumerTransport() {
      return current().participant.createTransport('recv');
    },
    async connectProducerTransport({ dtlsParameters, transportId }) {
      await current().participant.connectTransport('send', dtlsParameters, transportId);
      return {};
    },
    async connectConsumerTransport({ dtlsParameters, transportId }) {
      await current().participant.connectTransport('recv', dtlsParameters, transportId);
      return {};
    },
    async restartIce({ transportId }) {
      return { iceParameters: await current().participant.restartIce(transportId) };
    },

    async produce({ transportId, ...request }) {
      return { producerId: await current().participant.publications.produce(request, transportId) };
    },
    async pauseProducer({ producerId }) {
      await current().participant.publications.pause(producerId);
      return {};
    },
    async resumeProducer({ producerId }) {
      await current().participant.publications.resume(producerId);
      return {};
    },
    async closeProducer({ producerId }) {
      await current().participant.publications.close(producerId);
      return {};
    },

    describeRoom() {
      const { room, participant } = current();
      return { presentParticipants: room.presentParticipants, producers: room.publications.describeFor(participant) };
    },
    getProducers() {
      const { room, participant } = current();
      return { producers: room.publications.describeFor(participant) };
    },
    consume({ producerId, rtpCapabilities }) {
      const { room, participant } = current();
      return participant.subscriptions.consume(room.publications.find(producerId), rtpCapabilities);
    },
    async consumeAll({ rtpCapabilities }) {
      const { room, participant } = current();
      return {
        consumers: await participant.subscriptions.consumeAll(
          () => room.publications.consumable(participant),
          rtpCapabilities,
        ),
      };
    },
    async resumeConsumer({ consumerId }) {
      await current().participant.subscriptions.resume([consumerId]);
      return {};
    },
    async resumeConsumers({ consumerIds }) {
      await current().participant.subscriptions.resume(consumerIds);
      return {};
    },
    async pauseConsumer({ consumerId }) {
      await current().participant.subscriptions.pause([consumerId]);
      return {};
    },
    async pauseConsumers({ consumerIds }) {
      await current().participant.subscriptions.pause(consumerIds);
      return {};
    },
    async setPreferredLayers(request) {
      await current().participant.subscriptions.setPreferredLayers([request]);
      return {};
    },
    async setLayers({ layers }) {
      await current().participant.subscriptions.setPreferredLayers(layers);
      return {};
    },
  } satisfies Partial<MeetingHandlers>;
}
