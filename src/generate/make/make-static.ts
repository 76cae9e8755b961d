import { compileSchema } from '../../schema/index.ts';
import type { Make, Run } from '../run.ts';
import type { Shape } from '../shape/shape.ts';
import { staticValue } from '../static/static-value.ts';

/** Prism's static value where the schema allows it as a whole; else the value is made, of static parts where they fit. */
export function compileStatic(shape: Shape, make: Make, names: readonly string[]): Make {
  let fixed: { readonly value: unknown } | undefined | 'not yet' = 'not yet';
  return (run, random, owner) => {
    if (isGuided(run)) return make(run, random, owner);
    if (fixed === 'not yet') fixed = validValue(shape, names);
    return fixed === undefined ? make(run, random, owner) : copyOf(fixed.value);
  };
}

/** Where the caller says what lists or members it wants, the root and its members are put together from their parts. */
function isGuided(run: Run): boolean {
  if (run.level === 0 && run.wanted !== undefined) return true;
  return run.level <= 1 && run.lists !== undefined;
}

function validValue(shape: Shape, names: readonly string[]): { readonly value: unknown } | undefined {
  const found = staticValue(shape, names.at(-1));
  if (found === undefined) return undefined;
  const isValid = shape.schemas.every((schema) =>
    compileSchema(schema, { direction: shape.direction }).isValid(found.value),
  );
  return isValid ? found : undefined;
}

function copyOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? structuredClone(value) : value;
}
