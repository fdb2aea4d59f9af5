/**
 * Calls between the page's world and the preload's, as Electron's `contextBridge` makes them: values
 * are copied (by Chromium, which clones an event's `detail` between worlds), functions and promises
 * go by reference.
 */
export interface Bridge {
  /** Lets the other side call a function by the number returned: the first is 1. */
  expose(callable: Callable): number;
  /** Calls a function of the other side, at once. @throws what it threw, copied */
  call(id: number, args: unknown[]): unknown;
}

// Unknown to the types of either side: contextBridge takes any function.
export type Callable = (...args: never[]) => unknown;

type Settle = (value: unknown) => void;

interface Call {
  id: number;
  args: unknown[];
}

type Outcome = { value: unknown } | { error: unknown };

/** A value as it is sent: functions, promises and errors are replaced by one of these. */
type Stand = { function: number } | { promise: number } | { thrown: { name: string; message: string } };

/**
 * Runs in the page and is sent there as text, so it must not use anything outside this function. Both sides
 * create one, with the secret event names swapped.
 *
 * @param mine the event on which this side is called
 * @param theirs the event on which the other side is
 */
export function createBridge(mine: string, theirs: string): Bridge {
  const STAND = '$standIn';
  const callables = new Map<number, Callable>();
  const ids = new WeakMap<Callable, number>();
  let answer: Outcome | undefined;

  const expose = (callable: Callable): number => {
    const id = ids.get(callable) ?? callables.size + 1;
    ids.set(callable, id);
    callables.set(id, callable);
    return id;
  };

  const isPlain = (value: unknown): value is Record<string, unknown> => {
    if (typeof value !== 'object' || value === null) return false;
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
  };

  const mapFields = (value: object, change: (field: unknown) => unknown) =>
    Object.fromEntries(Object.entries(value).map(([key, field]) => [key, change(field)]));

  const stand = (stand: Stand) => ({ [STAND]: stand });

  const pack = (value: unknown): unknown => {
    if (typeof value === 'function') return stand({ function: expose(value as Callable) });
    if (value instanceof Promise)
      return stand({ promise: expose((resolve: Settle, reject: Settle) => void value.then(resolve, reject)) });
    if (value instanceof Error) return stand({ thrown: { name: value.name, message: value.message } });
    if (Array.isArray(value)) return value.map(pack);
    return isPlain(value) ? mapFields(value, pack) : value;
  };

  const unpack = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unpack);
    if (!isPlain(value)) return value;
    const standing = value[STAND] as Stand | undefined;
    if (!standing) return mapFields(value, unpack);
    if ('function' in standing) return (...args: unknown[]) => call(standing.function, args);
    if ('promise' in standing) return new Promise((resolve, reject) => void call(standing.promise, [resolve, reject]));
    return Object.assign(new Error(standing.thrown.message), { name: standing.thrown.name });
  };

  const fire = (type: string, detail: Call | Outcome) => window.dispatchEvent(new CustomEvent(type, { detail }));

  const call = (id: number, args: unknown[]): unknown => {
    answer = undefined;
    // Listeners run before this returns: the answer is there then.
    fire(theirs, { id, args: args.map(pack) });
    const outcome = answer as Outcome | undefined;
    answer = undefined;
    if (!outcome) throw new Error('the other world does not answer');
    if ('error' in outcome) throw unpack(outcome.error);
    return unpack(outcome.value);
  };

  window.addEventListener(`${theirs}-answer`, (event) => {
    answer = (event as CustomEvent<Outcome>).detail;
  });
  window.addEventListener(mine, (event) => {
    const { id, args } = (event as CustomEvent<Call>).detail;
    const callable = callables.get(id) as ((...args: unknown[]) => unknown) | undefined;
    let outcome: Outcome;
    try {
      if (!callable) throw new Error(`nothing is exposed as ${id}`);
      outcome = { value: pack(callable(...args.map(unpack))) };
    } catch (error) {
      outcome = { error: pack(error) };
    }
    fire(`${mine}-answer`, outcome);
  });
  return { expose, call };
}
