/** The import directions of docs/architecture.md: imports only go down. */
const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const SOURCE = '^(src-|e2e|bench|scripts|config)';

const MEETING = '^src-main/host/meeting/';
/** The parts of meeting/, the highest first: each imports only the parts after it. */
const MEETING_PARTS = Object.entries({
  rooms: '(rooms|index)[.]ts$',
  direct: 'direct/',
  desk: 'desk/',
  session: 'session/',
  room: 'room/(?!media/)',
  'room-media': 'room/media/',
  admission: 'admission/',
  participants: 'participants/',
  connection: 'connection/',
  rates: 'rates/',
  base: '(?!rooms|index)[^/]+[.]ts$',
});
const anyOf = (parts) => `${MEETING}(${parts.map(([, path]) => path).join('|')})`;
const meetingDirections = MEETING_PARTS.slice(1).map(([name, path], index) =>
  only(
    `meeting-${name}-below`,
    'The parts of meeting/ import in one direction.',
    { path: MEETING + path, pathNot: '([.]test|/testing)[.]ts$' },
    { path: anyOf(MEETING_PARTS.slice(0, index + 1)) },
  ),
);

module.exports = {
  forbidden: [
    only('no-circular', 'A circle has no bottom.', {}, { circular: true }),
    only(
      'shared-knows-nobody',
      'src-shared runs anywhere.',
      { path: '^src-shared' },
      { path: SOURCE, pathNot: '^src-shared' },
    ),
    only(
      'shared-no-platform',
      'src-shared has no Node, no Electron, one library and one list of words.',
      { path: '^src-shared', pathNot: '[.]test[.]ts$' },
      {
        dependencyTypes: ['core', 'npm', 'npm-dev'],
        pathNot: 'node_modules/(valibot|@scure/bip39/wordlists)/',
      },
    ),
    only(
      'renderer-knows-shared',
      'The window reaches the host over the wire or over IPC only.',
      { path: '^src-renderer' },
      {
        path: SOURCE,
        pathNot: '^src-(renderer|shared)',
      },
    ),
    only(
      'main-knows-shared',
      'The host does not know the window.',
      { path: '^src-main' },
      { path: SOURCE, pathNot: '^src-(main|shared)' },
    ),
    only(
      'host-without-desktop',
      'The host runs without Electron.',
      { path: '^src-main/host' },
      { path: '^src-main/', pathNot: '^src-main/host' },
    ),
    only(
      'rules-know-nobody',
      'meeting/ is rules alone: no I/O, no sockets, no mediasoup.',
      {
        path: '^src-main/host/meeting',
        pathNot: '([.]test|/testing)[.]ts$',
      },
      { pathNot: '^(src-main/host/(meeting|rates/rate-limit[.]ts)|src-shared)' },
    ),
    only(
      'rates-below',
      'rates/ is below all that counts by it.',
      { path: '^src-main/host/rates', pathNot: '[.]test[.]ts$' },
      { path: SOURCE, pathNot: '^(src-main/host/(rates|address[.]ts)|src-shared)' },
    ),
    ...meetingDirections,
    only(
      'meeting-parts-listed',
      'A folder of meeting/ needs a position among the others.',
      { path: MEETING },
      { path: MEETING, pathNot: anyOf(MEETING_PARTS) },
    ),
    only(
      'media-implements-ports',
      'media/, store/ and tokens/ know the ports they implement, not the rules.',
      {
        path: '^src-main/host/(media|store|tokens)/',
      },
      { path: '^src-main/host/(gateways|network)|^src-main/host/meeting/(?!ports|index)' },
    ),
    only(
      'gateways-know-meeting',
      'A gateway translates: it calls the meeting and never media, store or tokens.',
      { path: '^src-main/host/gateways' },
      {
        path: '^src-main/host/(media|store|tokens)/',
      },
    ),
    only(
      'discovery-knows-the-network',
      'discovery/ knows addresses and interfaces, not what the host carries: nothing of rooms may reach an announcement.',
      { path: '^src-main/host/discovery/', pathNot: '([.]test|/testing)[.]ts$' },
      {
        path: '^src-main/',
        pathNot: '^src-main/host/(discovery/|network/(interfaces|names)[.]|address[.]|rates/|meeting/index[.])',
      },
    ),
    only(
      'discovery-from-outside',
      'Who announces or looks for hosts: the host, the app and the command line.',
      { path: '^src-main/', pathNot: '^src-main/(host/(host[.]|discovery/)|desktop/nearby/|command-line/)' },
      { path: '^src-main/host/discovery/' },
    ),
    only(
      'multicast-dns-in-discovery',
      'Only host/discovery reads and writes messages of DNS.',
      { pathNot: '^src-main/host/discovery/' },
      { path: 'node_modules/dns-packet/' },
    ),
    only(
      'electron-in-desktop',
      'Only the desktop app imports Electron.',
      { pathNot: '^(src-main/(desktop/|main|preload)|e2e/desktop)' },
      { path: '(^|/)node_modules/electron/' },
    ),
    only(
      'mediasoup-in-media',
      'Only host/media imports mediasoup.',
      { pathNot: '^(src-main/host/media|bench/gateways/bare)' },
      { path: 'node_modules/mediasoup/' },
    ),
    only(
      'socket-in-signaling',
      'Only client/signaling imports the socket.',
      {
        path: '^src-renderer',
        pathNot: '^src-renderer/client/signaling/',
      },
      { path: 'node_modules/socket[.]io-client/' },
    ),
    only(
      'mediasoup-client-in-media',
      'Only client/media imports mediasoup-client.',
      {
        path: '^src-renderer',
        pathNot: '^src-renderer/client/media/',
      },
      { path: 'node_modules/mediasoup-client/' },
    ),
    only(
      'messages-compiled-in-build',
      'The page carries compiled messages, no parser of them.',
      { path: '^src-renderer', pathNot: '^src-renderer/i18n/build/' },
      { path: 'node_modules/@formatjs/icu-messageformat-parser/' },
    ),
    only(
      'core-without-screens',
      'The client core does not know the screens that show it.',
      { path: '^src-renderer/client' },
      {
        path: '^src-renderer/(screens|components|App)',
      },
    ),
    only(
      'calls-without-rooms',
      'A call at a desk goes from browser to browser: of the client core it uses signaling, devices and settings.',
      { path: '^src-renderer/client/calls' },
      {
        path: '^src-renderer/client/(media|session|meeting[.]|index)',
      },
    ),
    only(
      'rooms-without-calls',
      'A room knows no desk.',
      { path: '^src-renderer/client/(signaling|session|media|devices|state|settings|meeting[.])' },
      { path: '^src-renderer/client/calls' },
    ),
    only(
      'signaling-below',
      'Signaling, devices and settings know neither the session nor what it shows.',
      { path: '^src-renderer/client/(signaling|devices|settings)' },
      { path: '^src-renderer/client/(session|state|meeting[.]|index)' },
    ),
    only(
      'signaling-stores-nothing',
      'What a host answered is kept by whom it belongs to.',
      { path: '^src-renderer/client/signaling' },
      { path: '^src-renderer/client/settings' },
    ),
    only(
      'media-below-session',
      'Media knows neither the session nor what screens see.',
      { path: '^src-renderer/client/media' },
      { path: '^src-renderer/client/(session|state|meeting[.]|index)' },
    ),
    only(
      'strangers-read-documents',
      'The clients that try the documents know nothing else of the host.',
      { path: '^e2e/protocol' },
      { path: '^(src-|bench|scripts)' },
    ),
    only('no-orphans-resolved', 'Every import must resolve.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'config/tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'require', 'node', 'default', 'types'],
    },
    exclude: { path: '^(dist|node_modules/.cache)' },
  },
};
