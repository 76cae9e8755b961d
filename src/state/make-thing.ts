import type { Random } from '../core/index.ts';
import { plainName } from '../plan/index.ts';
import { compileSchema, follow, type Schema } from '../schema/index.ts';
import { isRecord, setOwn } from '../wire/index.ts';
import type { Thing } from './collection.ts';
import { isFlagged } from './flags.ts';
import { joinOf } from './join.ts';
import type { Kind } from './kind.ts';

/** What a thing is made from. */
export interface Making {
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the client sent of it; absent for data that is made up from beginning to end. */
  readonly sent?: Readonly<Record<string, unknown>>;
  /** The schema of what a client may send. */
  readonly asked?: Schema | undefined;
  /** Members that stand in place of made-up ones: ids of things that exist elsewhere. */
  readonly made?: Readonly<Record<string, unknown>>;
  /** Members that nobody else decides: the id, and what the path says. */
  readonly known: Readonly<Record<string, unknown>>;
  /** The thing before, where it is replaced. */
  readonly before?: Thing;
}

/** A thing that was made, and whether it is all that its kind's schema asks for. */
export interface Made {
  readonly thing: Thing;
  readonly isSound: boolean;
}

/**
 * Makes a thing: what was sent as it was sent, what only the server can know made up, and what a client could have sent but did
 * not as the schema's default, by the document's `x-faker` where it is new, null, or not at all.
 */
export function makeThing(kind: Kind, making: Making): Made {
  const { sent, known } = making;
  const written = writable(kind, sent ?? {});
  const isNew = sent !== undefined && making.before === undefined;
  const wanted = { ...making.made, ...(isNew ? surelyStamped(kind, making.now) : {}), ...written, ...known };
  const generated = kind.generator.generate({ random: making.random, now: making.now, wanted });
  if (!isRecord(generated)) return { thing: known, isSound: false };
  const base = withReferences(generated, making.made ?? {});
  const server: Thing = making.before ?? (isNew ? stamped(base, kind, making) : base);
  const whole =
    sent === undefined
      ? { ...server }
      : joinOf(kind.schema, making.asked).join(server, sent, making.before === undefined);
  for (const [name, value] of Object.entries(known)) setOwn(whole, name, value);
  if (making.before !== undefined) fill(whole, base, kind);
  const { isValid } = compileSchema(kind.schema);
  return isValid(whole)
    ? { thing: whole, isSound: true }
    : { thing: piecewise(base, [known, written], isValid), isSound: false };
}

/** What a client may set. */
function writable({ properties }: Kind, sent: Thing): Thing {
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(sent))
    if (!isFlagged(properties.get(name), 'readOnly')) setOwn(result, name, sent[name]);
  return result;
}

/** References take the place of those that were made up, where there were any. */
function withReferences(base: Thing, made: Thing): Thing {
  if (Object.keys(made).length === 0) return base;
  const result: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(made))
    if (Object.hasOwn(base, name)) setOwn(result, name, value);
  return result;
}

/** What a replacement left out and the schema asks for. */
function fill(whole: Record<string, unknown>, base: Thing, { required }: Kind): void {
  for (const name of required)
    if (!Object.hasOwn(whole, name) && Object.hasOwn(base, name)) setOwn(whole, name, base[name]);
}

/** As much of what is wanted as is valid together. */
function piecewise(base: Thing, sources: readonly Thing[], isValid: (value: unknown) => boolean): Thing {
  let result = base;
  for (const source of sources) {
    for (const [name, value] of Object.entries(source)) {
      const candidate = { ...result };
      setOwn(candidate, name, value);
      if (isValid(candidate)) result = candidate;
    }
  }
  return result;
}

const madeTimes =
  /^(?:date)?(?:created|creation|inserted|added|registered|joined|submitted|posted)|^(?:date)?joined$/;
const changedTimes = /^(?:date|last)?(?:updated|modified|changed|edited|update|modification)/;

/** The times of a creation that every thing of a kind has: they need not be made up first. */
function surelyStamped(kind: Kind, now: number): Thing {
  const result: Record<string, unknown> = {};
  for (const { name, write, isSure } of timesOf(kind)) if (isSure) setOwn(result, name, write(now));
  return result;
}

/** Times that the server sets: of the creation, and of the last change. */
function stamped(base: Thing, kind: Kind, { now }: Making): Thing {
  return timesOf(kind).every(({ isSure }) => isSure) ? base : withTimes(base, kind, { now });
}

/** A property that the server sets to the time of a creation, or of every change. */
interface TimeProperty {
  readonly name: string;
  readonly write: (now: number) => string;
  readonly isChange: boolean;
  /** Whether every thing has it. */
  readonly isSure: boolean;
}

const times = new WeakMap<Kind, readonly TimeProperty[]>();

function timesOf(kind: Kind): readonly TimeProperty[] {
  const found = times.get(kind) ?? readTimes(kind);
  times.set(kind, found);
  return found;
}

function readTimes({ properties, required }: Kind): readonly TimeProperty[] {
  return [...properties].flatMap(([name, schema]) => {
    const plain = plainName(name);
    const isChange = changedTimes.test(plain);
    const write = isChange || madeTimes.test(plain) ? timeWriter(schema) : undefined;
    return write === undefined ? [] : [{ name, write, isChange, isSure: required.has(name) }];
  });
}

/** The thing with the times of the server set to now, but for those that the client has just set itself. */
export function withTimes(
  thing: Thing,
  kind: Kind,
  { now, changedBy }: { readonly now: number; readonly changedBy?: Thing },
): Thing {
  let result: Record<string, unknown> | undefined;
  for (const { name, write, isChange } of timesOf(kind)) {
    if (!Object.hasOwn(thing, name)) continue;
    if (changedBy !== undefined && (!isChange || isSet(name, kind, changedBy))) continue;
    result ??= { ...thing };
    setOwn(result, name, write(now));
  }
  return result ?? thing;
}

function isSet(name: string, { properties }: Kind, sent: Thing): boolean {
  return Object.hasOwn(sent, name) && !isFlagged(properties.get(name), 'readOnly');
}

/** How a property writes a time, as its format says; `undefined` where it has none of a time. */
function timeWriter(schema: Schema): ((now: number) => string) | undefined {
  const node = follow(schema);
  if (typeof node === 'boolean') return undefined;
  if (node.format === 'date-time') return (now) => new Date(now).toISOString();
  return node.format === 'date' ? (now) => new Date(now).toISOString().slice(0, 10) : undefined;
}
