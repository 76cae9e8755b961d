import type { Random } from '../core/index.ts';
import type { Direction } from '../schema/index.ts';
import type { Pools } from './pool/pools.ts';

/** Where values come from: made up by faker, or Prism's static ones. */
export type Source = 'faker' | 'static';

/** What a generator was compiled for. */
export interface GeneratorOptions {
  readonly direction: Direction;
  readonly source: Source;
  /** A faker locale (`en`, `de`, `fr`…). Default `en`. */
  readonly locale?: string;
  /**
   * The property's name and its parents' (outermost first) when the schema does not stand at a root: `['results', 'client_ip']`.
   * Words that only wrap (`results`, `items`, `data`, …) count for nothing, so a row is the same in a list and alone.
   */
  readonly names?: readonly string[];
  /** Always write optional properties (the default for responses); else each with a chance. */
  readonly fillProperties?: boolean;
}

/** How a list at the root, or in a property of the root, is to be made. */
export interface ListPlan {
  /** How many items; brought inside `minItems` and `maxItems`. */
  readonly length: number;
  /** The stream of the item at an index: the value that a generator of the item's schema makes from the same stream. */
  readonly stream?: (index: number) => Random;
}

/** What a value is drawn from. */
export interface GenerateContext {
  readonly random: Random;
  /** Milliseconds since 1970; dates are made around it, never from the machine's clock. */
  readonly now: number;
  /** Where values that hang on nothing but their place are kept, for one seed and moment; without, each is made afresh. */
  readonly pools?: Pools;
  /** Values that the generated ones should take over where the schema allows them, by property name at the root. */
  readonly wanted?: Readonly<Record<string, unknown>> | undefined;
  /** How lists are made, by property name at the root; `''` is the root itself. Lists that are not named draw their length. */
  readonly lists?: Readonly<Record<string, ListPlan>> | undefined;
}

/** A compiled schema that makes values. */
export interface Generator {
  /**
   * A value that satisfies the schema in its direction; the same random stream and clock give the same value.
   * Throws `ERR_SCHEMA_UNSATISFIABLE`, naming the schema's place and whether it is proven or only not found in 1,000 tries.
   */
  generate(context: GenerateContext): unknown;
  /**
   * The same as JSON text, with the given members in place of its own; all of it is proven or was judged. `undefined` where the value
   * has to be judged as a whole, or does not take what is given: then `generate` and a judge have to do.
   */
  write(context: GenerateContext, given: Readonly<Record<string, unknown>>): string | undefined;
  /** True where validity follows from construction alone, so that judging the value again is not needed. */
  readonly proven: boolean;
}
