/** The only bridge from the screen picker's page to the main process. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Answer } from '../src-shared/ipc.ts';
import { pickerChannel } from '../src-shared/picker-channel.ts';
import type { PickerAnswers, PickerBridge, PickerCall } from '../src-shared/picker-ipc.ts';

const ask = <Name extends PickerCall>(name: Name, argument?: unknown): Promise<Answer<PickerAnswers[Name]>> =>
  ipcRenderer.invoke(pickerChannel(name), argument);

const bridge: PickerBridge = {
  context: () => ask('context'),
  sources: () => ask('sources'),
  answer: (choice) => ask('answer', choice),
  openSettings: () => ask('openSettings'),
};

contextBridge.exposeInMainWorld('parleyPicker', bridge);
