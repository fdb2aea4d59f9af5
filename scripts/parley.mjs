#!/usr/bin/env node
// @ts-check
// `parley`: the host of a checkout that `npm run setup` has prepared, with the Node that it installed. Changes nothing.
import { existsSync } from 'node:fs';
import { command } from './setup/command.mjs';
import { HEADLESS } from './setup/host-process.mjs';
import { findNode } from './setup/node24.mjs';
import { ROOT } from './setup/paths.mjs';
import { handOver } from './setup/run.mjs';
import { SetupError } from './setup/setup-error.mjs';

await command(async (args) => {
  if (!existsSync(HEADLESS)) throw new SetupError(`Parley is not built yet: run \`npm run setup\` in ${ROOT}.`);
  // mediasoup finds its worker where the set-up has put it.
  return handOver(findNode(process), [HEADLESS, ...args], { cwd: process.cwd() });
});
