import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CreatedRoom, RtpCapabilities } from '../../../src-shared/protocol/index.ts';
import { microphone } from '../gateways/http/media/testing.ts';
import { PlainPerson } from '../gateways/websocket/testing.ts';
import { dtls, simulcast } from '../media/testing.ts';
import { type LiveHost, type LivePerson, startLiveHost } from '../testing.ts';

let host: LiveHost;
let room: CreatedRoom;
let participants: PlainPerson[] = [];

beforeAll(async () => {
  host = await startLiveHost();
});

beforeEach(async () => {
  room = await host.makeRoom();
});

afterEach(() => {
  host.disconnectAll();
  for (const participant of participants) participant.socket.terminate();
  participants = [];
});

afterAll(() => host.close());

const refused = (code: string) => ({ code, message: expect.any(String) as string });

async function join(userName: string) {
  const participant = await new PlainPerson(host.origin).connected();
  participants.push(participant);
  const joined = await participant.ask('join', { roomId: room.roomId, userName, userId: userName });
  return { participant, joined };
}

/** Somebody at a window of Parley's own. */
async function joinWindow(userName: string): Promise<LivePerson> {
  const participant = host.connect();
  await participant.join(room.roomId, userName);
  return participant;
}

async function sendTransport(participant: PlainPerson): Promise<string> {
  const answer = await participant.ask('createWebRtcTransport', { direction: 'send' });
  if (answer.type !== 'producerTransport') throw new TypeError(answer.type);
  return answer.producerTransport.id;
}

async function recvTransport(participant: PlainPerson): Promise<string> {
  const answer = await participant.ask('createWebRtcTransport', { direction: 'recv' });
  if (answer.type !== 'consumerTransport') throw new TypeError(answer.type);
  return answer.consumerTransport.id;
}

async function share(participant: PlainPerson): Promise<string> {
  const transportId = await sendTransport(participant);
  const { kind, rtpParameters } = simulcast();
  const produced = await participant.ask('produce', { transportId, kind, rtpParameters, source: 'screen' });
  return produced.producerId;
}

async function watch(participant: PlainPerson, producerId: string, rtpCapabilities: RtpCapabilities) {
  await recvTransport(participant);
  return participant.ask('consume', { producerId, rtpCapabilities });
}

describe('media', () => {
  it('goes from one plain client to another', async () => {
    const { participant: ada } = await join('ada');
    const { participant: bo, joined } = await join('bo');
    const transportId = await sendTransport(ada);
    const connect = { role: 'producer', transportId, dtlsParameters: dtls } as const;
    await expect(ada.ask('connectTransport', connect)).resolves.toMatchObject({ transportId });
    await expect(ada.ask('connectTransport', connect)).rejects.toMatchObject(refused('CONFLICT'));
    const { kind, rtpParameters } = simulcast();
    const { producerId } = await ada.ask('produce', { transportId, kind, rtpParameters, source: 'screen' });
    await expect(bo.event('newProducer')).resolves.toEqual({
      type: 'newProducer',
      producerId,
      userId: 'ada',
      userName: 'ada',
      kind: 'video',
      source: 'screen',
    });

    const recvId = await recvTransport(bo);
    const dtlsParameters = { ...dtls, role: 'server' } as const;
    await bo.ask('connectTransport', { role: 'consumer', transportId: recvId, dtlsParameters });
    const { rtpCapabilities } = joined;
    const consumed = await bo.ask('consume', { producerId, rtpCapabilities });
    expect(consumed).toMatchObject({ producerId, kind: 'video' });
    await expect(bo.ask('consume', { producerId, rtpCapabilities })).rejects.toMatchObject(refused('CONFLICT'));
    await expect(bo.ask('resume', { consumerId: consumed.id })).resolves.toMatchObject({ consumerId: consumed.id });
    await expect(ada.ask('resume', { consumerId: consumed.id })).rejects.toMatchObject(refused('NOT_FOUND'));

    await expect(bo.ask('closeProducer', { producerId })).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(ada.ask('closeProducer', { producerId })).resolves.toMatchObject({ type: 'closed', producerId });
    await expect(bo.event('producerClosed')).resolves.toEqual({ type: 'producerClosed', producerId });
    await expect(ada.ask('closeProducer', { producerId })).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(bo.ask('resume', { consumerId: consumed.id })).rejects.toMatchObject(refused('NOT_FOUND'));
  });

  it('is the same that Parley’s windows see and send', async () => {
    const window = await joinWindow('window');
    const { participant: ada } = await join('ada');
    await expect(window.next('peer-joined')).resolves.toMatchObject({ userId: 'ada', userName: 'ada' });
    const producerId = await share(ada);
    await expect(window.next('newProducer')).resolves.toMatchObject({ producerId, userId: 'ada', source: 'screen' });

    await window.ask('createProducerTransport', {});
    const { kind, rtpParameters } = simulcast();
    const camera = await window.ask('produce', { kind, rtpParameters });
    await expect(ada.event('newProducer')).resolves.toMatchObject({ ...camera, userId: 'window', source: 'camera' });
    const { joined } = await join('late');
    expect(joined.producers).toEqual([
      { producerId, userId: 'ada', userName: 'ada', kind: 'video', source: 'screen' },
      { ...camera, userId: 'window', userName: 'window', kind: 'video', source: 'camera' },
    ]);
  });

  it('goes through the transport that is named, if it is the caller’s own of that direction', async () => {
    const { participant: ada } = await join('ada');
    const { participant: bo } = await join('bo');
    const earlier = await sendTransport(ada);
    const send = await sendTransport(ada);
    const recv = await recvTransport(ada);
    const foreign = await sendTransport(bo);
    const { kind, rtpParameters } = simulcast();
    for (const transportId of [earlier, recv, foreign]) {
      const connecting = ada.ask('connectTransport', { role: 'producer', transportId, dtlsParameters: dtls });
      await expect(connecting).rejects.toMatchObject(refused('NOT_FOUND'));
      const producing = ada.ask('produce', { transportId, kind, rtpParameters });
      await expect(producing).rejects.toMatchObject(refused('NOT_FOUND'));
    }
    const connecting = ada.ask('connectTransport', { role: 'consumer', transportId: send, dtlsParameters: dtls });
    await expect(connecting).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(ada.ask('produce', { transportId: send, kind, rtpParameters })).resolves.toHaveProperty('producerId');
  });

  it('that the device cannot play, or the host cannot read, is refused', async () => {
    const { participant: ada } = await join('ada');
    const { participant: bo } = await join('bo');
    const producerId = await share(ada);
    await expect(watch(bo, producerId, {})).rejects.toMatchObject(refused('CANNOT_CONSUME'));
    const transportId = await sendTransport(bo);
    const { rtpParameters } = simulcast();
    const microphone = bo.ask('produce', { transportId, kind: 'video', rtpParameters, source: 'microphone' });
    await expect(microphone).rejects.toMatchObject(refused('BAD_REQUEST'));
    const nothing = bo.ask('produce', { transportId, kind: 'video', rtpParameters: { codecs: [] } });
    await expect(nothing).rejects.toMatchObject(refused('BAD_REQUEST'));
  });

  it('of another room is not found', async () => {
    const { participant: ada } = await join('ada');
    const producerId = await share(ada);
    room = await host.makeRoom();
    const { participant: bo, joined } = await join('bo');
    expect(joined.producers).toEqual([]);
    await expect(watch(bo, producerId, joined.rtpCapabilities)).rejects.toMatchObject(refused('NOT_FOUND'));
  });

  it('requests of one flight are carried out at once, and each answered', async () => {
    const { participant: ada } = await join('ada');
    const transportId = await sendTransport(ada);
    const { kind, rtpParameters } = simulcast();
    const [connected, produced, failed] = await Promise.allSettled([
      ada.ask('connectTransport', { role: 'producer', transportId, dtlsParameters: dtls }),
      ada.ask('produce', { transportId, kind, rtpParameters }),
      ada.ask('closeProducer', { producerId: crypto.randomUUID() }),
    ]);
    expect([connected, produced, failed].map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(ada.told).toEqual([]);
  });
});

it('a microphone that the host mutes can be turned on again when its owner is asked to', async () => {
  const leads = await joinWindow('leads');
  const { participant: ada } = await join('ada');
  const transportId = await sendTransport(ada);
  const { kind, rtpParameters } = microphone();
  const { producerId } = await ada.ask('produce', { transportId, kind, rtpParameters });
  await leads.ask('setRoom', { permissions: { unmute: false } });
  await leads.ask('muteParticipant', { userId: 'ada' });
  await expect(ada.event('mutedByHost')).resolves.toEqual({ type: 'mutedByHost', source: 'microphone' });
  await expect(ada.ask('resumeProducer', { producerId })).rejects.toMatchObject(refused('FORBIDDEN'));
  await leads.ask('askToUnmute', { userId: 'ada' });
  await expect(ada.event('unmuteAsked')).resolves.toEqual({ type: 'unmuteAsked' });
  await expect(ada.ask('resumeProducer', { producerId })).resolves.toMatchObject({ type: 'producerResumed' });
  await expect(leads.next('producerResumed')).resolves.toEqual({ producerId });
  await expect(ada.ask('pauseProducer', { producerId })).resolves.toMatchObject({ type: 'producerPaused' });
});

describe('going', () => {
  it.each([[1000], [1001], [undefined]])('by one’s own will, with code %s, is at once', async (code) => {
    const window = await joinWindow('window');
    const { participant: ada } = await join('ada');
    const producerId = await share(ada);
    ada.socket.close(code);
    await expect(window.next('producerClosed')).resolves.toEqual({ producerId });
    await expect(window.next('peerLeft')).resolves.toMatchObject({ userId: 'ada' });
    expect(window.names).not.toContain('participantUpdated');
  });

  it('by loss keeps membership and media for a while; the session token gives the membership back', async () => {
    const window = await joinWindow('window');
    const { participant: ada, joined } = await join('ada');
    const producerId = await share(ada);
    ada.socket.terminate();
    await window.next('participantUpdated', ({ participant }) => participant.connection === 'lost');
    expect(window.names).not.toContain('producerClosed');

    const again = await new PlainPerson(host.origin).connected();
    participants.push(again);
    const { sessionToken } = joined;
    const answer = await again.ask('join', { roomId: room.roomId, userName: 'ada', sessionToken });
    expect(answer).toMatchObject({ userId: 'ada', sessionToken, producers: [] });
    await expect(window.next('producerClosed')).resolves.toEqual({ producerId });
    await window.next('participantUpdated', ({ participant }) => participant.connection === 'ok');
    expect(window.names).not.toContain('peerLeft');
    await expect(share(again)).resolves.toEqual(expect.any(String));
  });
});
