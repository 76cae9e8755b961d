import { isRecord } from './keyword-shapes.ts';
import type { Place } from './place.ts';
import { follow, type Schema, type SchemaObject } from './schema.ts';
import { placedSubSchemas } from './sub-schemas.ts';

/** Visits every schema object that a root leads to, in document order, each once in all calls that share `seen`. */
export function walkSchemas(
  root: Schema,
  seen: Set<SchemaObject>,
  visit: (schema: SchemaObject, place: Place) => void,
): void {
  const waiting: Place[] = [{ node: root, keys: [] }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const node = follow(place.node);
    if (!isRecord(node) || seen.has(node)) continue;
    seen.add(node);
    const here: Place = { ...place, node };
    visit(node, here);
    waiting.push(...[...placedSubSchemas(node, here), ...contentSchema(node, here)].reverse());
  }
}

/** Judged by nobody, as what it describes is inside a string; its examples and patterns are worth a look all the same. */
function contentSchema(node: SchemaObject, above: Place): Place[] {
  const { contentSchema: schema } = node;
  const isSchema = isRecord(schema) || typeof schema === 'boolean';
  return isSchema ? [{ node: schema as Schema, above, keys: ['contentSchema'] }] : [];
}
