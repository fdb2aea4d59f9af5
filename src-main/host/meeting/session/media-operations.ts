import { createTransport } from './transports.ts';
import type { CurrentParticipation, MeetingHandlers } from './operations.ts';

/** What participants send and receive, and through which transports. */
export function mediaOperations(current: CurrentParticipation) {
  return {
    createProducerTransport() {
      return createTransport(current(), 'send');
    },
    createConsumerTransport() {
      return createTransport(current(), 'recv');
    },
    async connectProducerTransport({ dtlsParameters, transportId }) {
      await current().participant.media.connectTransport('send', dtlsParameters, transportId);
      return {};
    },
    async connectConsumerTransport({ dtlsParameters, transportId }) {
      await current().participant.media.connectTransport('recv', dtlsParameters, transportId);
      return {};
    },
    async restartIce({ transportId }) {
      return { iceParameters: await current().participant.media.restartIce(transportId) };
    },

    async produce({ transportId, ...request }) {
      const { room, participant } = current();
      return { producerId: await room.publications.produce(participant, request, transportId) };
    },
    async pauseProducer({ producerId }) {
      const { room, participant } = current();
      await room.publications.pause(participant, producerId);
      return {};
    },
    async resumeProducer({ producerId }) {
      const { room, participant } = current();
      await room.publications.resume(participant, producerId);
      return {};
    },
    async closeProducer({ producerId }) {
      const { room, participant } = current();
      await room.publications.close(participant, producerId);
      return {};
    },

    describeParticipants() {
      return { participants: current().room.presentParticipants };
    },
    describeProducers({ producerId }) {
      const { room, participant } = current();
      return { producers: room.publications.describeFor(participant, producerId) };
    },
    getProducers() {
      const { room, participant } = current();
      return { producers: room.publications.describeFor(participant) };
    },
    consume({ producerId, rtpCapabilities }) {
      const { room, participant } = current();
      return room.subscriptions.consume(participant, room.publications.find(producerId), rtpCapabilities);
    },
    async consumeAll({ rtpCapabilities }) {
      const { room, participant } = current();
      return {
        consumers: await room.subscriptions.consumeAll(
          participant,
          () => room.publications.consumable(participant),
          rtpCapabilities,
        ),
      };
    },
    async resumeConsumer({ consumerId }) {
      const { room, participant } = current();
      await room.subscriptions.resume(participant, [consumerId]);
      return {};
    },
    async resumeConsumers({ consumerIds }) {
      const { room, participant } = current();
      await room.subscriptions.resume(participant, consumerIds);
      return {};
    },
    async pauseConsumer({ consumerId }) {
      const { room, participant } = current();
      await room.subscriptions.pause(participant, [consumerId]);
      return {};
    },
    async pauseConsumers({ consumerIds }) {
      const { room, participant } = current();
      await room.subscriptions.pause(participant, consumerIds);
      return {};
    },
    async setPreferredLayers(request) {
      const { room, participant } = current();
      await room.subscriptions.setPreferredLayers(participant, [request]);
      return {};
    },
    async setLayers({ layers }) {
      const { room, participant } = current();
      await room.subscriptions.setPreferredLayers(participant, layers);
      return {};
    },
  } satisfies Partial<MeetingHandlers>;
}
