import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Node, node } from './document.ts';
import { strictFormats } from './formats.ts';

/** Says what is wrong with a value, in ajv's words; `undefined` where nothing is. */
export type Judge = (value: unknown) => string | undefined;

/** Which way a message goes: what is read-only means nothing in a request, what is write-only must not be in a response. */
export type Direction = 'request' | 'response';

const ajv = new Ajv2020({ strict: false, logger: false, addUsedSchema: false });
for (const [name, isValid] of Object.entries(strictFormats)) ajv.addFormat(name, isValid);

/** Compiles a schema, on the first use. */
export function createJudge(schema: Node): Judge {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile(schema);
    return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'value' });
  };
}

/** A copy of a schema as it holds in one direction. */
export function directed(schema: Node, direction: Direction): Node {
  return node(directedValue(schema, direction));
}

function directedValue(schema: unknown, direction: Direction): unknown {
  if (Array.isArray(schema)) return schema.map((one) => directedValue(one, direction));
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) copy[key] = directedValue(value, direction);
  if (copy.properties !== undefined) leaveOut(copy, direction);
  return copy;
}

function leaveOut(schema: Record<string, unknown>, direction: Direction): void {
  const mark = direction === 'request' ? 'readOnly' : 'writeOnly';
  const properties = { ...node(schema.properties) };
  for (const [name, property] of Object.entries(properties)) {
    if (node(property)[mark] !== true) continue;
    properties[name] = direction === 'request';
    if (Array.isArray(schema.required)) schema.required = schema.required.filter((one) => one !== name);
  }
  schema.properties = properties;
}
