/** Presents the stand-in's objects with Electron's complete types: every member that the stand-in lacks throws. */
import type { EventEmitter } from 'node:events';

/** Thrown when an app uses something that the stand-in does not have. */
export class NotInStandIn extends Error {
  override readonly name = 'NotInStandIn';

  /** @param what as it continues "the stand-in has no" */
  constructor(what: string) {
    super(`the stand-in has no ${what}`);
  }
}

/** What of `Whole` is built here, each member with Electron's own type. */
export type Part<Whole> = { [Key in Exclude<keyof Whole, keyof EventEmitter>]?: Whole[Key] };

/** Properties that JavaScript, Playwright and Node's inspector look up on every object. */
const PROBES: ReadonlySet<string | symbol> = new Set(['then', 'toJSON', 'inspect', 'nodeType']);

/** @param name what messages call it, such as `app` */
export function present<Whole extends object>(name: string, part: Part<Whole>): Whole {
  // The only cast. The proxy traps make it safe: they throw for every member that `part` lacks.
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
      // Private fields do not exist on the proxy, so methods are called on `part` itself.
      return typeof value === 'function' ? (value.bind(part) as unknown) : value;
    },
    set(_target, key, value) {
      if (!Reflect.has(part, key)) throw missing(key);
      return Reflect.set(part, key, value);
    },
  };
}
