import { type Node, node } from '../document.ts';

/** Puts numbers and booleans in place of the texts that stand for them, wherever the schema asks for such; `null` stays `null`. */
export function readTexts(schema: Node, value: unknown): unknown {
  if (typeof value === 'string') return readText(schema, value);
  if (Array.isArray(value)) return value.map((one) => readTexts(node(schema.items), one));
  if (typeof value !== 'object' || value === null) return value;
  const properties = node(schema.properties);
  const read = Object.entries(value).map(([name, one]): [string, unknown] => [
    name,
    Object.hasOwn(properties, name) ? readTexts(node(properties[name]), one) : one,
  ]);
  return Object.fromEntries(read);
}

function readText({ type }: Node, text: string): unknown {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const isNumber = types.includes('number') || types.includes('integer');
  if (isNumber && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return Number(text);
  const isBoolean = types.includes('boolean') && (text === 'true' || text === 'false');
  return isBoolean ? text === 'true' : text;
}
