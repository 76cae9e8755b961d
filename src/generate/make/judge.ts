import { compileSchema, type Validator } from '../../schema/index.ts';
import { fail, failed, forgetFailure, lookLimit, type Make, type Run, valueLimit } from '../run.ts';
import type { Shape } from '../shape/shape.ts';

/** How often a place is tried. */
const triesPerPlace = 1_000;

/** How many values one call of `generate` may have judged in vain. */
const triesPerCall = 4_000;

/** Wraps a maker: it makes no more than a call may have; what it is not certain of is judged, and made again from another stream where it is not valid. */
export function compileJudge(shape: Shape, make: Make): Make {
  let validators: readonly Validator[] | undefined;
  const isValid = (value: unknown): boolean => {
    validators ??= shape.schemas.map((schema) => compileSchema(schema, { direction: shape.direction }));
    return validators.every((validator) => validator.isValid(value));
  };
  return (run, random, owner) => {
    run.values += 1;
    if (run.values > valueLimit) return fail(run, `more than ${valueLimit} values are needed`, false);
    const before = run.uncertain;
    run.uncertain = false;
    forgetFailure(run);
    const value = make(run, random, owner);
    const isSettled = value !== failed && (!run.uncertain || isValid(value));
    const isHopeless = value === failed && run.failure?.proven === true;
    const result = isSettled || isHopeless ? value : tryAgain(run, { random, make, isValid });
    run.uncertain = before;
    if (result === failed && run.failure?.schema === undefined && run.failure !== undefined)
      run.failure = { ...run.failure, schema: schemaOf(shape) };
    return result;
  };
}

function schemaOf(shape: Shape): object | undefined {
  const [first] = shape.schemas;
  return typeof first === 'object' ? first : undefined;
}

function tryAgain(
  run: Run,
  {
    random,
    make,
    isValid,
  }: { random: Parameters<Make>[1]; make: Make; isValid: (value: unknown) => boolean },
): unknown {
  const before = run.attempt;
  if (before > 0 && (run.tries > triesPerCall / 2 || run.looks > lookLimit))
    return fail(run, notFound, false);
  const limit = before === 0 ? triesPerPlace : 30;
  let result: unknown = failed;
  for (let attempt = 1; attempt < limit && result === failed; attempt += 1) {
    run.tries += 1;
    if (run.tries > triesPerCall || run.looks > lookLimit) break;
    run.attempt = attempt;
    run.uncertain = false;
    forgetFailure(run);
    const stream = random.fork(`~try${attempt}`);
    const value = make(run, stream, stream);
    if (value !== failed && (!run.uncertain || isValid(value))) result = value;
    if (value === failed && run.failure?.proven === true) break;
  }
  run.attempt = before;
  return result === failed && run.failure === undefined ? fail(run, notFound, false) : result;
}

const notFound = 'no value that keeps all of its keywords was found';
