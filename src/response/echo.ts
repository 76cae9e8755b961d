import { heldBy, type PathMembers, propertiesOf } from '../plan/index.ts';
import { follow, type Schema } from '../schema/index.ts';
import { isRecord, setOwn } from '../wire/index.ts';

/** What is known of a property of an answer before any request comes. */
interface Member {
  readonly schema: Schema;
  /** The server's own: nothing that a client sends gets in. */
  readonly fixed: boolean;
  /** Declares properties of its own: what is sent is merged into what was made. */
  readonly merges: boolean;
}

interface Members {
  readonly byName: ReadonlyMap<string, Member>;
}

const known = new WeakMap<object, Members>();
const none: Members = { byName: new Map() };

function membersOf(schema: Schema | undefined): Members {
  if (typeof schema !== 'object') return none;
  const found = known.get(schema) ?? readMembers(schema);
  known.set(schema, found);
  return found;
}

function readMembers(schema: Schema): Members {
  const byName = new Map<string, Member>();
  for (const [name, one] of propertiesOf(schema)) {
    const node = follow(one);
    const fixed = typeof node === 'object' && (node.readOnly === true || node.writeOnly === true);
    byName.set(name, { schema: one, fixed, merges: propertiesOf(one).size > 0 });
  }
  return { byName };
}

/** What of a request's body an answer takes over as it is: declared members that are the client's to set. */
export function takenOver(sent: unknown, schema: Schema | undefined): Record<string, unknown> | undefined {
  if (!isRecord(sent)) return undefined;
  const { byName } = membersOf(schema);
  const taken: Record<string, unknown> = {};
  for (const key of Object.keys(sent)) {
    const member = byName.get(key);
    if (member !== undefined && !member.fixed && !member.merges) setOwn(taken, key, sent[key]);
  }
  return taken;
}

/**
 * The generated value with what the request sent in place of what was made up, wherever both have the member.
 * A member whose schema declares properties is merged; any other is taken over whole; a `readOnly` one is the server's.
 */
export function echo(generated: unknown, sent: unknown, schema: Schema | undefined): unknown {
  if (!isRecord(generated) || !isRecord(sent)) return generated;
  const { byName } = membersOf(schema);
  const result = { ...generated };
  for (const key of Object.keys(sent)) {
    const member = byName.get(key);
    if (member === undefined ? !Object.hasOwn(generated, key) : member.fixed) continue;
    const value = member?.merges === true ? merged(generated[key], sent[key], member.schema) : sent[key];
    setOwn(result, key, value);
  }
  return result;
}

function merged(generated: unknown, sent: unknown, schema: Schema): unknown {
  return isRecord(generated) && isRecord(sent) ? echo(generated, sent, schema) : sent;
}

/** An object with some members set; anything else, and what has them already, as it is. */
export function withMembers(value: unknown, members: Readonly<Record<string, unknown>>): unknown {
  if (!isRecord(value)) return value;
  for (const name of Object.keys(members)) {
    if (!Object.hasOwn(value, name) || value[name] !== members[name]) return { ...value, ...members };
  }
  return value;
}

/** What each source wants, member by member, where all of it together is not valid. */
export function echoEach(
  generated: unknown,
  sources: readonly [sent: unknown, wanted: Readonly<Record<string, unknown>>],
  { schema, isValid }: { readonly schema: Schema | undefined; readonly isValid: (value: unknown) => boolean },
): unknown {
  const [sent, wanted] = sources;
  let result = generated;
  const consider = (candidate: unknown): void => {
    if (isValid(candidate)) result = candidate;
  };
  for (const [key, value] of Object.entries(isRecord(sent) ? sent : {}))
    consider(echo(result, { [key]: value }, schema));
  for (const [key, value] of Object.entries(wanted)) consider(withMembers(result, { [key]: value }));
  return result;
}

/** The path's values under the names of the members that they stand for, as far as these can hold them. */
export function fromPath(
  path: Readonly<Record<string, unknown>>,
  members: PathMembers,
): Record<string, unknown> {
  const wanted: Record<string, unknown> = {};
  for (const [variable, { property, schema }] of members) {
    const value = Object.hasOwn(path, variable) ? heldBy(schema, path[variable]) : undefined;
    if (value !== undefined) setOwn(wanted, property, value);
  }
  return wanted;
}
