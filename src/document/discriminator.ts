import { type Finding, pointerKeys } from '../core/index.ts';
import type { Discriminator, Schema } from '../schema/index.ts';
import { fault } from './fault-codes.ts';
import type { Draft } from './legacy-schema.ts';
import { entriesOf, isObject, listOf, own, textOf } from './raw.ts';
import { isFault, type References, referenceOf } from './references.ts';
import { descend, type Located, originAt, withValue } from './source-file.ts';

/** The branches of a schema by the raw schema that each refers to, and by the name of that. */
interface Branches {
  readonly byTarget: ReadonlyMap<unknown, Schema>;
  readonly byName: ReadonlyMap<string, Schema>;
}

/**
 * Resolves a discriminator's mapping to the branches of oneOf or anyOf. Without either (a parent that children take
 * up by allOf) there is nothing to choose from, and none is given: see `Families`. A text alone, as in Swagger 2.0, names
 * the property.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#discriminator-object
 */
export function readDiscriminator(
  place: Located,
  draft: Draft,
  references: References,
): Discriminator | undefined {
  const raw = own(place.value, 'discriminator');
  const propertyName = textOf(raw) ?? textOf(own(raw, 'propertyName'));
  const keyword = draft.oneOf === undefined ? 'anyOf' : 'oneOf';
  if (propertyName === undefined || draft[keyword] === undefined) return undefined;
  const known = readBranches(descend(place, keyword), draft[keyword] as readonly Schema[], references);
  const find = (name: string): Schema | undefined => {
    if (known.byName.has(name)) return known.byName.get(name);
    const end = references.final(withValue(place, { $ref: refOf(name) }));
    return isFault(end) ? undefined : known.byTarget.get(end.value);
  };
  const branches = new Map(known.byName);
  for (const [value, name] of entriesOf(own(raw, 'mapping'))) {
    const branch = typeof name === 'string' ? find(name) : undefined;
    if (branch !== undefined) branches.set(value, branch);
  }
  const defaultName = textOf(own(raw, 'defaultMapping'));
  const defaultBranch = defaultName === undefined ? undefined : find(defaultName);
  return Object.freeze({ propertyName, branches, ...(defaultBranch === undefined ? {} : { defaultBranch }) });
}

/** Tells the entries of a discriminator's mapping that lead to no schema. */
export function checkDiscriminator(place: Located, references: References): Finding[] {
  const mapping = descend(place, 'discriminator', 'mapping');
  const found: Finding[] = [];
  for (const [value, name] of entriesOf(mapping.value)) {
    const reference = typeof name === 'string' ? refOf(name) : '';
    if (!isFault(references.final(withValue(place, { $ref: reference })))) continue;
    const message = `The discriminator maps "${value}" to "${name}", which leads nowhere; the entry is ignored.`;
    const origin = originAt(descend(mapping, value));
    found.push(fault('document.discriminator', origin, { severity: 'warning', message, seen: String(name) }));
  }
  return found;
}

/** A mapping's value is a component's name or a reference; a name that is not a branch's own may be a file's. */
export function refOf(name: string): string {
  return /^[\w.-]+$/.test(name) && !name.includes('.') ? `#/components/schemas/${name}` : name;
}

function readBranches(place: Located, schemas: readonly Schema[], references: References): Branches {
  const byTarget = new Map<unknown, Schema>();
  const byName = new Map<string, Schema>();
  listOf(place.value).forEach((value, index) => {
    const schema = schemas[index];
    if (schema === undefined || !isObject(value) || referenceOf(value) === undefined) return;
    const branch = descend(place, index);
    const end = references.final(branch);
    const next = references.next(branch);
    if (isFault(end) || isFault(next)) return;
    byTarget.set(end.value, schema);
    const name = pointerKeys(next.pointer).at(-1);
    if (name !== undefined) byName.set(name, schema);
  });
  return { byTarget, byName };
}
