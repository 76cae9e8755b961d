import type { Random } from '../core/index.ts';
import { allowsType, allPropertiesOf, plainName } from '../plan/index.ts';
import { compileSchema, follow, type Schema } from '../schema/index.ts';
import { isRecord, setOwn } from '../wire/index.ts';
import type { Thing } from './collection.ts';
import { type Kind, requiredOf } from './kind.ts';

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

/**
 * Makes a thing: what was sent as it was sent, what only the server can know made up, and what a client could have sent but did
 * not as the schema's default, by the document's `x-faker` where it is new, null, or not at all.
 */
export function makeThing(kind: Kind, making: Making): Thing {
  const { sent, known } = making;
  const written = writable(kind, sent ?? {});
  const wanted = { ...making.made, ...written, ...known };
  const generated = kind.generator.generate({ random: making.random, now: making.now, wanted });
  if (!isRecord(generated)) return known;
  const base = withReferences(generated, making.made ?? {});
  const server: Thing = making.before ?? stamped(base, kind, making);
  const whole =
    sent === undefined
      ? { ...server }
      : joined(server, sent, {
          shown: kind.schema,
          asked: making.asked,
          isNew: making.before === undefined,
        });
  for (const [name, value] of Object.entries(known)) setOwn(whole, name, value);
  if (making.before !== undefined) fill(whole, base, kind);
  const { isValid } = compileSchema(kind.schema);
  return isValid(whole) ? whole : piecewise(base, [known, written], isValid);
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

interface Sides {
  readonly shown: Schema;
  readonly asked: Schema | undefined;
  /** Whether the thing is created, not replaced. */
  readonly isNew: boolean;
}

/** The server's members with the client's in their place; what the client left out is not made up for it. */
function joined(server: Thing, sent: Thing, { shown, asked, isNew }: Sides): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const [shownProperties, askedProperties] = [allPropertiesOf(shown), allPropertiesOf(asked)];
  const join = (name: string): void => {
    const schema = shownProperties.get(name);
    const written = askedProperties.get(name);
    const isOwn = isFlagged(schema, 'readOnly') || isFlagged(written, 'readOnly');
    if (Object.hasOwn(sent, name) && !isOwn) {
      setOwn(
        result,
        name,
        joinedMember(server[name], sent[name], { shown: schema ?? true, asked: written, isNew }),
      );
    } else if (isOwn || written === undefined) {
      if (Object.hasOwn(server, name)) setOwn(result, name, server[name]);
    } else {
      const value = whereLeftOut(name, { shown, schema, written, isNew, made: server[name] });
      if (value !== undefined) setOwn(result, name, value);
    }
  };
  for (const name of Object.keys(server)) join(name);
  for (const name of Object.keys(sent)) if (!Object.hasOwn(server, name)) join(name);
  return result;
}

function joinedMember(server: unknown, sent: unknown, sides: Sides): unknown {
  const merges = allPropertiesOf(sides.shown).size > 0 && allPropertiesOf(sides.asked).size > 0;
  return merges && isRecord(server) && isRecord(sent) ? joined(server, sent, sides) : sent;
}

interface LeftOut {
  readonly shown: Schema;
  readonly schema: Schema | undefined;
  readonly written: Schema;
  readonly isNew: boolean;
  readonly made: unknown;
}

function whereLeftOut(name: string, { shown, schema, written, isNew, made }: LeftOut): unknown {
  const byDefault = defaultOf(written) ?? defaultOf(schema);
  if (byDefault !== undefined) return byDefault;
  if (isNew && hasWish(schema)) return made;
  if (typeof schema === 'object' && saysNull(schema)) return null;
  return requiredOf(shown).has(name) ? made : undefined;
}

/** An author who says how a value is made wants it made. */
function hasWish(schema: Schema | undefined): boolean {
  const node = schema === undefined ? undefined : follow(schema);
  return typeof node === 'object' && node['x-faker'] !== undefined;
}

function saysNull(schema: Schema): boolean {
  const node = follow(schema);
  return typeof node === 'object' && node.type !== undefined && allowsType(node, 'null');
}

function defaultOf(schema: Schema | undefined): unknown {
  const node = schema === undefined ? undefined : follow(schema);
  return typeof node === 'object' ? node.default : undefined;
}

type Flag = 'readOnly' | 'writeOnly';

const flagged: Readonly<Record<Flag, WeakMap<object, boolean>>> = {
  readOnly: new WeakMap(),
  writeOnly: new WeakMap(),
};

/** Whether a property is the server's (`readOnly`) or the client's alone (`writeOnly`). Read once. */
export function isFlagged(schema: Schema | undefined, flag: Flag): boolean {
  if (typeof schema !== 'object') return false;
  const found = flagged[flag].get(schema) ?? readFlag(schema, flag, 0);
  flagged[flag].set(schema, found);
  return found;
}

function readFlag(schema: Schema, flag: Flag, depth: number): boolean {
  const node = follow(schema);
  if (typeof node === 'boolean' || depth > 8) return false;
  return node[flag] === true || (node.allOf ?? []).some((part) => readFlag(part, flag, depth + 1));
}

const madeTimes =
  /^(?:date)?(?:created|creation|inserted|added|registered|joined|submitted|posted)|^(?:date)?joined$/;
const changedTimes = /^(?:date|last)?(?:updated|modified|changed|edited|update|modification)/;

/** Times that the server sets: of the creation, and of the last change. */
function stamped(base: Thing, kind: Kind, { now, sent }: Making): Thing {
  return sent === undefined ? base : withTimes(base, kind, { now });
}

/** A property that the server sets to the time of a creation, or of every change. */
interface TimeProperty {
  readonly name: string;
  readonly write: (now: number) => string;
  readonly isChange: boolean;
}

const times = new WeakMap<Kind, readonly TimeProperty[]>();

function timesOf(kind: Kind): readonly TimeProperty[] {
  const found = times.get(kind) ?? readTimes(kind);
  times.set(kind, found);
  return found;
}

function readTimes({ properties }: Kind): readonly TimeProperty[] {
  return [...properties].flatMap(([name, schema]) => {
    const plain = plainName(name);
    const isChange = changedTimes.test(plain);
    const write = isChange || madeTimes.test(plain) ? timeWriter(schema) : undefined;
    return write === undefined ? [] : [{ name, write, isChange }];
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
