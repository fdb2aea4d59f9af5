import type { DeviceMemory } from '../settings/preferences.svelte.ts';
import type { DeviceChoice } from '../view.ts';

/** A device, as `enumerateDevices` describes it. */
export type DeviceInfo = Pick<MediaDeviceInfo, 'deviceId' | 'groupId' | 'label'>;

/** Chromium's ids for the system's default devices. They hide which device it is, and that it has changed. */
const ALIASES = ['default', 'communications'];

/** The devices a person can choose from: without aliases, and without those no permission names yet. */
export function realDevices<Info extends DeviceInfo>(devices: readonly Info[]): Info[] {
  return devices.filter(({ deviceId }) => deviceId !== '' && !ALIASES.includes(deviceId));
}

export function choicesOf(devices: readonly DeviceInfo[]): DeviceChoice[] {
  return devices.map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/**
 * The remembered device among those there are: by its id, else by label and group, else by label
 * alone (ids change when permissions are reset, groups when it is plugged in elsewhere). Null: gone.
 */
export function findRemembered<Info extends DeviceInfo>(
  devices: readonly Info[],
  memory: DeviceMemory | null,
): Info | null {
  if (!memory) return null;
  const labelled = devices.filter(({ label }) => label !== '' && label === memory.label);
  return (
    devices.find(({ deviceId }) => deviceId === memory.id) ??
    labelled.find(({ groupId }) => groupId === memory.group) ??
    labelled[0] ??
    null
  );
}

/** The device an open track really comes from, though it may have been opened by an alias. */
export function deviceOfTrack<Info extends DeviceInfo>(
  devices: readonly Info[],
  track: { label: string; settings: MediaTrackSettings },
): Info | null {
  const { deviceId, groupId } = track.settings;
  return (
    devices.find((device) => device.deviceId === deviceId) ??
    devices.find((device) => device.groupId === groupId && track.label.includes(device.label)) ??
    devices.find((device) => device.groupId === groupId) ??
    null
  );
}

export function memoryOf({ deviceId, groupId, label }: DeviceInfo): DeviceMemory {
  return { id: deviceId, group: groupId, label };
}
