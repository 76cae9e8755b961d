/** A JSON Schema whose `#/$defs/…` references (which lead to one another, but not back) are replaced by what they name. */
export function resolveReferences(
  schema: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { $defs, $schema: _, ...rest } = schema;
  const definitions = ($defs ?? {}) as Readonly<Record<string, unknown>>;
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref } = value as { $ref?: unknown };
    if (typeof $ref === 'string') return resolve(definitions[$ref.replace('#/$defs/', '')]);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolve(one)]));
  };
  return resolve(rest) as Readonly<Record<string, unknown>>;
}
