import type { Source } from '../generator.ts';
import type { Make } from '../run.ts';
import type { Shape } from '../shape/shape.ts';
import type { Plan } from './object-plan.ts';

/** What the makers of one kind of generator share; shapes are made once per kit and names. */
export interface Kit {
  readonly source: Source;
  readonly fillProperties: boolean;
  readonly made: WeakMap<Shape, Map<string, Make>>;
  readonly plans: WeakMap<Shape, Map<string, Plan>>;
  /** The maker of a shape that stands under the names. */
  make(shape: Shape, names: readonly string[]): Make;
}

const reach = 3;

/** The names that matter for a value: the last few that do not only wrap. */
export function nearNames(names: readonly string[]): readonly string[] {
  return names.length <= reach ? names : names.slice(-reach);
}
