/**
 * All bounds of the system as named constants. Times are in milliseconds, sizes in bytes, lengths in UTF-16
 * code units, unless the name says otherwise. Each is enforced in one place and has a test.
 */

// --- messages -----------------------------------------------------------------------------------

/** A larger frame closes the connection; a larger HTTP body is refused. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
/** Maximum size of an HTTP body without a token; the largest such body is a link to validate. */
export const MAX_OPEN_BODY_BYTES = 16 * 1024;
/** Maximum size of the messages that wait for one connection to read them; more closes it. Joining the largest room takes a fifth. */
export const MAX_UNREAD_BYTES = 8 * 1024 * 1024;
/** Maximum size of the messages that wait in all connections together; more closes those with most. The interval in which they are added up. */
export const MAX_UNREAD_BYTES_PER_HOST = 256 * 1024 * 1024;
export const UNREAD_CHECK_MS = 250;
/** And whenever so much more was queued: a busy host has no time for the interval. */
export const UNREAD_CHECK_BYTES = 32 * 1024 * 1024;
/** Fragments of one WebSocket message (RFC 6455, section 5.4): each can keep a TLS record of 16 KiB in memory. */
export const MAX_FRAGMENTS = 64;
/** Messages of all meetings together that are kept for lost connections that are recovered; one to a whole room counts once. */
export const MAX_RECOVERABLE_MESSAGES = 20_000;
export const MAX_NAME_LENGTH = 64;
export const MAX_ROOM_NAME_LENGTH = 100;
export const MAX_APPOINTMENT_TITLE_LENGTH = 100;
export const MAX_CHAT_LENGTH = 4000;
export const MAX_TOKEN_LENGTH = 4096;
export const MAX_PASSCODE_LENGTH = 128;
/** Wrong passcodes from one address for one room. */
export const MAX_PASSCODE_TRIES_PER_MINUTE = 10;
/** In the lobby of one room. */
export const MAX_WAITING_PER_ROOM = 100;
/** In all lobbies of a host. */
export const MAX_WAITING_PER_ADDRESS = 100;
/** Those who may admit are told of the lobby at most this often, ms. */
export const LOBBY_NOTICE_MS = 500;
/** What somebody in the lobby writes to those who may let them in. */
export const MAX_WAITING_NOTE_LENGTH = 200;
export const MAX_ID_LENGTH = 64;
/** The latest time that a `Date` can represent (ECMA-262, 21.4.1.1), epoch ms. */
export const MAX_TIMESTAMP = 8.64e15;
/** Chat messages stored for each room, and how many of them `joinRoom` returns. */
export const MAX_CHAT_HISTORY = 500;
export const CHAT_HISTORY_ON_JOIN = 50;
/** Messages a page keeps and shows; the oldest go first. */
export const MAX_CHAT_SHOWN = 1000;

// --- RTP descriptions (generous: Chromium 156 offers 30 codecs and 14 header extensions) ---------

export const MAX_RTP_CODECS = 128;
/** Variants of one codec (profiles, packetization modes) in a receiver's capabilities; further ones are ignored. */
export const MAX_CODEC_VARIANTS = 16;
export const MAX_RTP_HEADER_EXTENSIONS = 64;
export const MAX_RTP_ENCODINGS = 8;
/** Per codec. H264 has the most, 25 (RFC 6184). */
export const MAX_FORMAT_PARAMETERS = 32;
export const MAX_RTCP_FEEDBACKS = 16;
export const MAX_RTP_STRING_LENGTH = 256;
export const MAX_DTLS_FINGERPRINTS = 16;

// --- rooms and people ----------------------------------------------------------------------------

export const MAX_ROOMS_PER_HOST = 200;
/** Per media worker process; there is one worker for each core. */
export const MAX_ROOMS_PER_WORKER = 100;
export const MAX_PARTICIPANTS_PER_ROOM = 250;
/** Additional capacity for those who join as host, so that nobody can fill a meeting and keep its host out. */
export const SPARE_CAPACITY_FOR_HOSTS = 5;
/** Clients in pre-join that have transports, besides those who have joined. */
export const MAX_PREPARED_PER_ROOM = 50;
/** Of those, clients from one address: others can still prepare, and come by the HTTP media API. */
export const MAX_PREPARED_PER_ROOM_AND_ADDRESS = 25;
/** Memberships stored for each room, those of people who have left included. */
export const MAX_MEMBERSHIPS_PER_ROOM = 1000;
/** `userId`s of deleted memberships stored for each room; at the limit, nobody is given a `userId` of their own choice. */
export const MAX_FORMER_USER_IDS_PER_ROOM = 10_000;
/** Invites per room; at the limit, a new one replaces a revoked or expired one. */
export const MAX_INVITES_PER_ROOM = 500;
/** Latest uses stored for each invite. */
export const MAX_USES_PER_INVITE = 20;
/** Scheduled rooms exist for a long time: fewer than all rooms, so that an unscheduled meeting can always start. */
export const MAX_SCHEDULED_ROOMS_PER_HOST = 100;
/** Rooms that can be created from other computers; the remaining capacity is for the host computer itself. */
export const MAX_ROOMS_FROM_ELSEWHERE = 160;
export const MAX_SCHEDULED_ROOMS_FROM_ELSEWHERE = 80;
/** Ended rooms whose name and attendance are stored, and attendance records for each room. */
export const MAX_ENDED_ROOMS = 1000;
export const MAX_ATTENDANCE_RECORDS_PER_ROOM = 5000;
export const MAX_PRODUCERS_PER_PARTICIPANT = 8;
export const MAX_CONSUMERS_PER_PARTICIPANT = 500;

// --- calls peer to peer --------------------------------------------------------------------------

/** Every peer sends to every other: a larger mesh exceeds their uplinks. */
export const MAX_PEERS_PER_ROOM = 16;
export const MAX_PEER_ROOMS = 500;
/** Of those, open rooms that were opened from one address. */
export const MAX_PEER_ROOMS_PER_ADDRESS = 50;
/** Rooms that one socket can be in at the same time. */
export const MAX_PEER_ROOMS_PER_SOCKET = 8;
/** The description in an offer or an answer at a desk; Chromium 156 takes 7 kB for a camera and a microphone, and 1 kB more per track. */
export const MAX_SDP_LENGTH = 64 * 1024;
export const MAX_ICE_CANDIDATE_LENGTH = 1024;
/** Candidates of one side of a call at a desk that are stored for the other. */
export const MAX_ICE_CANDIDATES = 200;
/** Messages relayed between peers in a room: length of an offer or answer and of a candidate as JSON text, and nesting depth. */
export const MAX_PEER_DESCRIPTION_LENGTH = 128 * 1024;
export const MAX_PEER_CANDIDATE_LENGTH = 8 * 1024;
export const MAX_PEER_MESSAGE_DEPTH = 8;
/** How long an offer and candidates at a desk are kept after their sender has disconnected. */
export const DESK_MEMORY_MS = 15 * 60_000;

// --- rates ---------------------------------------------------------------------------------------

/** Requests of one socket: a steady rate, and the burst that joining a large room needs. */
export const MAX_REQUESTS_PER_SECOND_PER_SOCKET = 50;
export const MAX_REQUEST_BURST_PER_SOCKET = 300;
/** Pings of one socket; they do not count as requests. A client sends at most one a second, and one at each change of its network. */
export const MAX_PINGS_PER_SECOND_PER_SOCKET = 1;
export const MAX_PING_BURST_PER_SOCKET = 10;
/** What one connection tells everyone in its meeting (messages, reactions, hand, name): each is told to all of them. */
export const MAX_MESSAGES_PER_SECOND_PER_SOCKET = 3;
export const MAX_MESSAGE_BURST_PER_SOCKET = 30;
/** What one connection changes of what it sends: a new producer counts 3, one that is resumed 2, its end and its pause nothing. */
export const MAX_CHANGES_PER_SECOND_PER_SOCKET = 6;
export const MAX_CHANGE_BURST_PER_SOCKET = 60;
/**
 * What one client sends on to single others in calls from browser to browser, 1 for each started KiB. A peer that
 * joins the largest peer room sends 15 descriptions of 10 KiB and the candidates that belong to them; what nobody
 * reads must stay far below `MAX_UNREAD_BYTES`.
 */
export const MAX_RELAYED_KIB_PER_SECOND = 64;
export const MAX_RELAYED_KIB_BURST = 2048;
/** How much of the list of appointments the professional at a desk is told after changes, in started KiB: it can have `MAX_INVITES_PER_ROOM` rows. */
export const MAX_APPOINTMENT_LIST_KIB_PER_SECOND = 256;
export const MAX_APPOINTMENT_LIST_KIB_BURST = 2048;
/** How often one connection joins, and all of one address: a whole meeting may come from behind one router. */
export const MAX_JOINS_PER_MINUTE_PER_SOCKET = 10;
export const MAX_JOIN_BURST_PER_SOCKET = 10;
export const MAX_JOINS_PER_SECOND_PER_ADDRESS = 5;
export const MAX_JOIN_BURST_PER_ADDRESS = 300;
/** What is told to everybody in one room: enough for the largest meeting to come in at once with camera and microphone. */
export const MAX_EVENTS_PER_SECOND_PER_ROOM = 100;
export const MAX_EVENT_BURST_PER_ROOM = 2500;
/** Text of one room's chat, as UTF-8, counted once for everybody who is told of it: the longest message to the largest meeting is 3 MB. */
export const MAX_CHAT_BYTES_PER_SECOND_PER_ROOM = 4 * 1024 * 1024;
export const MAX_CHAT_BYTE_BURST_PER_ROOM = 32 * 1024 * 1024;
/** How often others are told that one participant's connection is lost or back; it draws on the room's events too. */
export const MAX_CONNECTION_CHANGES_PER_MINUTE_PER_PARTICIPANT = 12;
export const MAX_CONNECTION_CHANGE_BURST_PER_PARTICIPANT = 10;
/** Open connections to the host, and per address: a browser opens six, and a whole meeting can be behind one router. */
export const MAX_CONNECTIONS = 4000;
export const MAX_CONNECTIONS_PER_ADDRESS = 1000;
/** Connections beyond those, from this computer itself: nobody can keep its own people from their host. */
export const SPARE_CONNECTIONS_FOR_LOOPBACK = 100;
/** Open connections to the monitoring port: Prometheus needs one. And to the socket by which the owner lists and ends rooms. */
export const MAX_MONITORING_CONNECTIONS = 32;
export const MAX_CONTROL_CONNECTIONS = 8;
/** HTTP requests and new sockets of one address. */
export const MAX_REQUESTS_PER_SECOND_PER_ADDRESS = 100;
export const MAX_REQUEST_BURST_PER_ADDRESS = 600;
export const MAX_ROOMS_PER_MINUTE_PER_ADDRESS = 30;
/** HTTP requests that create, list, revoke or validate invites, or use a host token. */
export const MAX_TOKEN_TRIES_PER_MINUTE_PER_ADDRESS = 120;
/** Requests for rooms that do not exist: ids are short, and it must not be possible to find meetings by trying. */
export const MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS = 30;
export const MAX_TRANSPORTS_PER_MINUTE = 20;
/**
 * Sockets that have not joined a room: how many of one address, and how long each may stay. A class or an
 * office may be behind one router, and reconnect at once; whoever is refused tries again.
 */
export const MAX_UNJOINED_SOCKETS_PER_ADDRESS = 100;
export const UNJOINED_SOCKET_MS = 15 * 60_000;
/** How long the host waits for an attendee of the HTTP media API to open its events. */
export const UNOPENED_EVENTS_MS = 30_000;
/** Addresses for which rates are kept; the least recently seen are dropped first. */
export const MAX_TRACKED_ADDRESSES = 10_000;

// --- lifetimes -----------------------------------------------------------------------------------

/** How long membership and media of a participant are kept after the connection was lost. */
export const RECOVERY_MS = 15_000;
/** How long a room stays that nobody has joined yet, or whose last participants lost their connections. */
export const EMPTY_ROOM_MS = 15 * 60_000;
/** How long a room that had not ended waits for its participants after a restart of the host. */
export const RESTORED_ROOM_MS = 15 * 60_000;
/** How far ahead a room can be scheduled. */
export const MAX_SCHEDULE_AHEAD_MS = 731 * 24 * 60 * 60_000;
/** How long a scheduled room stays after its start, or after the last who was in it. */
export const SCHEDULED_ROOM_MS = 30 * 24 * 60 * 60_000;
/** How long attendance records may wait, to be written together. */
export const ATTENDANCE_BATCH_MS = 1000;
/** Interval of the cleanup of what no event has removed. */
export const SWEEP_MS = 30_000;
/** How often a connection is pinged, and how long the client may take to answer. */
export const PING_INTERVAL_MS = 5000;
export const PING_TIMEOUT_MS = 10_000;
/** How long clients have to receive the last messages when the host closes. */
export const LAST_MESSAGES_MS = 1000;
/** How long a new connection may take until its first byte. */
export const FIRST_BYTE_MS = 10_000;

// --- discovery on the local network --------------------------------------------------------------

/** A larger DNS message is ignored (RFC 6762, section 17). */
export const MAX_DISCOVERY_MESSAGE_BYTES = 9000;
/** DNS messages that are read from one address; further ones are ignored. A host sends two to each query, and a query comes every few seconds. */
export const MAX_DISCOVERY_MESSAGES_PER_SECOND_PER_ADDRESS = 20;
export const MAX_DISCOVERY_MESSAGE_BURST_PER_ADDRESS = 200;
/** Announced hosts that are kept; further ones are ignored until one of these has gone. */
export const MAX_NEARBY_HOSTS = 50;
/** Addresses of one announced host, each of which may be tried. */
export const MAX_ADDRESSES_PER_NEARBY_HOST = 8;
/** Length of the version in an announcement. */
export const MAX_ANNOUNCED_VERSION_LENGTH = 32;
/** How often hosts are asked whether they are still there, and how long one may be silent. */
export const NEARBY_QUERY_MS = 8_000;
export const NEARBY_SILENCE_MS = 25_000;
/** How long an id is good by which people on the network may knock at a room. */
export const KNOCK_ID_MS = 60 * 60_000;
/** Rooms of one host nearby that are shown; the others are left out. */
export const MAX_NEARBY_ROOMS_SHOWN = 20;
/** An answer that the app's main process reads from a host: its size, and how long it may take. The largest lists `MAX_ROOMS_PER_HOST` rooms. */
export const MAX_PINNED_ANSWER_BYTES = 64 * 1024;
export const PINNED_ANSWER_MS = 5000;

// --- between the app's main process and its window -----------------------------------------------

/** A pasted or opened link: an invite with the longest token, and space for the rest. */
export const MAX_LINK_LENGTH = 8192;
/** Preferences of the page that the app stores: how many entries, and how long each key and value. */
export const MAX_PREFERENCES = 100;
export const MAX_PREFERENCE_LENGTH = 16 * 1024;
/** The length that BCP 47 asks programs to support (RFC 5646, section 4.4.1). */
export const MAX_LANGUAGE_LENGTH = 35;
/** Chromium's ids of screens and windows are like `window:12345:0`. */
export const MAX_SOURCE_ID_LENGTH = 128;
/** Addresses whose key the app stores. */
export const MAX_KNOWN_HOSTS = 500;
/** Meetings that a browser or the app stores: those the person was in, and those the person created. The oldest are dropped first. */
export const MAX_RECENT_ROOMS = 10;
export const MAX_OWN_ROOMS = 50;
/** How long a host may take to show its certificate. */
export const PROBE_MS = 5_000;
