import { Device } from 'mediasoup-client';
import type { types } from 'mediasoup-client';
import type { RtpCapabilities } from '../../../src-shared/protocol/index.ts';
import { MeetingError } from '../problem.ts';

/**
 * What this browser can send to and receive from a router.
 *
 * @throws {MeetingError} UNSUPPORTED: no WebRTC, or none that mediasoup-client knows
 */
export async function loadDevice(routerRtpCapabilities: RtpCapabilities): Promise<types.Device> {
  if (!('RTCPeerConnection' in globalThis) || !globalThis.isSecureContext) {
    throw new MeetingError('UNSUPPORTED', 'This browser, or this address, does not allow calls.');
  }
  try {
    const device = await Device.factory();
    await device.load({ routerRtpCapabilities });
    return device;
  } catch (error) {
    throw new MeetingError('UNSUPPORTED', 'This browser cannot make calls.', { cause: error });
  }
}
