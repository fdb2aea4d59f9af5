import type { DeviceView } from '../../client/view.ts';

/** Switches a device on or off; one with a problem is tried again. */
export function toggle(device: DeviceView): void {
  void (device.problem ? device.retry() : device.setOn(!device.on));
}
