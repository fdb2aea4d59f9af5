import * as v from 'valibot';
import { MAX_NAME_LENGTH } from '../../../src-shared/limits.ts';
import { CaptureSize } from '../devices/constraints.ts';
import type { KeyValueStorage } from '../../platform/index.ts';
import { onThisComputer, storedValue } from './stored-value.ts';
import type { StoredValue } from './stored-value.ts';

/** A device by every name it has: ids change with permissions, groups with ports, labels hardly ever. */
export const DeviceMemory = v.object({ id: v.string(), group: v.string(), label: v.string() });
export type DeviceMemory = v.InferOutput<typeof DeviceMemory>;

/** Of a language tag; the longest in use are shorter. */
const MAX_LANGUAGE_LENGTH = 35;

const Stored = v.object({
  /** As it is being typed; trimmed when it is used. */
  name: v.fallback(v.pipe(v.string(), v.maxLength(MAX_NAME_LENGTH)), ''),
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  language: v.fallback(v.pipe(v.string(), v.maxLength(MAX_LANGUAGE_LENGTH)), 'system'),
  microphone: v.fallback(v.nullable(DeviceMemory), null),
  camera: v.fallback(v.nullable(DeviceMemory), null),
  speaker: v.fallback(v.nullable(DeviceMemory), null),
  microphoneOn: v.fallback(v.boolean(), true),
  cameraOn: v.fallback(v.boolean(), true),
});
type Stored = v.InferOutput<typeof Stored>;

export type Theme = Stored['theme'];
export type Language = Stored['language'];

/** What a person set once and finds again. Reactive; every assignment is remembered. */
export class Preferences {
  readonly #memory: StoredValue<Stored>;
  readonly #capture: StoredValue<CaptureSize>;
  #values: Stored;

  constructor(storage: () => KeyValueStorage = onThisComputer) {
    this.#memory = storedValue(storage, 'parley.preferences', Stored);
    this.#capture = storedValue(storage, 'parley.capture', CaptureSize);
    this.#values = $state.raw(this.#memory.read() ?? v.parse(Stored, {}));
  }

  get name(): string {
    return this.#values.name;
  }
  set name(name: string) {
    // Every joining names the person: mostly as before.
    if (name !== this.name) this.#set({ name });
  }

  get theme(): Theme {
    return this.#values.theme;
  }
  set theme(theme: Theme) {
    this.#set({ theme });
  }

  get language(): Language {
    return this.#values.language;
  }
  set language(language: Language) {
    this.#set({ language });
  }

  /** How large the own camera is opened: `localStorage['parley.capture'] = '"360p"'` spares a slow computer. */
  get capture(): CaptureSize {
    return this.#capture.read() ?? '720p';
  }

  device(kind: 'microphone' | 'camera' | 'speaker'): DeviceMemory | null {
    return this.#values[kind];
  }

  rememberDevice(kind: 'microphone' | 'camera' | 'speaker', device: DeviceMemory): void {
    this.#set({ [kind]: device });
  }

  startsOn(kind: 'microphone' | 'camera'): boolean {
    return this.#values[kind === 'camera' ? 'cameraOn' : 'microphoneOn'];
  }

  rememberOn(kind: 'microphone' | 'camera', on: boolean): void {
    this.#set(kind === 'camera' ? { cameraOn: on } : { microphoneOn: on });
  }

  #set(change: Partial<Stored>): void {
    this.#values = { ...this.#values, ...change };
    this.#memory.write(this.#values);
  }
}
