import type { Kind } from '../facts/type-set.ts';
import type { Failure } from '../run.ts';
import { meetsWhatItAvoids } from './always-holds.ts';
import { isImpossible } from './analysis.ts';
import { type Leaf, type Shape, shapeOf } from './shape.ts';

/** Why it is certain that a shape has no value, with the way to the place; `undefined` where that is not certain. */
export function whyImpossible(shape: Shape): Failure | undefined {
  return isImpossible(shape) ? explain(shape, [], new Set()) : undefined;
}

function explain(shape: Shape, path: readonly (string | number)[], seen: Set<Shape>): Failure {
  const schema = typeof shape.schemas[0] === 'object' ? shape.schemas[0] : undefined;
  const because = (reason: string): Failure => ({ reason, proven: true, path, schema });
  if (seen.has(shape)) return because('it requires itself without end');
  seen.add(shape);
  if (shape.conjunction.impossible !== undefined) return because(shape.conjunction.impossible);
  const { leaf } = shape;
  if (leaf === undefined) {
    // What a family's names say is left out where it cannot hold: the last alternative is the schema without them.
    const telling =
      shape.choice?.keyword === 'family' ? shape.branches.slice(-1) : shape.branches.slice(0, 3);
    const reasons = telling.map((branch) => explain(branch(), path, new Set(seen)));
    const [only] = reasons;
    if (reasons.length === 1 && only !== undefined) return only;
    const list = reasons.map(({ reason }) => reason).join('; ');
    return because(`none of the branches of ${shape.choice?.keyword ?? 'anyOf'} can hold (${list})`);
  }
  if (meetsWhatItAvoids(shape))
    return because('whatever satisfies it satisfies what must not hold beside it');
  if (leaf.values !== undefined)
    return because('no value that "enum" or "const" lists keeps the other keywords');
  if (leaf.kinds.length === 0) return because('its schemas have no type in common');
  const [kind = 'null'] = leaf.kinds;
  return explainKind({ shape, leaf, kind }, path, seen) ?? because('its keywords contradict one another');
}

function explainKind(
  { shape, leaf, kind }: { shape: Shape; leaf: Leaf; kind: Kind },
  path: readonly (string | number)[],
  seen: Set<Shape>,
): Failure | undefined {
  const reason = ownReason(leaf, kind);
  const [schema] = shape.schemas;
  if (reason !== undefined)
    return { reason, proven: true, path, schema: typeof schema === 'object' ? schema : undefined };
  if (kind === 'object') {
    const broken = leaf
      .object()
      .members.find((member) => member.required && isImpossible(shapeOf(member.schemas, shape.direction)));
    if (broken === undefined) return undefined;
    return explain(shapeOf(broken.schemas, shape.direction), [...path, broken.name], seen);
  }
  if (kind !== 'array') return undefined;
  const facts = leaf.array();
  if (facts.uniqueItems && !isImpossible(shapeOf(facts.schemasAt(0), shape.direction))) {
    const reason = `there are not ${facts.minItems} different items`;
    return { reason, proven: true, path, schema: typeof schema === 'object' ? schema : undefined };
  }
  const last = Math.min(facts.rest, facts.minItems - 1);
  for (let index = 0; index <= last; index += 1) {
    const item = shapeOf(facts.schemasAt(index), shape.direction);
    if (isImpossible(item)) return explain(item, [...path, index], seen);
  }
  return undefined;
}

function ownReason(leaf: Leaf, kind: Kind): string | undefined {
  switch (kind) {
    case 'integer':
    case 'fraction':
      return leaf.number(kind).impossible;
    case 'string':
      return leaf.string().impossible;
    case 'array':
      return leaf.array().impossible;
    case 'object':
      return leaf.object().impossible;
    default:
      return undefined;
  }
}
