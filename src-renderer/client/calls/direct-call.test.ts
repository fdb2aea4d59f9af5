import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Devices } from '../devices/devices.svelte.ts';
import { DirectCall } from './direct-call.ts';
import { FakePeerConnection, answer, fakeComputer, offerOf } from './testing.ts';

let devices: Devices;
let connection: FakePeerConnection;
let call: DirectCall;
const heard = { candidate: vi.fn(), received: vi.fn(), changed: vi.fn() };
const send = vi.fn(() => Promise.resolve());

beforeEach(async () => {
  vi.clearAllMocks();
  ({ devices } = fakeComputer());
  await devices.open();
  connection = new FakePeerConnection();
  const { microphone, camera } = devices;
  const connect = () => connection as unknown as RTCPeerConnection;
  call = new DirectCall({ microphone, camera, listener: heard, connect });
});

afterEach(() => {
  call.close();
  devices.close();
});

it('offers sound and picture, then its addresses, never before', async () => {
  const offering = call.offer(send);
  connection.gather('first');
  expect(heard.candidate).not.toHaveBeenCalled();
  await offering;
  expect(send).toHaveBeenCalledExactlyOnceWith(connection.localDescription);
  expect(connection.transceivers.map(({ sender }) => sender.track)).toEqual([
    devices.microphone.track,
    devices.camera.track,
  ]);
  expect(heard.candidate).toHaveBeenCalledWith(expect.objectContaining({ candidate: 'first' }));
  connection.gather('second');
  expect(heard.candidate).toHaveBeenCalledTimes(2);
});

it('adds the other side’s addresses once there is a description they belong to', async () => {
  await call.offer(send);
  call.addCandidate({ candidate: 'early' });
  expect(connection.candidates).toEqual([]);
  await call.accept(answer);
  call.addCandidate({ candidate: 'late' });
  expect(connection.candidates).toEqual([{ candidate: 'early' }, { candidate: 'late' }]);
});

it('takes one answer to an offer', async () => {
  await call.offer(send);
  await call.accept(answer);
  await call.accept({ ...answer, sdp: 'another' });
  expect(connection.remoteDescription).toEqual(answer);
});

it('answers with its own sound and picture', async () => {
  const answering = call.answer(offerOf(1), send);
  call.addCandidate({ candidate: 'early' });
  await answering;
  expect(send).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ type: 'answer' }));
  expect(connection.transceivers.map(({ direction }) => direction)).toEqual(['sendrecv', 'sendrecv']);
  expect(connection.transceivers.map(({ sender }) => sender.track)).toEqual([
    devices.microphone.track,
    devices.camera.track,
  ]);
  expect(connection.candidates).toEqual([{ candidate: 'early' }]);
});

it('knows an offer of the same connection from one of another', async () => {
  expect(call.continues(offerOf(1))).toBe(false);
  await call.answer(offerOf(1), send);
  expect([call.continues(offerOf(1, 2)), call.continues(offerOf(2))]).toEqual([true, false]);
  await call.answer(offerOf(1, 2), send);
  expect(connection.transceivers).toHaveLength(2);
});

it('sends another camera without a new offer, and one switched off by its track', async () => {
  await call.offer(send);
  await call.accept(answer);
  const release = devices.camera.hold();
  const [, video] = connection.transceivers;
  await devices.camera.choose('document-camera');
  expect(video?.sender.track).toBe(devices.camera.track);
  expect(devices.camera.track?.label).toBe('The document-camera');
  const track = devices.camera.track;
  await devices.camera.setOn(false);
  expect(track?.enabled).toBe(false);
  expect(video?.sender.track).toBe(track);
  await devices.camera.setOn(true);
  expect(track?.enabled).toBe(true);
  expect(video?.sender.replaced).toBe(2);
  expect(send).toHaveBeenCalledOnce();
  release();
});

it('looks for a new way by an offer of the same connection', async () => {
  await call.offer(send);
  await call.accept(answer);
  await call.restart(send);
  expect(connection.restarts).toBe(1);
  expect(send).toHaveBeenCalledTimes(2);
  expect(connection.transceivers).toHaveLength(2);
});

it('lets go of the devices when it is closed', async () => {
  await call.offer(send);
  call.close();
  expect(connection.closed).toBe(true);
  const replaced = connection.transceivers[1]?.sender.replaced;
  await devices.camera.choose('document-camera');
  expect(connection.transceivers[1]?.sender.replaced).toBe(replaced);
});
