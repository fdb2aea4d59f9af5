import { connect as connectTls, setDefaultCACertificates } from 'node:tls';
import { type LiveHost, startLiveHost } from '../../src-main/host/testing.ts';
import { type Network, networkTo } from './network.ts';

/** A real host, reached over a network that a test can break; what runs in this process trusts its certificate. */
export async function hostBehindNetwork(): Promise<{ live: LiveHost; network: Network }> {
  const live = await startLiveHost();
  const network = await networkTo(live.host.port);
  setDefaultCACertificates([await certificateOf(live.host.port)]);
  return { live, network };
}

async function certificateOf(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      const { raw } = socket.getPeerCertificate();
      socket.destroy();
      resolve(`-----BEGIN CERTIFICATE-----\n${raw.toString('base64')}\n-----END CERTIFICATE-----\n`);
    });
    socket.on('error', reject);
  });
}
