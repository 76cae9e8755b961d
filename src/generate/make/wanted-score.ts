import { compileSchema, type Schema } from '../../schema/index.ts';
import type { Shape } from '../shape/shape.ts';

const limit = 200;

/** How many of the wanted members a branch would take; its first choices are looked through too. */
export function wantedScore(shape: Shape, wanted: Readonly<Record<string, unknown>>): number {
  const { leaf } = shape;
  if (leaf === undefined) {
    const scores = shape.branches.slice(0, 10).map((branch) => wantedScore(branch(), wanted));
    return scores.length === 0 ? -1 : Math.max(...scores);
  }
  if (!leaf.kinds.includes('object')) return -1;
  let score = 0;
  for (const member of leaf.object().members.slice(0, limit)) {
    if (!Object.hasOwn(wanted, member.name)) {
      if (member.required) score -= 0.01;
      continue;
    }
    score += accepts(member.schemas, shape, wanted[member.name]) ? 1 : -1;
  }
  return score;
}

function accepts(schemas: readonly Schema[], shape: Shape, value: unknown): boolean {
  return schemas.every((schema) => compileSchema(schema, { direction: shape.direction }).isValid(value));
}
