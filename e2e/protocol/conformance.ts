/** Turns a table of messages into tests: every message in every state, whole, torn, too large, twice, foreign. */
import { expect, test } from '../fixtures/test.ts';
import type { DocumentedMessage } from './documents.ts';
import { type Code, type Outcome, type Reply, outcomeOf } from './reply.ts';

/** The names of the events that the others receive, by client. */
export type Heard = Readonly<Record<string, readonly string[]>>;

/** A client that sends messages, in one of the states of a session. */
export interface Caller {
  ask(message: string, payload?: unknown): Promise<Reply>;
  /** The names of the events it has received since the last call. */
  heard(): Promise<readonly string[]>;
  /** Goes; resolves when the others know. */
  part(): Promise<void>;
}

/** Where the messages are sent, and who else is there. */
export interface Setting<State extends string, Who extends Caller> {
  enter(state: State): Promise<Who>;
  /** Everything that the others can see, and the events they have received since the last call. */
  observe(): Promise<Observation>;
}

export interface Observation {
  readonly seen: unknown;
  readonly heard: Heard;
}

export interface Entry<State extends string, Who extends Caller> {
  /** A good message. */
  readonly says: (caller: Who) => object;
  /** What it comes to in each state. */
  readonly in: Readonly<Record<State, Outcome>>;
  /** What the same again comes to, where the first was good. */
  readonly twice: Outcome;
  /** The events that the others receive for a valid message; absent: none. */
  readonly tells?: Heard;
  /** Fields of a query that may be any short text: there is none of a wrong type. */
  readonly anyText?: readonly string[];
  /** Messages that fit their schema and are about something that is not there, or not one's own. */
  readonly others?: Others<State, Who>;
}

export type Others<State extends string, Who extends Caller> = Readonly<Record<string, Other<State, Who>>>;

interface Other<State extends string, Who extends Caller> {
  /** Absent: the state in which the message is good. */
  readonly from?: State;
  readonly says: (caller: Who) => object;
  readonly answer: Outcome;
}

export interface Conformance<State extends string, Who extends Caller> {
  readonly documented: readonly DocumentedMessage[];
  readonly table: Readonly<Record<string, Entry<State, Who>>>;
  /** The state most messages are for. */
  readonly home: State;
  readonly setting: () => Setting<State, Who>;
  /** The answer to an unknown message; by default BAD_REQUEST. */
  readonly unknown?: Code;
}

/** Neither a text, an object, a list, nor a number that counts anything. */
const WRONG = -1.5;
/** Longer than any text that is not a session description may be. */
const LONG = 'x'.repeat(5000);

export function testConformance<State extends string, Who extends Caller>({
  documented,
  table,
  home,
  setting,
  unknown = 'BAD_REQUEST',
}: Conformance<State, Who>): void {
  const documentedNames = [...new Set(documented.map(({ name }) => name))];

  test('every documented message is tried, and no other', () => {
    expect(Object.keys(table).toSorted()).toEqual(documentedNames.toSorted());
  });

  /** Sends a message in a state. If it is not valid, the others must not receive anything. */
  async function expectAnswer(
    state: State,
    name: string,
    says: (caller: Who) => unknown,
    answer: Outcome,
  ): Promise<void> {
    const caller = await setting().enter(state);
    try {
      const message = says(caller);
      await caller.heard();
      const { seen } = await setting().observe();
      const reply = await caller.ask(name, message);
      expect(outcomeOf(reply), JSON.stringify(reply)).toBe(answer);
      if (answer !== 'ok') await expectNothing(caller, seen);
    } finally {
      await caller.part();
    }
  }

  async function expectNothing(caller: Who, before: unknown): Promise<void> {
    const { seen, heard } = await setting().observe();
    expect(seen, 'what the others see').toEqual(before);
    expect(heard, 'what the others are told').toEqual(nothingTold(heard));
    expect(await caller.heard(), 'what the sender is told').toEqual([]);
  }

  for (const [name, entry] of Object.entries<Entry<State, Who>>(table)) {
    const forms = documented.filter((message) => message.name === name);
    const fields = forms[0]?.fields ?? [];
    const isQuery = forms[0]?.method === 'GET' || forms[0]?.method === 'DELETE';
    const states = keysOf(entry.in);
    const good = entry.in[home] === 'ok' ? home : (states.find((state) => entry.in[state] === 'ok') ?? home);

    /** Whether this client may send it, in any state. */
    const isFor = entry.in[good] === 'ok';

    test.describe(name, () => {
      if (isFor) {
        test(`${good}: is carried out as documented`, expectCarriedOut);
      }
      async function expectCarriedOut() {
        const caller = await setting().enter(good);
        try {
          const message = entry.says(caller);
          await setting().observe();
          const reply = await caller.ask(name, message);
          expect(outcomeOf(reply), JSON.stringify(reply)).toBe('ok');
          const { heard } = await setting().observe();
          expect(heard, 'what the others are told').toEqual({ ...nothingTold(heard), ...entry.tells });
          if (reply.ok) expectDocumented(Object.keys(reply.fields), forms);
        } finally {
          await caller.part();
        }
      }

      for (const state of states.filter((state) => !isFor || state !== good)) {
        test(`${state}: ${entry.in[state]}`, async () => {
          await expectAnswer(state, name, entry.says, entry.in[state]);
        });
      }

      test(`twice: ${entry.twice}`, async () => {
        const caller = await setting().enter(good);
        try {
          const message = entry.says(caller);
          await caller.ask(name, message);
          const reply = await caller.ask(name, message);
          expect(outcomeOf(reply), JSON.stringify(reply)).toBe(entry.twice);
        } finally {
          await caller.part();
        }
      });

      if (!isQuery) malformed('that is no object', () => WRONG);
      for (const field of fields) {
        if (field.required) malformed(`without ${field.name}`, (caller) => without(entry.says(caller), field.name));
        if (!entry.anyText?.includes(field.name)) {
          malformed(`with ${field.name} of a wrong type`, (caller) => ({ ...entry.says(caller), [field.name]: WRONG }));
        }
        malformed(`with ${field.name} too long`, (caller) => ({ ...entry.says(caller), [field.name]: LONG }));
      }
      for (const [what, { from = good, says, answer }] of Object.entries(entry.others ?? {})) {
        test(`${what}: ${answer}`, async () => {
          await expectAnswer(from, name, says, answer);
        });
      }
    });

    function malformed(what: string, says: (caller: Who) => unknown, answer: Code = 'BAD_REQUEST'): void {
      test(`${what}: ${answer}`, async () => {
        await expectAnswer(good, name, says, answer);
      });
    }
  }

  test(`a message of an unknown name: ${unknown}`, async () => {
    for (const name of ['fly', 'constructor', '__proto__']) {
      await expectAnswer(home, name, () => ({}), unknown);
    }
  });
}

/** That an answer has the fields of one of the documented forms: all it must have, and none besides. */
function expectDocumented(names: readonly string[], forms: readonly DocumentedMessage[]): void {
  const fits = forms.some(({ answer }) => {
    const known = new Set(answer.map(({ name }) => name));
    return (
      names.every((name) => known.has(name)) && answer.every(({ name, required }) => !required || names.includes(name))
    );
  });
  expect(fits ? 'as documented' : names, 'the fields of the answer').toBe('as documented');
}

function nothingTold(heard: Heard): Heard {
  return Object.fromEntries(Object.keys(heard).map((way) => [way, []]));
}

function without(message: object, name: string): object {
  return Object.fromEntries(Object.entries(message).filter(([key]) => key !== name));
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record).filter((key): key is Key => key in record);
}
