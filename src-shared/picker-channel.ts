import type { PickerCall } from './picker-ipc.ts';

/** The channel of a call of the picker. Apart from the contract, so that its preload carries no schemas. */
export const pickerChannel = (name: PickerCall): string => `parley-picker:${name}`;
