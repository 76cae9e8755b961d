import { follow, type Schema, type SchemaObject } from '../../schema/index.ts';

/** A step into a value: a property by name, an item by its place, or any one member. */
export type Step = {
  readonly kind: 'property' | 'item' | 'member';
  readonly name: string;
  readonly schema: Schema;
};

/** A place in a value that the schema constrains, with the schemas that do. */
export interface Spot {
  readonly steps: readonly Step[];
  /** Readable: `authors[].name`; `''` at the root. */
  readonly label: string;
  /** The schema that stands here, and all that it is made of by allOf. */
  readonly schema: Schema;
  readonly parts: readonly SchemaObject[];
  readonly required: boolean;
  /** A branch that has to hold at a place above (or here) before this one counts. */
  readonly within?: { readonly steps: readonly Step[]; readonly schema: Schema; readonly base: Schema };
}

const mostSpots = 240;
const deepest = 4;

interface Walk {
  readonly spots: Spot[];
  readonly path: readonly SchemaObject[];
}

/** Every place that a schema of a request constrains: properties, items, and the branches of conditions. */
export function spotsOf(schema: Schema): readonly Spot[] {
  const walk: Walk = { spots: [], path: [] };
  visit({ steps: [], label: '', schema, required: true }, walk);
  return walk.spots;
}

type Place = Omit<Spot, 'parts'>;

function visit(place: Place, walk: Walk): void {
  const parts = partsOf(place.schema);
  const first = parts[0];
  if (first === undefined || walk.spots.length >= mostSpots || walk.path.includes(first)) return;
  if (place.steps.length > 0 && parts.some((part) => part.readOnly === true)) return;
  walk.spots.push({ ...place, parts });
  const below: Walk = { spots: walk.spots, path: [...walk.path, first] };
  for (const part of parts) {
    if (place.steps.length < deepest) visitMembers(place, part, below);
    if (place.within === undefined) visitBranches(place, part, below);
  }
}

/** A schema with what it is made of by allOf, each once. */
export function partsOf(schema: Schema): SchemaObject[] {
  const parts: SchemaObject[] = [];
  const waiting: Schema[] = [schema];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const node = follow(next);
    if (typeof node === 'boolean' || parts.includes(node) || parts.length > 32) continue;
    parts.push(node);
    waiting.push(...(node.allOf ?? []));
  }
  return parts;
}

function visitMembers(place: Place, part: SchemaObject, walk: Walk): void {
  const within = place.within === undefined ? {} : { within: place.within };
  for (const [name, schema] of Object.entries(part.properties ?? {})) {
    const label = place.label === '' ? name : `${place.label}.${name}`;
    const required = part.required?.includes(name) === true;
    visit(
      { steps: [...place.steps, { kind: 'property', name, schema }], label, schema, required, ...within },
      walk,
    );
  }
  for (const [index, schema] of (part.prefixItems ?? []).slice(0, 6).entries()) {
    const step: Step = { kind: 'item', name: String(index), schema };
    const label = `${place.label}[${index}]`;
    visit({ steps: [...place.steps, step], label, schema, required: true, ...within }, walk);
  }
  if (isOpen(part.items) && part.prefixItems === undefined) {
    const step: Step = { kind: 'item', name: '0', schema: part.items };
    visit(
      {
        steps: [...place.steps, step],
        label: `${place.label}[]`,
        schema: part.items,
        required: true,
        ...within,
      },
      walk,
    );
  }
  if (isOpen(part.additionalProperties)) {
    const schema = part.additionalProperties;
    const step: Step = { kind: 'member', name: 'apidouble', schema };
    visit(
      { steps: [...place.steps, step], label: `${place.label}.*`, schema, required: true, ...within },
      walk,
    );
  }
}

function isOpen(schema: Schema | undefined): schema is SchemaObject {
  return typeof schema === 'object';
}

function visitBranches(place: Place, part: SchemaObject, walk: Walk): void {
  const branches = part.oneOf ?? part.anyOf ?? [];
  for (const [index, branch] of branches.slice(0, 8).entries()) {
    const label = `${place.label}(${branchName(part, branch) ?? index + 1})`;
    visit(
      { ...place, schema: branch, label, within: { steps: place.steps, schema: branch, base: place.schema } },
      walk,
    );
  }
  if (part.if !== undefined && part.then !== undefined) {
    visit(
      {
        ...place,
        schema: part.then,
        label: `${place.label}(then)`,
        within: { steps: place.steps, schema: part.if, base: place.schema },
      },
      walk,
    );
  }
  if (part.if !== undefined && part.else !== undefined) {
    const schema: Schema = { not: part.if };
    visit(
      {
        ...place,
        schema: part.else,
        label: `${place.label}(else)`,
        within: { steps: place.steps, schema, base: place.schema },
      },
      walk,
    );
  }
}

function branchName(part: SchemaObject, branch: Schema): string | undefined {
  for (const [name, one] of part.discriminator?.branches ?? []) if (one === branch) return name;
  return undefined;
}
