/** A device that negotiates like a browser's and sends nothing (mediasoup-client's own, for tests). */
import { Device } from 'mediasoup-client';
import type { types } from 'mediasoup-client';
import { generateLocalDtlsParameters, generateNativeRtpCapabilities } from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';

export async function loadDevice(routerRtpCapabilities: types.RtpCapabilities): Promise<types.Device> {
  const parameters = { generateNativeRtpCapabilities, generateLocalDtlsParameters };
  const device = new Device({ handlerFactory: FakeHandler.createFactory(parameters) });
  await device.load({ routerRtpCapabilities });
  return device;
}
