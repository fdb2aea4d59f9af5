import type { PickerCall } from './picker-ipc.ts';

/** The IPC channel of a call of the picker. Separate from picker-ipc.ts, so that the preload script contains no schemas. */
export const pickerChannel = (name: PickerCall): string => `parley-picker:${name}`;
