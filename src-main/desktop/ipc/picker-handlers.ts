/** Carries out each call of the screen picker's page. */
import type { Shell } from 'electron';
import type { PICKER_CALLS, PickerAnswers } from '../../../src-shared/picker-ipc.ts';
import { screenSettings } from '../screen-share/capabilities.ts';
import type { ScreenPicker } from '../screen-share/screen-picker.ts';
import type { Handlers } from './serve.ts';

export interface PickerHandlerParts {
  picker: ScreenPicker;
  shell: Pick<Shell, 'openExternal'>;
  system: NodeJS.Platform;
  appearance: { readonly language: string };
}

export function createPickerHandlers({
  picker,
  shell,
  system,
  appearance,
}: PickerHandlerParts): Handlers<typeof PICKER_CALLS, PickerAnswers> {
  return {
    context: () => ({ ...picker.context, language: appearance.language }),
    sources: () => picker.sources(),
    answer: (choice) => {
      picker.answer(choice);
      return null;
    },
    openSettings: async () => {
      const page = screenSettings(system);
      if (page !== null) await shell.openExternal(page);
      return null;
    },
  };
}
