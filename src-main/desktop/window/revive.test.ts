import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, it, vi } from 'vitest';
import { revive } from './revive.ts';

function contents() {
  const reload = vi.fn();
  const emitter = Object.assign(new EventEmitter(), { reload });
  revive(emitter as unknown as WebContents);
  return { reload, gone: (reason: string) => emitter.emit('render-process-gone', {}, { reason }) };
}

it('loads a crashed page again, but not for ever', () => {
  const { reload, gone } = contents();
  for (let crash = 0; crash < 10; crash++) gone('crashed');
  expect(reload).toHaveBeenCalledTimes(3);
});

it('leaves a page alone that ended as it should', () => {
  const { reload, gone } = contents();
  gone('clean-exit');
  expect(reload).not.toHaveBeenCalled();
});
