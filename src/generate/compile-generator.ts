import type { ApidoubleError } from '../core/index.ts';
import type { Direction, Schema } from '../schema/index.ts';
import { benchOf } from './faker/bench.ts';
import type { Generator, GeneratorOptions } from './generator.ts';
import { kitOf } from './make/make-shape.ts';
import { compileWrite, type Write } from './make/write-object.ts';
import { failed, type Make, type Run, startRun } from './run.ts';
import { isImpossible } from './shape/analysis.ts';
import { isProven } from './shape/certainty.ts';
import { type Shape, shapeOf } from './shape/shape.ts';
import { whyImpossible } from './shape/why-impossible.ts';
import { unsatisfiableError } from './unsatisfiable.ts';

/**
 * Compiles a schema into a generator of values that are valid by construction, or judged where construction is not enough.
 * Parts are compiled on their first use. Throws `ERR_OPTION` for a locale that faker does not know.
 */
export function compileGenerator(schema: Schema, options: GeneratorOptions): Generator {
  const bench = benchOf(options.locale ?? 'en');
  const shape = shapeOf([schema], options.direction);
  const names = options.names ?? [];
  const kit = kitOf(options);
  let make: Make | undefined;
  let proven: boolean | undefined;
  let write: Write | undefined | 'not yet' = 'not yet';
  return {
    generate(context) {
      const reason = impossibleReason(shape);
      if (reason !== undefined) throw reason;
      make ??= kit.make(shape, names);
      const run = startRun(context, bench);
      const value = make(run, context.random, context.random);
      if (value === failed) throw failureOf(run);
      return value;
    },
    write(context, given) {
      if (write === 'not yet') write = isImpossible(shape) ? undefined : compileWrite(kit, shape, names);
      return write?.(startRun(context, bench), context.random, given);
    },
    get proven() {
      proven ??= !isImpossible(shape) && isProven(shape);
      return proven;
    },
  };
}

/** Why it is certain that no value satisfies the schema; `undefined` where one does, or where it is not certain. */
export function provenUnsatisfiable(schema: Schema, direction: Direction): string | undefined {
  return whyImpossible(shapeOf([schema], direction))?.reason;
}

function impossibleReason(shape: Shape): ApidoubleError | undefined {
  const failure = whyImpossible(shape);
  return failure === undefined ? undefined : unsatisfiableError(failure);
}

function failureOf(run: Run): ApidoubleError {
  const failure = run.failure ?? { reason: 'no value was found', proven: false, path: [], schema: undefined };
  // What one run found hopeless may be so for the values of that run only.
  return unsatisfiableError({ ...failure, proven: false });
}
