import type { Make } from '../run.ts';
import type { Shape } from '../shape/shape.ts';

/** Prism's static values come first; what breaks the schema is made as usual. */
export function compileStatic(_shape: Shape, make: Make): Make {
  return make;
}
