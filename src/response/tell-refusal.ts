import type { Finding } from '../core/index.ts';
import { reasonOf } from '../http/index.ts';
import { allPropertiesOf, heldBy, itemsOf, plainName } from '../plan/index.ts';
import { follow, type Schema } from '../schema/index.ts';
import { isRecord, setOwn } from '../wire/index.ts';
import { codeOf, fieldOf, sourceOf, stepsOf } from './trouble-place.ts';

/** One thing that is wrong, as the body of a refusal can tell it. */
export interface Trouble {
  readonly message: string;
  /** What was found; absent where there is only a sentence. */
  readonly finding?: Finding;
}

/** What a body that is no success has to tell. */
export interface Refusal {
  readonly status: number;
  /** Empty where nobody refused anything and the body only has to agree with its status. */
  readonly troubles: readonly Trouble[];
  /** The path of the request. */
  readonly path: string;
}

/**
 * The members of an error's body that tell what is wrong, with their values: words, statuses, codes and places, in the shapes
 * that APIs usually give them (RFC 9457, JSON:API, `{"error": {…}}`, lists of details, maps of fields). A member whose schema
 * does not hold what would be said stays as it was made.
 */
export function tellRefusal(
  value: unknown,
  schema: Schema | undefined,
  refusal: Refusal,
): Record<string, unknown> {
  return isRecord(value) ? membersOf(value, schema, { refusal, trouble: undefined, depth: 0 }) : {};
}

interface Telling {
  readonly refusal: Refusal;
  /** The one thing that an entry of a list tells; absent for what tells of all. */
  readonly trouble: Trouble | undefined;
  readonly depth: number;
}

const deepest = 4;

function membersOf(
  value: Readonly<Record<string, unknown>>,
  schema: Schema | undefined,
  telling: Telling,
): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  const properties = allPropertiesOf(schema);
  const names = new Set(Object.keys(value).map(plainName));
  for (const [name, member] of Object.entries(value)) {
    const one = properties.get(name);
    if (one === undefined) continue;
    const wanted = memberOf({ name: plainName(name), names, member, schema: one }, telling);
    if (wanted !== undefined) setOwn(told, name, wanted);
  }
  return told;
}

interface Asked {
  /** Plain. */
  readonly name: string;
  /** Those of all members beside it, plain. */
  readonly names: ReadonlySet<string>;
  readonly member: unknown;
  readonly schema: Schema;
}

function memberOf(asked: Asked, telling: Telling): unknown {
  const { name, member, schema } = asked;
  if (typeof member === 'string' || typeof member === 'number') {
    const said = saidBy(asked, telling);
    return said === undefined ? undefined : held(schema, said);
  }
  if (telling.depth >= deepest) return undefined;
  const below = { ...telling, depth: telling.depth + 1 };
  if (Array.isArray(member)) return listOf(asked, below);
  if (!isRecord(member)) return undefined;
  if (lists.has(name) && allPropertiesOf(schema).size === 0) return fieldsOf(schema, telling.refusal);
  if (name === 'source' && telling.trouble !== undefined)
    return placeIn(member, schema, telling.trouble.finding);
  return wrappers.has(name) ? { ...member, ...membersOf(member, schema, below) } : undefined;
}

const lists = new Set(
  'errors violations details detail issues causes fielderrors invalidparams messages nonfielderrors validationerrors errordetails errorlist errormessages problems'.split(
    ' ',
  ),
);
const wrappers = new Set(
  'error fault problem exception failure response result data body meta status'.split(' '),
);
const sentences = new Set(
  'detail message msg errormessage errordescription description reason error text usermessage'.split(' '),
);
const mainSentences = ['message', 'msg', 'detail', 'errormessage', 'errordescription', 'description'];
const statuses = new Set('status statuscode httpstatus httpstatuscode httpcode code errorcode'.split(' '));
const titles = new Set('title error reason statustext summary statusmessage'.split(' '));
const codes = new Set('code errorcode type kind rule keyword constraint error reason'.split(' '));
const fields = new Set(
  'field fieldname property propertyname propertypath param parameter attribute path location loc target name pointer'.split(
    ' ',
  ),
);

/** What a member with a text or a number says, by its name and those beside it; `undefined` where it tells nothing of a refusal. */
function saidBy({ name, names, member, schema }: Asked, { refusal, trouble, depth }: Telling): unknown {
  const { status, troubles, path } = refusal;
  const isNumber = typeof member === 'number';
  if (statuses.has(name) && (isNumber || /status/.test(name))) return isNumber ? status : String(status);
  if (isNumber) return undefined;
  const main = mainSentences.find((one) => names.has(one));
  if (sentences.has(name) && (main === undefined || name === main || mainSentences.includes(name)))
    return trouble?.message ?? sentenceOf(refusal);
  if (name === 'error' && names.has('errordescription')) return codeOf(status);
  if (titles.has(name) && !(trouble !== undefined && codes.has(name))) return reasonOf(status);
  if (name === 'type' && names.has('title') && depth === 0) return 'about:blank';
  if ((name === 'instance' || name === 'path') && depth === 0) return path;
  if (trouble !== undefined && fields.has(name)) return fieldOf(name, trouble.finding);
  if (!codes.has(name)) return undefined;
  const only = trouble?.finding ?? (troubles.length === 1 ? troubles[0]?.finding : undefined);
  return held(schema, codeOf(only ?? status)) ?? codeOf(status);
}

/** As much of a text as its schema holds; `undefined` where it holds none of it. */
function held(schema: Schema, said: unknown): unknown {
  const value = heldBy(schema, said);
  if (value !== undefined || typeof said !== 'string') return value;
  const node = follow(schema);
  const most = typeof node === 'object' ? node.maxLength : undefined;
  return most === undefined || most < 1 || said.length <= most
    ? undefined
    : heldBy(schema, `${said.slice(0, most - 1)}…`);
}

function listOf({ name, member, schema }: Asked, telling: Telling): unknown {
  const items = itemsOf(schema);
  if (telling.trouble !== undefined || items === undefined) {
    const { trouble } = telling;
    const steps = /^(?:loc|location|path|pointer)$/.test(name) ? stepsOf(trouble?.finding) : undefined;
    return steps === undefined ? undefined : heldBy(schema, steps);
  }
  const [template] = Array.isArray(member) ? member : [];
  if (!lists.has(name)) return undefined;
  const { refusal } = telling;
  const troubles = refusal.troubles.length === 0 ? [{ message: sentenceOf(refusal) }] : refusal.troubles;
  const rows = troubles.map((trouble) =>
    isRecord(template)
      ? { ...withoutPlace(template, items), ...membersOf(template, items, { ...telling, trouble }) }
      : trouble.message,
  );
  const kept = rows.filter((row) => heldBy(items, row) !== undefined);
  return kept.length > 0 ? heldBy(schema, kept) : undefined;
}

/** An entry without the place that was made up for it, where it can do without. */
function withoutPlace(
  entry: Readonly<Record<string, unknown>>,
  schema: Schema,
): Readonly<Record<string, unknown>> {
  const kept: Record<string, unknown> = { ...entry };
  for (const name of Object.keys(kept)) {
    const plain = plainName(name);
    if (plain !== 'source' && plain !== 'pointer' && plain !== 'parameter') continue;
    const { [name]: place, ...rest } = kept;
    if (place !== undefined && heldBy(schema, rest) !== undefined) delete kept[name];
  }
  return kept;
}

/** `{"email": ["…"]}`: what is wrong, by the fields that it is wrong with. */
function fieldsOf(schema: Schema, { troubles }: Refusal): unknown {
  const byField = new Map<string, string[]>();
  for (const { message, finding } of troubles) {
    const field = finding === undefined ? '' : (fieldOf('field', finding) ?? finding.place.part);
    if (field !== '') byField.set(field, [...(byField.get(field) ?? []), message]);
  }
  if (byField.size === 0) return undefined;
  const several = Object.fromEntries(byField);
  const texts = Object.fromEntries([...byField].map(([field, messages]) => [field, messages.join(' ')]));
  return heldBy(schema, several) ?? heldBy(schema, texts);
}

/** JSON:API's `source`: a pointer into the body, or the name of a parameter or header. */
function placeIn(
  member: Readonly<Record<string, unknown>>,
  schema: Schema,
  finding: Finding | undefined,
): unknown {
  if (finding === undefined || finding.place.part === 'security') return undefined;
  const place = sourceOf(finding);
  const whole = { ...member, ...place };
  const alone = Object.fromEntries(
    Object.entries(whole).filter(([name]) => !/^(?:pointer|parameter|header)$/.test(name) || name in place),
  );
  return heldBy(schema, alone) ?? heldBy(schema, whole);
}

const usualSentences: Readonly<Record<number, string>> = {
  400: 'The request is not valid.',
  401: 'Authentication is required.',
  403: 'You do not have permission to do this.',
  404: 'The resource was not found.',
  405: 'The method is not allowed here.',
  409: 'The request conflicts with what is there.',
  410: 'The resource is gone.',
  412: 'The resource has changed meanwhile.',
  413: 'The request is too large.',
  415: 'The media type is not supported.',
  422: 'The request cannot be processed.',
  429: 'Too many requests. Try again later.',
  500: 'Something went wrong on the server.',
  502: 'The server behind this one gave no good answer.',
  503: 'The service is not available. Try again later.',
  504: 'The server behind this one gave no answer in time.',
};

function sentenceOf({ status, troubles }: Refusal): string {
  if (troubles.length > 0) return troubles.map(({ message }) => message).join(' ');
  return usualSentences[status] ?? `${reasonOf(status)}.`;
}
