import type { Schema } from '../../schema/index.ts';
import { assertions } from './negate.ts';
import { type Shape, shapeOf } from './shape.ts';

/** Keywords that say something of each member or item by itself, of the kind, or of the number. */
const separate = {
  object: new Set(
    'type properties required additionalProperties patternProperties unevaluatedProperties minProperties maxProperties allOf $ref'.split(
      ' ',
    ),
  ),
  array: new Set('type items minItems maxItems allOf $ref'.split(' ')),
} as const;

/**
 * Whether only objects (or lists) satisfy a shape, and each does whose members (or items) satisfy what is said of them, one by one, as
 * long as it has what is required and not too few or too many. `allOf` and `$ref` are dissolved in a shape: their parts are looked at.
 */
export function isSeparable({ leaf, conjunction }: Shape, kind: 'object' | 'array'): boolean {
  if (leaf === undefined || conjunction.avoid.length > 0 || conjunction.barred.length > 0) return false;
  const [only, ...others] = leaf.kinds;
  if (only !== kind || others.length > 0) return false;
  return leaf.parts.every(
    (part) =>
      part['x-faker'] === undefined && assertions(part).every((keyword) => separate[kind].has(keyword)),
  );
}

/**
 * How many items the list at a place in a body may have, if the body is valid wherever it is so with an empty list there, and each
 * item satisfies `itemSchema`; `undefined` where that does not follow.
 */
export function roomForItems(
  body: Schema,
  { path, itemSchema }: { readonly path: readonly string[]; readonly itemSchema: Schema },
): number | undefined {
  let shape = shapeOf([body], 'response');
  for (const name of path) {
    if (!isSeparable(shape, 'object')) return undefined;
    const member = shape.leaf?.object().members.find((one) => one.name === name);
    if (member === undefined) return undefined;
    shape = shapeOf(member.schemas, 'response');
  }
  if (shape.leaf === undefined || !isSeparable(shape, 'array')) return undefined;
  const { schemasAt, maxItems } = shape.leaf.array();
  return shapeOf(schemasAt(0), 'response') === shapeOf([itemSchema], 'response') ? maxItems : undefined;
}
