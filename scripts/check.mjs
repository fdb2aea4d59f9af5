// @ts-check
// `npm run lint` and `npm run types` look at the sources as `npm test` does; `npm run format` puts them in form.
import { command } from './setup/command.mjs';
import { Progress } from './setup/progress.mjs';
import { NODE_STEPS, provideNode } from './setup/ready.mjs';
import { handOver } from './setup/run.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { CHECKS, PRETTIER_CACHE, TOOL } from './testing/tools.mjs';

/** What each command runs, in turn. @type {Record<string, string[][]>} */
const COMMANDS = {
  lint: [CHECKS.lint.args, CHECKS.lintSvelte.args, CHECKS.imports.args],
  types: [CHECKS.types.args, CHECKS.svelte.args],
  format: [[TOOL.prettier, '--write', '--log-level=warn', ...PRETTIER_CACHE, '.']],
};

await command(async ([name = '', ...options]) => {
  const programs = COMMANDS[name];
  if (!programs) throw new SetupError(`Usage: node scripts/check.mjs ${Object.keys(COMMANDS).join(' | ')}`);
  const { node, env } = await provideNode(new Progress({ total: NODE_STEPS }));
  let worst = 0;
  for (const args of programs) worst = Math.max(worst, await handOver(node, [...args, ...options], { env }));
  return worst;
});
