/** Serializes what a preload and the main process exchange: JSON, and `undefined`. */
export interface Wire {
  /** @throws {Error} for values that it cannot serialize, although Electron's structured clone may */
  pack: (value: unknown) => string;
  unpack: (text: string) => unknown;
}

/** Runs in the page too, and is sent there as text, so it must not use anything outside this function. */
export function createWire(): Wire {
  const UNDEFINED = '$undefined';

  const encode = (value: unknown): unknown => {
    if (value === undefined) return { [UNDEFINED]: true };
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (Array.isArray(value)) return value.map(encode);
    if (typeof value !== 'object' || Object.getPrototypeOf(Object.getPrototypeOf(value) ?? {}) !== null)
      throw new Error(`the stand-in carries no ${Object.prototype.toString.call(value)} over IPC`);
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, encode(field)]));
  };

  const decode = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(decode);
    if (UNDEFINED in value) return undefined;
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, decode(field)]));
  };

  return { pack: (value) => JSON.stringify(encode(value)), unpack: (text) => decode(JSON.parse(text)) };
}
