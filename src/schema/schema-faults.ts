import { childOrigin, type Origin } from '../core/index.ts';
import { expectedShape, hasRightShape, isRecord } from './keyword-shapes.ts';
import { patternFault } from './pattern.ts';
import { type Place, placeOrigin } from './place.ts';
import { preview } from './preview.ts';
import type { Schema, SchemaObject } from './schema.ts';
import { walkSchemas } from './walk-schemas.ts';

/** A keyword that is left out of the judgement, because its value is not what the keyword takes. */
export interface SchemaFault {
  readonly keyword: string;
  /** One sentence: `"minLength" must be a whole number that is not negative, and is -1; it is ignored`. */
  readonly message: string;
  /** The schema that has the keyword. */
  readonly node: SchemaObject;
  /** The keyword's place in the document. */
  readonly origin?: Origin;
}

/**
 * Lists what a schema, and every schema that it leads to, has in keywords of a wrong shape and patterns that cannot be checked.
 * Calls that share `seen` look at each schema once.
 */
export function schemaFaults(schema: Schema, seen: Set<SchemaObject> = new Set()): readonly SchemaFault[] {
  const faults: SchemaFault[] = [];
  walkSchemas(schema, seen, (node, place) => faults.push(...faultsOf(node, place)));
  return faults;
}

function faultsOf(node: SchemaObject, place: Place): SchemaFault[] {
  const faults: SchemaFault[] = [];
  const add = (keyword: string, message: string, keys: readonly string[] = []): void => {
    const origin = placeOrigin(place);
    const where = origin === undefined ? {} : { origin: childOrigin(origin, keyword, ...keys) };
    faults.push({ keyword, message: `"${keyword}" ${message}`, node, ...where });
  };
  for (const [keyword, value] of Object.entries(node)) {
    if (hasRightShape(keyword, value)) continue;
    add(keyword, `must be ${expectedShape(keyword)}, and is ${preview(value)}; it is ignored`);
  }
  const fault = typeof node.pattern === 'string' ? patternFault(node.pattern) : undefined;
  if (fault !== undefined) add('pattern', `${preview(node.pattern)} ${fault}`);
  for (const pattern of Object.keys(isRecord(node.patternProperties) ? node.patternProperties : {})) {
    const wrong = patternFault(pattern);
    if (wrong !== undefined) add('patternProperties', `${preview(pattern)} ${wrong}`, [pattern]);
  }
  return faults;
}
