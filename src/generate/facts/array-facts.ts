import type { Schema } from '../../schema/index.ts';
import type { Part } from '../shape/conjunction.ts';

/** A `contains` with how many items must and may match. */
export interface Containing {
  readonly schema: Schema;
  /** What the items beyond `most` must be. */
  readonly opposite: Schema;
  readonly least: number;
  readonly most: number;
}

/** What all the schemas of one place together say about a list. */
export interface ArrayFacts {
  readonly minItems: number;
  readonly maxItems: number;
  readonly uniqueItems: boolean;
  readonly contains: readonly Containing[];
  /** From this index on all items have the same schemas. */
  readonly rest: number;
  /** The schemas of the item at an index; `matched` is the `contains` that the item is made for. */
  schemasAt(index: number, matched?: Containing): readonly Schema[];
  /** Why no list satisfies them, where that is certain. */
  readonly impossible?: string;
}

/** Gathers the list keywords of several schemas. */
export function readArrayFacts(parts: readonly Part[]): ArrayFacts {
  let minItems = 0;
  let maxItems = Infinity;
  let rest = 0;
  let uniqueItems = false;
  const contains: Containing[] = [];
  for (const { schema } of parts) {
    minItems = Math.max(minItems, schema.minItems ?? 0);
    maxItems = Math.min(maxItems, schema.maxItems ?? Infinity);
    rest = Math.max(rest, schema.prefixItems?.length ?? 0);
    uniqueItems ||= schema.uniqueItems === true;
    if (schema.contains === undefined) continue;
    const least = schema.minContains ?? 1;
    const most = schema.maxContains ?? Infinity;
    contains.push({ schema: schema.contains, opposite: { not: schema.contains }, least, most });
    minItems = Math.max(minItems, least);
  }
  const impossible = contradiction(minItems, maxItems, contains);
  return {
    minItems,
    maxItems,
    uniqueItems,
    contains,
    rest,
    schemasAt: (index, matched) => schemasAt(parts, index, matched),
    ...(impossible === undefined ? {} : { impossible }),
  };
}

function contradiction(
  minItems: number,
  maxItems: number,
  contains: readonly Containing[],
): string | undefined {
  const broken = contains.find(({ least, most }) => least > most);
  if (broken !== undefined) return `minContains ${broken.least} is above maxContains ${broken.most}`;
  if (minItems > maxItems) return `at least ${minItems} items are needed and at most ${maxItems} allowed`;
  return undefined;
}

function schemasAt(parts: readonly Part[], index: number, matched: Containing | undefined): Schema[] {
  const schemas: Schema[] = [];
  for (const part of parts) {
    const own = itemSchema(part, index);
    if (own !== undefined) schemas.push(own);
    const { unevaluatedItems } = part.schema;
    if (unevaluatedItems === undefined) continue;
    const isEvaluated = (other: Part) =>
      isInside(other, part) &&
      (evaluates(other, index, matched) || (other !== part && other.schema.unevaluatedItems !== undefined));
    if (!parts.some(isEvaluated)) schemas.push(unevaluatedItems);
  }
  if (matched !== undefined) schemas.push(matched.schema);
  return schemas;
}

function itemSchema({ schema }: Part, index: number): Schema | undefined {
  const prefix = schema.prefixItems ?? [];
  return index < prefix.length ? prefix[index] : schema.items;
}

/** @see https://json-schema.org/draft/2020-12/json-schema-core#section-11.2 */
function evaluates(part: Part, index: number, matched: Containing | undefined): boolean {
  if (itemSchema(part, index) !== undefined) return true;
  return matched !== undefined && part.schema.contains === matched.schema;
}

/** Whether a part was reached through another (or is it), so that what it evaluates counts for the other's `unevaluated…`. */
export function isInside(part: Part, scope: Part): boolean {
  return part === scope || part.within.includes(scope.schema);
}
