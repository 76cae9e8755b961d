import type { ParameterObject } from '../document/index.ts';
import { follow, type SchemaObject, typesOf } from '../schema/index.ts';

const byFormat: ReadonlyMap<string, string> = new Map([
  ['uuid', '3fa85f64-5717-4562-b3fc-2c963f66afa6'],
  ['date-time', '2024-01-01T00:00:00Z'],
  ['date', '2024-01-01'],
  ['time', '12:00:00Z'],
  ['email', 'user@example.com'],
  ['uri', 'http://example.com'],
  ['hostname', 'example.com'],
  ['ipv4', '192.0.2.1'],
  ['ipv6', '2001:db8::1'],
]);

/** A plausible text for a parameter: its example, its default, its first enum value, else one by format and type. */
export function sampleParameter(parameter: ParameterObject): string {
  for (const example of parameter.examples.values()) if (example.hasValue) return asText(example.value);
  const schema = follow(parameter.schema);
  return typeof schema === 'boolean' ? parameter.name : asText(sampleOf(schema, parameter.name));
}

function sampleOf(schema: SchemaObject, name: string): unknown {
  const declared = [schema.example, schema.examples?.[0], schema.default, schema.const, schema.enum?.[0]];
  const given = declared.find((value) => value !== undefined && value !== null);
  if (given !== undefined) return given;
  const inner = schema.allOf?.[0] ?? schema.anyOf?.[0] ?? schema.oneOf?.[0];
  const type = typesOf(schema)?.find((one) => one !== 'null');
  if (type === undefined && inner !== undefined) {
    const followed = follow(inner);
    if (typeof followed !== 'boolean' && followed !== schema) return sampleOf(followed, name);
  }
  return sampleOfType(schema, type ?? 'string', name);
}

function sampleOfType(schema: SchemaObject, type: string, name: string): unknown {
  switch (type) {
    case 'integer':
    case 'number':
      return schema.minimum ?? (schema.exclusiveMinimum === undefined ? 1 : schema.exclusiveMinimum + 1);
    case 'boolean':
      return true;
    case 'array': {
      const items = follow(schema.items ?? true);
      return typeof items === 'boolean' ? name : sampleOf(items, name);
    }
    default:
      return byFormat.get(schema.format ?? '') ?? name;
  }
}

function asText(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? value.map(asText).join(',') : JSON.stringify(value);
  }
  return String(value);
}
