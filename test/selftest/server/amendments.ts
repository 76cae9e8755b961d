import { node, type Operation, type Parameter } from '../document.ts';

/**
 * One place where the server's idea of what clients may send differs from the document: a keyword is left out, or set to
 * another value.
 */
export interface Amendment {
  readonly operation: string;
  /** `query.page_size`, `header.X-Depths`, `body`. */
  readonly place: string;
  /** Keys from that place's schema down to the one that is amended: `['properties', 'max']`. */
  readonly at?: readonly string[];
  /** A keyword of JSON Schema, or `presence`: whether a required parameter has to be there. */
  readonly keyword: string;
  /** Left out where it is absent. */
  readonly value?: unknown;
}

/** The operation as the server understands it. */
export function amend(operation: Operation, amendments: readonly Amendment[]): Operation {
  const own = amendments.filter((one) => one.operation === operation.id);
  if (own.length === 0) return operation;
  const bodies = own.filter(({ place }) => place === 'body');
  return {
    ...operation,
    parameters: operation.parameters.map((parameter) => amendParameter(parameter, own)),
    body:
      operation.body && new Map([...operation.body].map(([type, one]) => [type, amendSchema(one, bodies)])),
  };
}

function amendParameter(parameter: Parameter, amendments: readonly Amendment[]): Parameter {
  const own = amendments.filter(({ place }) => place === `${parameter.in}.${parameter.name}`);
  const optional = own.some((one) => one.keyword === 'presence');
  const schema = amendSchema(
    parameter.schema,
    own.filter((one) => one.keyword !== 'presence'),
  );
  return { ...parameter, required: parameter.required && !optional, schema };
}

function amendSchema<Schema>(schema: Schema, amendments: readonly Amendment[]): Schema {
  if (amendments.length === 0) return schema;
  const copy = structuredClone(schema);
  for (const amendment of amendments) {
    const target = schemaAt(copy, amendment);
    if (amendment.value === undefined) delete target[amendment.keyword];
    else target[amendment.keyword] = amendment.value;
  }
  return copy;
}

/** Throws where there is nothing to amend: a fault that is not planted must not count as one. */
function schemaAt(schema: unknown, amendment: Amendment): Record<string, unknown> {
  let found: unknown = schema;
  for (const key of amendment.at ?? []) found = Array.isArray(found) ? found[Number(key)] : node(found)[key];
  const { operation, place, at, keyword, value } = amendment;
  if (value === undefined && !Object.hasOwn(node(found), keyword)) {
    throw new Error(`Cannot amend ${operation} ${place} ${at?.join('/') ?? ''}: there is no ${keyword}.`);
  }
  return found as Record<string, unknown>;
}
