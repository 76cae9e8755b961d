import { type JsonPointer, pointerKeys } from '../../core/index.ts';

/**
 * A place in a named schema as people say it: `/components/schemas/Pet/properties/tags/items/maxLength` is `Pet.tags[]`.
 * `undefined` for a schema without a name.
 */
export function schemaName(pointer: JsonPointer): string | undefined {
  const keys = pointerKeys(pointer);
  const depth = keys[0] === 'definitions' ? 1 : 2;
  const name = keys[depth];
  const isNamed = depth === 1 || (keys[0] === 'components' && keys[1] === 'schemas');
  return isNamed && name !== undefined ? name + inside(keys.slice(depth + 1, -1)) : undefined;
}

/** The way from a schema to one of its parts, as a person writes it; what only combines schemas is left out. */
function inside(keys: readonly string[]): string {
  let words = '';
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    if (key === 'properties' || key === 'patternProperties') {
      index += 1;
      words += `.${keys[index] ?? ''}`;
    } else if (key === 'additionalProperties') words += '.*';
    else if (key === 'items' || key === 'contains') words += '[]';
    else if (key === 'prefixItems') {
      index += 1;
      words += `[${keys[index] ?? ''}]`;
    }
  }
  return words;
}
