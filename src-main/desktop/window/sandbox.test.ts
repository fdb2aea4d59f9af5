import { expect, it } from 'vitest';
import { lacksSandbox } from './sandbox.ts';

const commandLine = (...switches: string[]) => ({ hasSwitch: (name: string) => switches.includes(name) });

it('is missed in an installed app alone', () => {
  expect(lacksSandbox(true, commandLine('no-sandbox'))).toBe(true);
  expect(lacksSandbox(true, commandLine('no-proxy-server'))).toBe(false);
  expect(lacksSandbox(false, commandLine('no-sandbox'))).toBe(false);
});
