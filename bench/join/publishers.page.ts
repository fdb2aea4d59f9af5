/**
 * People who only send: light enough that eight of them leave two cores time to be measured on.
 * Each is a connection of its own with a camera of 640×360 and a microphone.
 */
import type { types } from 'mediasoup-client';
import { Client } from './client.ts';

declare global {
  interface Window {
    publish(roomId: string, count: number): Promise<void>;
  }
}

window.publish = async (roomId, count) => {
  // Eight cameras at 30 frames a second would take both cores of a small machine for themselves.
  const video = { width: 640, height: 360, frameRate: 20 };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video });
  for (let index = 1; index <= count; index++) await publish(roomId, `Person ${index}`, stream.clone());
};

async function publish(roomId: string, userName: string, stream: MediaStream): Promise<void> {
  const client = await Client.connect(roomId);
  await client.request('joinRoom', { roomId, userName });
  const options = await client.request<types.TransportOptions>('createProducerTransport');
  const transport = client.sendTransport(options, { held: false });
  for (const track of stream.getTracks()) await transport.produce({ track });
}
