/**
 * Every bound of the system, named. Times are milliseconds, sizes bytes, lengths UTF-16 code units,
 * unless the name says otherwise. Each is enforced in one place and has a test.
 */

// --- messages -----------------------------------------------------------------------------------

/** A larger frame closes the connection; a larger HTTP body is refused. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
/** Of an HTTP body that comes without a token, whose largest is a link to look into. */
export const MAX_OPEN_BODY_BYTES = 16 * 1024;
/** What may wait for one connection to read it; more closes it. Joining the largest room takes a fifth. */
export const MAX_UNREAD_BYTES = 8 * 1024 * 1024;
/** What was told in all meetings together, kept for connections that are lost and come back. */
export const MAX_RECOVERABLE_MESSAGES = 20_000;
export const MAX_NAME_LENGTH = 64;
export const MAX_ROOM_NAME_LENGTH = 100;
export const MAX_APPOINTMENT_TITLE_LENGTH = 100;
export const MAX_CHAT_LENGTH = 4000;
export const MAX_TOKEN_LENGTH = 4096;
export const MAX_PASSCODE_LENGTH = 128;
export const MAX_ID_LENGTH = 64;
/** The last moment that a `Date` can hold (ECMA-262, 21.4.1.1), epoch ms. */
export const MAX_TIMESTAMP = 8.64e15;
/** Messages kept of a room, and how many of them `joinRoom` answers. */
export const MAX_CHAT_HISTORY = 500;
export const CHAT_HISTORY_ON_JOIN = 50;

// --- RTP descriptions (generous: Chromium 156 offers 30 codecs and 14 header extensions) ---------

export const MAX_RTP_CODECS = 128;
/** Of one codec (its profiles and packetization modes), of those a receiver names: more are not looked at. */
export const MAX_CODEC_VARIANTS = 16;
export const MAX_RTP_HEADER_EXTENSIONS = 64;
export const MAX_RTP_ENCODINGS = 8;
/** Of one codec; H264, which has the most, is described with 25 (RFC 6184). */
export const MAX_FORMAT_PARAMETERS = 32;
export const MAX_RTCP_FEEDBACKS = 16;
export const MAX_RTP_STRING_LENGTH = 256;
export const MAX_DTLS_FINGERPRINTS = 16;

// --- rooms and people ----------------------------------------------------------------------------

export const MAX_ROOMS_PER_HOST = 200;
/** Of one media process, each of which has one core to itself. */
export const MAX_ROOMS_PER_WORKER = 100;
export const MAX_PARTICIPANTS_PER_ROOM = 250;
/** Places beyond those, for whoever comes as host: nobody can fill a meeting against its own host. */
export const SPARE_CAPACITY_FOR_HOSTS = 5;
/** People in pre-join with transports made for them, beyond those who have joined. */
export const MAX_PREPARED_PER_ROOM = 50;
/** Seats a room remembers for people who come again, those who have left included. */
export const MAX_MEMBERSHIPS_PER_ROOM = 1000;
/** Invites of a room; at the limit a revoked or expired one makes way for a new one. */
export const MAX_INVITES_PER_ROOM = 500;
/** How many of its latest uses are kept of an invite. */
export const MAX_USES_PER_INVITE = 20;
/** Scheduled rooms, which stay: fewer than all rooms, so that a meeting can always start at once. */
export const MAX_SCHEDULED_ROOMS_PER_HOST = 100;
/** How far rooms that are asked for from other computers may fill the host: the rest is for its own people. */
export const MAX_ROOMS_FROM_ELSEWHERE = 160;
export const MAX_SCHEDULED_ROOMS_FROM_ELSEWHERE = 80;
/** Ended rooms whose name and attendance are remembered, and how many visits of each room. */
export const MAX_ENDED_ROOMS = 1000;
export const MAX_ATTENDANCE_RECORDS_PER_ROOM = 5000;
export const MAX_PRODUCERS_PER_PARTICIPANT = 8;
export const MAX_CONSUMERS_PER_PARTICIPANT = 500;

// --- calls peer to peer --------------------------------------------------------------------------

/** Everyone sends to everyone there: a mesh of more drowns their uplinks. */
export const MAX_PEERS_PER_ROOM = 16;
export const MAX_PEER_ROOMS = 500;
/** Of those, opened from one address and still there. */
export const MAX_PEER_ROOMS_PER_ADDRESS = 50;
/** Of one socket at once. */
export const MAX_PEER_ROOMS_PER_SOCKET = 8;
/** The description in an offer or an answer at a desk; Chromium 156 takes 7 kB for a camera and a microphone, and 1 kB more per track. */
export const MAX_SDP_LENGTH = 64 * 1024;
export const MAX_ICE_CANDIDATE_LENGTH = 1024;
/** Of one side of a call at a desk, kept for the other. */
export const MAX_ICE_CANDIDATES = 200;
/** An offer or an answer that is relayed between peers in a room, as JSON text; a candidate; how deep either may nest. */
export const MAX_PEER_DESCRIPTION_LENGTH = 128 * 1024;
export const MAX_PEER_CANDIDATE_LENGTH = 8 * 1024;
export const MAX_PEER_MESSAGE_DEPTH = 8;
/** How long what someone said at a desk is kept after they have gone. */
export const DESK_MEMORY_MS = 15 * 60_000;

// --- rates ---------------------------------------------------------------------------------------

/** Requests of one socket: a steady rate, and the burst that joining a large room needs. */
export const MAX_REQUESTS_PER_SECOND_PER_SOCKET = 50;
export const MAX_REQUEST_BURST_PER_SOCKET = 300;
/** What one connection tells everyone in its meeting (messages, reactions, hand, name): each is told to all of them. */
export const MAX_TOLD_PER_SECOND_PER_SOCKET = 3;
export const MAX_TOLD_BURST_PER_SOCKET = 30;
/** Open connections to the host, and of one address: a browser opens six, and a whole meeting may come from behind one router. */
export const MAX_CONNECTIONS = 4000;
export const MAX_CONNECTIONS_PER_ADDRESS = 1000;
/** HTTP requests and new sockets of one address. */
export const MAX_REQUESTS_PER_SECOND_PER_ADDRESS = 100;
export const MAX_REQUEST_BURST_PER_ADDRESS = 600;
export const MAX_ROOMS_PER_MINUTE_PER_ADDRESS = 30;
/** Invites made, listed, revoked and looked into, and host tokens tried, over HTTP. */
export const MAX_TOKEN_TRIES_PER_MINUTE_PER_ADDRESS = 120;
/** Rooms that are not there and are asked for: ids are short, and nobody shall find meetings by trying. */
export const MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS = 30;
export const MAX_TRANSPORTS_PER_MINUTE = 20;
/** Sockets that have not joined a room: how many of one address, and how long each may stay. */
export const MAX_UNJOINED_SOCKETS_PER_ADDRESS = 20;
export const UNJOINED_SOCKET_MS = 15 * 60_000;
/** How long a place made over the HTTP media API is kept for its events to be opened. */
export const UNOPENED_EVENTS_MS = 30_000;
/** Addresses remembered at once for the rates above; the oldest are forgotten first. */
export const MAX_TRACKED_ADDRESSES = 10_000;

// --- lifetimes -----------------------------------------------------------------------------------

/** How long a participant whose connection was lost keeps seat and media. */
export const RECOVERY_MS = 15_000;
/** How long a room nobody has joined yet stays. */
export const EMPTY_ROOM_MS = 15 * 60_000;
/** How long a room that had not ended waits for its people after the host was restarted. */
export const RESTORED_ROOM_MS = 15 * 60_000;
/** How far ahead a room can be scheduled. */
export const MAX_SCHEDULE_AHEAD_MS = 731 * 24 * 60 * 60_000;
/** How long a scheduled room stays after its start, or after the last who was in it. */
export const SCHEDULED_ROOM_MS = 30 * 24 * 60 * 60_000;
/** How often what the events missed is swept up. */
export const SWEEP_MS = 30_000;
/** How often a connection is asked for a sign of life, and how long it may take to give one. */
export const PING_INTERVAL_MS = 5000;
export const PING_TIMEOUT_MS = 10_000;
/** How long people may take to hear the last that is told when the host closes. */
export const LAST_WORDS_MS = 1000;
/** How long a new connection may take until its first byte. */
export const FIRST_BYTE_MS = 10_000;

// --- between the app's main process and its window -----------------------------------------------

/** A pasted or opened link: an invite with the longest token, and room for the rest. */
export const MAX_LINK_LENGTH = 8192;
/** What the window may have remembered: how many entries, and how long each key and value. */
export const MAX_PREFERENCES = 100;
export const MAX_PREFERENCE_LENGTH = 16 * 1024;
/** Chromium's names of screens and windows are like `window:12345:0`. */
export const MAX_SOURCE_ID_LENGTH = 128;
/** Addresses of which the app remembers the key. */
export const MAX_KNOWN_HOSTS = 500;
/** What a browser or the app remembers of meetings: those one was in, and those one made. The oldest go first. */
export const MAX_RECENT_ROOMS = 10;
export const MAX_OWN_ROOMS = 50;
/** How long a host may take to show its certificate. */
export const PROBE_MS = 5_000;
