/** Presents what the stand-in has as what Electron's types promise: the rest is there too, and throws. */
import type { EventEmitter } from 'node:events';

/** Thrown wherever an app uses what only the real Electron has. */
export class NotInStandIn extends Error {
  override readonly name = 'NotInStandIn';

  /** @param what as it continues "the stand-in has no" */
  constructor(what: string) {
    super(`the stand-in has no ${what}`);
  }
}

/** What of `Whole` is built here, each member with Electron's own type. */
export type Part<Whole> = { [Key in Exclude<keyof Whole, keyof EventEmitter>]?: Whole[Key] };

/** Looked for by JavaScript itself, Playwright and Node's inspector on any object whatever. */
const PROBES: ReadonlySet<string | symbol> = new Set(['then', 'toJSON', 'inspect', 'nodeType']);

/** @param name what messages call it, such as `app` */
export function present<Whole extends object>(name: string, part: Part<Whole>): Whole {
  // The one cast: the traps below hold what it says, by throwing where `part` has nothing.
  return new Proxy(part, traps(name, part)) as Whole;
}

/** The same for a class. @param construct makes what `new` gives */
export function presentClass<Whole extends abstract new (...options: never) => object>(
  name: string,
  construct: (...options: ConstructorParameters<Whole>) => InstanceType<Whole>,
  statics: Part<Whole>,
): Whole {
  const construction: ProxyHandler<() => void> = {
    ...traps(name, statics),
    construct: (_target, options: ConstructorParameters<Whole>) => construct(...options),
  };
  // A function, because nothing else can be constructed.
  return new Proxy(function () {}, construction) as unknown as Whole;
}

function traps(name: string, part: object): ProxyHandler<object> {
  const missing = (key: string | symbol) => new NotInStandIn(`${name}.${String(key)}`);
  return {
    get(_target, key) {
      if (!Reflect.has(part, key)) {
        if (typeof key === 'symbol' || PROBES.has(key)) return undefined;
        throw missing(key);
      }
      const value: unknown = Reflect.get(part, key);
      // Private fields are the part's own: its methods must not see the proxy as `this`.
      return typeof value === 'function' ? (value.bind(part) as unknown) : value;
    },
    set(_target, key, value) {
      if (!Reflect.has(part, key)) throw missing(key);
      return Reflect.set(part, key, value);
    },
  };
}
