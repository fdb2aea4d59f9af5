// Calls from browser to browser: the host only relays offers, answers and candidates. Written from docs/protocol.md.
import { io } from 'socket.io-client';

const own = document.querySelector<HTMLVideoElement>('#own')!;
const chat = document.querySelector<HTMLFormElement>('#chat')!;
const log = document.querySelector('ul')!;
const status = document.querySelector('[role=status]')!;

interface Person {
  socketId: string;
  personName: string;
}
/** What a peer sends. The host sets `fromPeer`; `personName` is this page's own field, which the host relays unchanged. */
interface FromPeer {
  fromPeer: string;
  personName: string;
}
interface Call {
  /** Applies an offer or an answer that was received. */
  describe(description: RTCSessionDescriptionInit): Promise<void>;
  addCandidate(candidate: RTCIceCandidateInit | null): void;
  end(): void;
}

// The form only sets the page's address, so that a reload joins the same call again.
const { host, room, name } = Object.fromEntries(new URLSearchParams(location.search));
if (host && room && name) enter(host, room, name).catch((error: unknown) => (status.textContent = String(error)));

async function enter(host: string, roomName: string, personName: string): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 360 } });
  own.srcObject = stream;
  const socket = io(host, { transports: ['websocket'] });
  /** By socket id. */
  const calls = new Map<string, Call>();
  /** Candidates of peers whose offer has not arrived yet. */
  const early = new Map<string, (RTCIceCandidateInit | null)[]>();

  socket.on('connect', () => {
    // With a new socket id this page is a new peer: the others end their calls with the earlier one.
    for (const peer of calls.keys()) end(peer);
    socket.emit('join_room', { roomName, personName });
    status.textContent = `You are in ${roomName}.`;
  });
  socket.on('disconnect', () => (status.textContent = 'The host is gone. Calls go on without it.'));
  socket.on('connect_error', ({ message }) => (status.textContent = message));
  socket.on('error', ({ message }) => (status.textContent = message));

  // Those who are in the room call the one who joins.
  socket.on('user_joined', ({ socketId, personName }: Person) => {
    if (socketId !== socket.id) callOf(socketId, personName);
  });
  socket.on('user_left', ({ socketId }: Person) => end(socketId));
  socket.on('offer', ({ fromPeer, personName, offer }: FromPeer & { offer: RTCSessionDescriptionInit }) => {
    void callOf(fromPeer, personName).describe(offer);
  });
  socket.on('answer', ({ fromPeer, answer }: FromPeer & { answer: RTCSessionDescriptionInit }) => {
    void calls.get(fromPeer)?.describe(answer);
  });
  socket.on('ice_candidate', ({ fromPeer, candidate }: FromPeer & { candidate: RTCIceCandidateInit | null }) => {
    const call = calls.get(fromPeer);
    if (call) call.addCandidate(candidate);
    else early.set(fromPeer, [...(early.get(fromPeer) ?? []), candidate]);
  });

  socket.on('message', ({ personName, content }: { personName: string; content: string }) => {
    log.append(Object.assign(document.createElement('li'), { textContent: `${personName}: ${content}` }));
  });
  chat.addEventListener('submit', (event) => {
    event.preventDefault();
    socket.emit('message', { roomName, personName, content: String(new FormData(chat).get('content')) });
    chat.reset();
  });

  function callOf(peer: string, theirName: string): Call {
    const call = calls.get(peer) ?? makeCall(peer, theirName);
    calls.set(peer, call);
    for (const candidate of early.get(peer) ?? []) call.addCandidate(candidate);
    early.delete(peer);
    return call;
  }

  function end(peer: string): void {
    calls.get(peer)?.end();
    calls.delete(peer);
    early.delete(peer);
  }

  /** One connection to one peer, by "perfect negotiation" (W3C WebRTC 1.0, section 10.7). */
  function makeCall(peer: string, theirName: string): Call {
    const connection = new RTCPeerConnection();
    const video = Object.assign(document.createElement('video'), { ariaLabel: theirName, autoplay: true });
    document.querySelector('main')!.append(video);
    /** When both offer at the same time, the polite one withdraws. Both sides compute the same result. */
    const polite = socket.id! < peer;
    let offering = false;
    let takingAnswer = false;
    let waiting: (RTCIceCandidateInit | null)[] = [];

    async function describeMyself(): Promise<void> {
      await connection.setLocalDescription();
      const { type, sdp } = connection.localDescription!;
      socket.emit(type, { toPeer: peer, personName, [type]: { type, sdp } });
    }
    /** A candidate that cannot be added belongs to an offer that was withdrawn. */
    const add = (candidate: RTCIceCandidateInit | null) => connection.addIceCandidate(candidate).catch(() => undefined);

    connection.onnegotiationneeded = () => {
      offering = true;
      void describeMyself().finally(() => (offering = false));
    };
    connection.onicecandidate = ({ candidate }) => socket.emit('ice_candidate', { toPeer: peer, candidate });
    connection.ontrack = ({ streams: [theirs] }) => (video.srcObject = theirs!);
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === 'failed') connection.restartIce();
    };
    for (const track of stream.getTracks()) connection.addTrack(track, stream);

    return {
      async describe(description) {
        const ready = !offering && (connection.signalingState === 'stable' || takingAnswer);
        if (description.type === 'offer' && !ready && !polite) return;
        takingAnswer = description.type === 'answer';
        await connection.setRemoteDescription(description);
        takingAnswer = false;
        for (const candidate of waiting.splice(0)) void add(candidate);
        if (description.type === 'offer') await describeMyself();
      },
      addCandidate(candidate) {
        if (connection.remoteDescription) void add(candidate);
        else waiting.push(candidate);
      },
      end() {
        connection.close();
        video.remove();
      },
    };
  }
}
