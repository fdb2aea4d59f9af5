/** The lines of docs/http-api.md, pasted as they are into a shell, against a real host. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mediaApi } from '../../../src-shared/protocol/http/media-api.ts';
import { MediaEvent, MediaMessage } from '../../../src-shared/protocol/http/media-events.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';

const page = await readFile(new URL('../../../docs/http-api.md', import.meta.url), 'utf8');

let host: LiveHost;
beforeAll(async () => {
  host = await startLiveHost();
});
afterAll(() => host.close());

it('works when pasted', async () => {
  const lines = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block).join('');
  const written = 'HOST=https://localhost:7443\n';
  expect(lines).toContain(written);
  const script = lines.replace(written, `HOST=${host.origin}\n`);
  // What a line keeps to itself is shown at the end.
  const { stdout } = await promisify(execFile)('sh', ['-euc', `${script}\necho "$ATTENDEE"`]);
  const calls = lines.match(/\bcurl\b/g) ?? [];
  expect(calls).toHaveLength(6);
  expect(stdout.match(/"status":"success"/g), stdout).toHaveLength(calls.length);
  expect(stdout).toContain('"exists":true');
});

it('names every call and every event', () => {
  for (const [name, { method }] of Object.entries(mediaApi)) expect(page).toContain(`\`${method} ${name}\``);
  const told = MediaEvent.options.map(({ entries }) => entries.event.literal);
  for (const event of [...told, ...MediaMessage.entries.event.options]) expect(page).toContain(`\`${event}\``);
});
