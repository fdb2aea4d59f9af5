import { expect, it } from 'vitest';
import { isFromPage } from './serve.ts';

const ours = { id: 1 };
const other = { id: 2 };
const frame = (url: string, parent: object | null = null) => ({ url, parent });
const page = frame('app://parley/r/x');

it.each([
  ['our page', { sender: ours, senderFrame: page }, true],
  ['another window’s page', { sender: other, senderFrame: page }, false],
  ['a frame that is gone', { sender: ours, senderFrame: null }, false],
  ['a frame within the page', { sender: ours, senderFrame: frame('app://parley/', page) }, false],
  ['another page in our window', { sender: ours, senderFrame: frame('https://example.com/') }, false],
  ['another host of our scheme', { sender: ours, senderFrame: frame('app://parley.evil/') }, false],
])('%s: %s', (_who, event, trusted) => {
  expect(isFromPage(event, ours)).toBe(trusted);
});

it('trusts nobody while there is no window', () => {
  expect(isFromPage({ sender: ours, senderFrame: page }, null)).toBe(false);
});
