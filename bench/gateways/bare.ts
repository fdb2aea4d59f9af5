import { createWorker } from 'mediasoup';
import type { types } from 'mediasoup';
import { type Way, nextSound } from './way.ts';

const OPUS = { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 } as const;

/**
 * mediasoup without a gateway, called as the host calls it: the lower bound for every gateway.
 *
 * @param address the one that the host announces; like the host, this listens there and on loopback
 */
export async function bareWay(address: string): Promise<Way> {
  const worker = await createWorker();
  const listenInfos = [...new Set([address, '127.0.0.1'])].flatMap((ip) =>
    (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip, port: 0 })),
  );
  const webRtcServer = await worker.createWebRtcServer({ listenInfos });
  const router = await worker.createRouter({ mediaCodecs: [OPUS] });

  return {
    name: 'mediasoup alone',
    arrive: () => {
      let transports: types.WebRtcTransport[] = [];
      return Promise.resolve({
        async join() {
          transports = await Promise.all([
            router.createWebRtcTransport({ webRtcServer }),
            router.createWebRtcTransport({ webRtcServer }),
          ]);
        },
        async produce() {
          await transports[0]?.produce({ kind: 'audio', rtpParameters: nextSound() });
        },
        leave() {
          for (const transport of transports) transport.close();
          return Promise.resolve();
        },
      });
    },
    close() {
      worker.close();
      return Promise.resolve();
    },
  };
}
