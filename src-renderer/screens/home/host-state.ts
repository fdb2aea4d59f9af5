import type { HostInfo } from '../../../src-shared/protocol/index.ts';

/** What is known of the host this window would open meetings on. */
export type HostState = 'looking' | 'silent' | HostInfo;
