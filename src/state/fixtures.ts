import { ApidoubleError, appendPointer, type JsonPointer, type Random } from '../core/index.ts';
import { plainName, type Resource } from '../plan/index.ts';
import { compileSchema } from '../schema/index.ts';
import { isRecord, setOwn } from '../wire/index.ts';
import type { Thing } from './collection.ts';
import type { FixtureFile } from './fixture-files.ts';
import { isFlagged } from './flags.ts';
import type { Kind } from './kind.ts';
import type { Kinds } from './kinds.ts';
import type { GivenThings } from './starting-data.ts';

/** What is wrong with a thing of a fixture, and where it stands. */
interface Fault {
  readonly file: FixtureFile;
  readonly pointer: JsonPointer;
  readonly message: string;
}

/** Things that fixtures hold, in one place of a file. */
interface Rows {
  readonly file: FixtureFile;
  readonly kind: Kind;
  readonly rows: readonly { readonly value: unknown; readonly pointer: JsonPointer }[];
}

const mostTold = 5;

/**
 * The things of fixtures by resource. A file holds one thing, a list of them, or lists by the names of resources; it, or its
 * folder, is named after its resource. What only the server can set, and the file leaves out, is made up.
 *
 * Throws `ERR_FIXTURE` with file, line and what is wrong for the first things that the document does not allow, and says how many more there are.
 */
export function thingsOfFixtures(
  files: readonly FixtureFile[],
  kinds: Kinds,
  { random, now }: { readonly random: Random; readonly now: number },
): GivenThings {
  const faults: Fault[] = [];
  const found = new Map<string, { readonly things: Thing[]; readonly ids: Set<string> }>();
  for (const { file, kind, rows } of files.flatMap((one) => rowsOf(one, kinds))) {
    const of = found.get(kind.resource.name) ?? { things: [], ids: new Set<string>() };
    found.set(kind.resource.name, of);
    for (const { value, pointer } of rows) {
      const stream = random.fork('fixture').fork(of.things.length);
      const read = readThing(kind, value, {
        ids: of.ids,
        tells: faults.length < mostTold,
        made: () => kind.generator.generate({ random: stream, now }),
      });
      if ('thing' in read) of.things.push(read.thing);
      else faults.push({ file, pointer: `${pointer}${read.at}`, message: read.message });
    }
  }
  if (faults.length > 0) throw refusal(faults);
  return new Map([...found].map(([name, { things }]) => [name, things]));
}

type Read = { readonly thing: Thing } | { readonly message: string; readonly at: JsonPointer };

function readThing(
  kind: Kind,
  value: unknown,
  { ids, made, tells }: { ids: Set<string>; made: () => unknown; tells: boolean },
): Read {
  if (!isRecord(value)) return { message: 'it is no object', at: '' };
  const thing = completed(kind, value, made);
  const validator = compileSchema(kind.schema);
  if (!validator.isValid(thing)) {
    // Only what is told is worth the long way.
    const [first] = tells ? validator.validate(thing).filter(({ severity }) => severity === 'error') : [];
    return { message: first?.message ?? '', at: first?.pointer ?? '' };
  }
  const id = String(thing[kind.idProperty ?? ''] ?? '');
  if (id !== '' && ids.has(id))
    return { message: `another thing has the ${kind.idProperty ?? 'id'} "${id}" too`, at: '' };
  ids.add(id);
  return { thing };
}

/** With what only the server sets made up, where it is missing. */
function completed(kind: Kind, value: Thing, made: () => unknown): Thing {
  const missing = [...kind.properties].filter(
    ([name, schema]) =>
      !Object.hasOwn(value, name) && kind.required.has(name) && isFlagged(schema, 'readOnly'),
  );
  if (missing.length === 0) return value;
  const base = made();
  const thing: Record<string, unknown> = { ...value };
  for (const [name] of missing)
    if (isRecord(base) && Object.hasOwn(base, name)) setOwn(thing, name, base[name]);
  return thing;
}

function rowsOf(file: FixtureFile, kinds: Kinds): Rows[] {
  const { value } = file;
  if (isRecord(value)) {
    const parts = Object.entries(value).map(([name, rows]) => ({ name, rows, kind: kindNamed(kinds, name) }));
    const isByName =
      parts.length > 0 && parts.every(({ rows, kind }) => kind !== undefined && Array.isArray(rows));
    if (isByName)
      return parts.flatMap(({ name, rows, kind }) =>
        kind === undefined ? [] : listed(file, kind, rows, appendPointer('', name)),
      );
  }
  const kind =
    file.names.map((name) => kindNamed(kinds, name)).find((one) => one !== undefined) ?? onlyKind(kinds);
  if (kind === undefined) throw nameless(file, kinds);
  return listed(file, kind, value, '');
}

function listed(file: FixtureFile, kind: Kind, value: unknown, pointer: JsonPointer): Rows[] {
  if (!Array.isArray(value)) return [{ file, kind, rows: [{ value, pointer }] }];
  return [
    { file, kind, rows: value.map((one, index) => ({ value: one, pointer: appendPointer(pointer, index) })) },
  ];
}

function kindNamed(kinds: Kinds, name: string): Kind | undefined {
  const wanted = plainName(name);
  const fits = (one: Resource): boolean =>
    one.parents.length === 0 &&
    (one.name === name || plainName(one.noun) === wanted || plainName(one.name) === wanted);
  const resource = kinds.resources.find((one) => fits(one) && kinds.kindOf(one) !== undefined);
  return resource === undefined ? undefined : kinds.kindOf(resource);
}

function onlyKind(kinds: Kinds): Kind | undefined {
  const known = kinds.resources
    .filter(({ parents }) => parents.length === 0)
    .flatMap((one) => kinds.kindOf(one) ?? []);
  return known.length === 1 ? known[0] : undefined;
}

function nameless(file: FixtureFile, kinds: Kinds): ApidoubleError {
  const names = kinds.resources.filter((one) => kinds.kindOf(one) !== undefined).map(({ noun }) => noun);
  return new ApidoubleError(
    'ERR_FIXTURE',
    `Cannot use fixtures "${file.file}": nothing says which resource they are of. Name the file, or its folder, after one of ${[...new Set(names)].slice(0, 20).join(', ')}.`,
  );
}

function refusal(faults: readonly Fault[]): ApidoubleError {
  const told = faults.slice(0, mostTold).map(({ file, pointer, message }) => {
    const { line, column } = file.locate(pointer);
    return `${file.file}:${line}:${column} ${message}`;
  });
  const more = faults.length - told.length;
  const list = [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  return new ApidoubleError(
    'ERR_FIXTURE',
    `Cannot use fixtures "${faults[0]?.file.file ?? ''}": the document does not allow what they hold in ${faults.length === 1 ? 'one place' : `${faults.length} places`}: ${list}. Correct the files, or the document.`,
  );
}
