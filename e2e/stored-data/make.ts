/**
 * `node e2e/stored-data/make.ts` keeps what this version of Parley stores, in a folder named after it,
 * for the tests of this version and of all later ones. To be run once for each version whose format is new.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { openAppFiles } from '../../src-main/desktop/files/app-files.ts';
import { Client, emit } from './client.ts';
import { type Facts, folderOf, type RoomFacts } from './facts.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const Listening = v.object({ port: v.number(), fingerprint: v.string() });
const Package = v.object({ version: v.string() });
const CreatedRoom = v.object({ roomId: v.string(), hostToken: v.string() });
const CreatedInvite = v.object({ id: v.string(), token: v.string() });
type State = RoomFacts['invites'][number]['state'];

async function startHost(data: string): Promise<{ child: ChildProcess; client: Client; fingerprint: string }> {
  const headless = join(ROOT, 'src-main', 'headless.ts');
  const options = ['--json', '--no-announce', '--port', '0', '--media-port', '0', '--data', data];
  const child = spawn(process.execPath, [headless, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { port, fingerprint } = v.parse(Listening, JSON.parse(line));
  return { child, client: new Client(port), fingerprint };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await once(child, 'exit');
}

/** A room, and what has been done in it. */
class Room {
  readonly facts: RoomFacts;
  readonly #client: Client;

  private constructor(client: Client, facts: RoomFacts) {
    this.#client = client;
    this.facts = facts;
  }

  static async create(client: Client, { name, startsAt }: { name: string; startsAt?: number }): Promise<Room> {
    const body = { hostName: 'Ada Lovelace', name, ...(startsAt !== undefined && { startsAt }) };
    const created = v.parse(CreatedRoom, (await client.http('/api/rooms', { method: 'POST', body })).body);
    return new Room(client, { ...created, name, people: [], invites: [], messages: [] });
  }

  async invite(body: { role: string; [more: string]: unknown }, state: State = 'valid') {
    const { roomId, hostToken: token } = this.facts;
    const path = `/api/rooms/${roomId}/invites`;
    const created = v.parse(CreatedInvite, (await this.#client.http(path, { method: 'POST', token, body })).body);
    const invite = { ...created, role: body.role, uses: new Array<string>(), state };
    if (state === 'revoked') await this.#client.http(`${path}/${created.id}`, { method: 'DELETE', token });
    this.facts.invites.push(invite);
    return invite;
  }

  /** Somebody comes, by an invite, by the host token, or by neither. */
  async join(userName: string, userId: string, by?: RoomFacts['invites'][number] | 'host token') {
    const { roomId, hostToken } = this.facts;
    const token = by === 'host token' ? hostToken : by?.token;
    const message = { roomId, userName, userId, ...(token !== undefined && { token }) };
    const { socket, joined } = await this.#client.join(message);
    if (by !== undefined && by !== 'host token') by.uses.push(userId);
    const known = joined.participants.find((one) => one.userId === userId)?.userName ?? userName;
    const { role, sessionToken } = joined;
    this.facts.people.push({ userId, userName: known, role, sessionToken });
    const say = async (said: string, to?: string) => {
      await emit(socket, 'sendMessage', { roomId, message: said, ...(to !== undefined && { to }) });
      this.facts.messages.push({ from: userId, message: said, ...(to !== undefined && { to }) });
    };
    return { socket, say };
  }
}

async function writeHost(data: string): Promise<Facts> {
  const first = await startHost(data);
  const ended = await Room.create(first.client, { name: 'Yesterday' });
  await ended.join('Ada Lovelace', 'ada', 'host token');
  const startsAt = Date.now() + 7 * DAY_MS;
  const scheduled = await Room.create(first.client, { name: 'Next week', startsAt });
  await scheduled.invite({ role: 'participant', name: 'Grace Hopper' });
  const early = await scheduled.join('Ada Lovelace', 'ada', 'host token');
  await early.say('I am a week early.');
  first.client.close();
  await end(first.child, 'SIGTERM');

  const { child, client, fingerprint } = await startHost(data);
  const open = await Room.create(client, { name: 'Morning round' });
  const coHost = await open.invite({ role: 'co-host', name: 'Bo of the office' });
  const several = await open.invite({ role: 'participant' });
  const watching = await open.invite({ role: 'viewer' });
  await open.invite({ role: 'host', name: 'Substitute' });
  await open.invite({ role: 'participant' }, 'revoked');
  await open.invite({ role: 'participant', expires: Date.now() + 10 * MINUTE_MS }, 'expired');
  await open.invite({ role: 'participant', notBefore: Date.now() + DAY_MS }, 'early');
  const ada = await open.join('Ada Lovelace', 'ada', 'host token');
  const bo = await open.join('Bo', 'bo', coHost);
  const cy = await open.join('Cy Twombly', 'cy', several);
  await open.join('Dee', 'dee', watching);
  await open.join('Ève Ångström', 'eve', several);
  const guest = await open.join('Guest', 'guest');
  await ada.say('Good morning, all of you.');
  await bo.say('Only for Ada.', 'ada');
  await cy.say('Línea uno\nlínea dos 🙂');
  await ada.say('Only for Cy.', 'cy');
  await guest.say('I leave now.');
  guest.socket.disconnect();

  const desk = await Room.create(client, { name: 'Consultations' });
  const appointment = { id: 'a1', title: 'First consultation', startsAt: Date.now() + DAY_MS };
  await desk.invite({ role: 'professional', name: 'Dr. Okafor' });
  await desk.invite({ role: 'client', name: 'Ada', appointment });
  // Waits until the host has seen the guest leave.
  await client.http(`/api/rooms/${open.facts.roomId}`);
  await end(child, 'SIGKILL');
  client.close();
  return {
    madeAt: Date.now(),
    fingerprint,
    open: open.facts,
    scheduled: scheduled.facts,
    endedRoomId: ended.facts.roomId,
    desk: { ...desk.facts, appointment },
  };
}

/** What the app keeps beside its host. */
function writeApp(folder: string): void {
  const files = openAppFiles(folder);
  const key = (fingerprint: string) => ({ trust: 'key', fingerprint }) as const;
  files.knownHosts.remember('https://192.168.1.20:7443', key('n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg'));
  files.knownHosts.remember('https://meet.example.org', key('LCa0a2j_xo_5m0U8HTBBNBNCLXBkg7-g-YpeiGJm564'));
  files.knownHosts.remember('https://[fd00::20]:7443', key('n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg'));
  files.theme.save('dark');
  files.window.save({ x: 120, y: 80, width: 1440, height: 900, maximized: false });
  // As the page writes them: whole, as JSON in a text.
  const microphone = { id: 'a41d', group: '77c0', label: 'Headset' };
  const chosen = { name: 'Ada Lovelace', theme: 'dark', language: 'es', microphone, camera: null, speaker: null };
  const recent = {
    roomId: 'k3v9x2m7',
    name: 'Morning round',
    hostName: 'reception',
    origin: 'https://192.168.1.20:7443',
    fingerprint: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
    at: Date.UTC(2026, 10, 30),
  };
  files.preferences.save({
    'parley.preferences': JSON.stringify({ ...chosen, microphoneOn: false, cameraOn: true }),
    'parley.capture': JSON.stringify('360p'),
    'parley.recent': JSON.stringify([recent, { ...recent, roomId: 'p2', desk: true, name: 'Desk', fingerprint: null }]),
  });
}

const { version } = v.parse(Package, JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')));
const folder = folderOf(version);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
writeApp(join(folder, 'app'));
const facts = await writeHost(join(folder, 'host'));
await writeFile(join(folder, 'facts.json'), `${JSON.stringify(facts, null, 2)}\n`);
console.log(`Stored data of ${version} is in ${folder}`);
