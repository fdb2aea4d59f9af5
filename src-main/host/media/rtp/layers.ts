import { parseScalabilityMode, type types } from 'mediasoup';

/** The highest spatial layer that a producer can send. */
export function topLayer({ type, rtpParameters }: Pick<types.Producer, 'type' | 'rtpParameters'>): number {
  const encodings = rtpParameters.encodings ?? [];
  if (type === 'simulcast') return encodings.length - 1;
  return type === 'svc' ? parseScalabilityMode(encodings[0]?.scalabilityMode).spatialLayers - 1 : 0;
}
