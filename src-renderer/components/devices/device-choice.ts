/** What the controls say of the devices one can choose from. */
import { t } from '../../i18n/index.svelte.ts';
import type { DeviceView, RefusedDevice, SpeakerView } from '../../client/view.ts';

/** The choice in use. */
export function chosenOf(device: DeviceView): DeviceView['choices'][number] | undefined {
  return device.choices.find((choice) => choice.id === device.chosen) ?? device.choices[0];
}

/** Whether there is anything to choose: not every browser lets a page choose the speaker. */
export function isSelectable(device: DeviceView | SpeakerView): boolean {
  return device.choices.length > 0 && (!('selectable' in device) || device.selectable);
}

/** The name of the button that opens the choices: what it does, and the choice in use. */
export function chooseLabel(label: string, device: DeviceView): string {
  const chosen = chosenOf(device);
  return chosen ? `${label}: ${chosen.label}` : label;
}

/** That a chosen device could not be opened and why, and which device is used instead. */
export function refusalText({ label, problem, kept }: RefusedDevice): { title: string; kept: string } {
  const words = t().devices.refused;
  return { title: words[problem]({ device: label }), kept: words.kept({ device: kept }) };
}
