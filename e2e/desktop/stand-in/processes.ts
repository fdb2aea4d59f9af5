/** Lists processes, to test that none is left running (Linux). */
import { readdirSync, readFileSync } from 'node:fs';

interface Entry {
  pid: number;
  parent: number;
  state: string;
}

/** All processes that a process has started, directly or not. */
export function descendants(pid: number, all: readonly Entry[] = entries()): number[] {
  const children = all.filter(({ parent }) => parent === pid).map((entry) => entry.pid);
  return [...children, ...children.flatMap((child) => descendants(child, all))];
}

/** Those of `pids` that still run. Zombies do not count. */
export function running(pids: readonly number[]): number[] {
  return entries()
    .filter(({ pid, state }) => pids.includes(pid) && state !== 'Z')
    .map(({ pid }) => pid);
}

function entries(): Entry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`);
      // The name before it may hold anything, brackets too.
      const [, state = '', parent = ''] = /\) (\S) (\d+)[^)]*$/.exec(stat) ?? [];
      return stat === '' ? [] : [{ pid: Number(name), parent: Number(parent), state }];
    });
}

/** Empty when the process has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
