import { hasRightShape, isRecord } from './keyword-shapes.ts';
import { follow, type Schema, type SchemaObject } from './schema.ts';

/** A schema that another applies to the same value: one of several that may hold, or one that counts as a whole. */
export interface InPlaceEdge {
  readonly kind: 'choice' | 'whole';
  readonly schema: Schema;
}

function listed(node: SchemaObject, keyword: 'allOf' | 'anyOf' | 'oneOf'): readonly Schema[] {
  const value = node[keyword];
  return value !== undefined && hasRightShape(keyword, value) ? value : [];
}

/** The schemas that a schema applies to the very value it judges. */
function inPlaceEdges(node: SchemaObject): InPlaceEdge[] {
  const edges: InPlaceEdge[] = [];
  const add = (kind: InPlaceEdge['kind'], schemas: Iterable<Schema | undefined>): void => {
    for (const schema of schemas) if (schema !== undefined) edges.push({ kind, schema });
  };
  add('whole', listed(node, 'allOf'));
  add('whole', [node.if, node.then, node.else, node.not]);
  if (isRecord(node.dependentSchemas)) add('whole', Object.values(node.dependentSchemas));
  add('choice', [...listed(node, 'anyOf'), ...listed(node, 'oneOf')]);
  if (node.discriminator !== undefined) {
    add('choice', [...node.discriminator.branches.values(), node.discriminator.defaultBranch]);
  }
  return edges;
}

/**
 * Whether one schema comes back to another without stepping into the value: a loop that would never end. With `kind`
 * only ways that are made of such edges count.
 */
export function leadsBack(from: Schema, to: SchemaObject, kind?: InPlaceEdge['kind']): boolean {
  const seen = new Set<SchemaObject>();
  const waiting: Schema[] = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = follow(next);
    if (!isRecord(node) || seen.has(node)) continue;
    if (node === to) return true;
    seen.add(node);
    for (const edge of inPlaceEdges(node)) {
      if (kind === undefined || edge.kind === kind) waiting.push(edge.schema);
    }
  }
  return false;
}
