import type { Asker, Operations } from './operations.ts';

/** What people send and receive, and through which transports. */
export function mediaOperations({ here, joined, findRoom, countTransports }: Asker) {
  return {
    getRouterRtpCapabilities({ roomId }) {
      const room = roomId === undefined ? here().room : findRoom(roomId);
      return { rtpCapabilities: room.routerRtpCapabilities };
    },

    createProducerTransport() {
      const { person } = here();
      countTransports(1);
      return person.createTransport('send');
    },
    createConsumerTransport() {
      const { person } = here();
      countTransports(1);
      return person.createTransport('recv');
    },
    async connectProducerTransport({ dtlsParameters, transportId }) {
      await here().person.connectTransport('send', dtlsParameters, transportId);
      return {};
    },
    async connectConsumerTransport({ dtlsParameters, transportId }) {
      await here().person.connectTransport('recv', dtlsParameters, transportId);
      return {};
    },
    async restartIce({ transportId }) {
      return { iceParameters: await here().person.restartIce(transportId) };
    },

    async produce({ transportId, ...request }) {
      return { producerId: await here().person.sending.produce(request, transportId) };
    },
    async pauseProducer({ producerId }) {
      await here().person.sending.pause(producerId);
      return {};
    },
    async resumeProducer({ producerId }) {
      await here().person.sending.resume(producerId);
      return {};
    },
    async closeProducer({ producerId }) {
      await here().person.sending.close(producerId);
      return {};
    },

    look() {
      const { room, person } = here();
      return { present: room.present, producers: room.floor.describeFor(person) };
    },
    getProducers() {
      const { room, person } = joined();
      return { producers: room.floor.describeFor(person) };
    },
    consume({ producerId, rtpCapabilities }) {
      const { room, person } = here();
      return person.receiving.consume(room.floor.find(producerId), rtpCapabilities);
    },
    async consumeAll({ rtpCapabilities }) {
      const { room, person } = here();
      return { consumers: await person.receiving.consumeAll(() => room.floor.receivable(person), rtpCapabilities) };
    },
    async resumeConsumer({ consumerId }) {
      await here().person.receiving.resume([consumerId]);
      return {};
    },
    async resumeConsumers({ consumerIds }) {
      await here().person.receiving.resume(consumerIds);
      return {};
    },
    async pauseConsumer({ consumerId }) {
      await here().person.receiving.pause(consumerId);
      return {};
    },
    async setPreferredLayers(request) {
      await here().person.receiving.setPreferredLayers(request);
      return {};
    },
  } satisfies Partial<Operations>;
}
