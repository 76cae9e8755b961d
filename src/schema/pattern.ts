import { linearPattern } from './linear-pattern.ts';
import { dangerousDegree, isUnicodePattern, patternDegree } from './pattern-danger.ts';

/** A compiled pattern. */
export interface Pattern {
  test(text: string): boolean;
}

interface Compiled {
  readonly pattern: Pattern;
  readonly fault?: string;
}

const anything: Pattern = { test: () => true };
const compiled = new Map<string, Compiled>();
const maximumKept = 5_000;

/** How many steps a backtracking engine may take where a linear one could do it, and where there is no other way. */
const cheapSteps = 1e7;
const bearableSteps = 1e9;

/**
 * Compiles a pattern of ECMA-262, with the `u` flag where it is valid with it, else without.
 *
 * One that could take long is run by a linear-time engine: always where the time is exponential, else for long texts. One
 * that cannot be run at all (see `patternFault`) matches everything.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-6.4
 */
export function compilePattern(pattern: string): Pattern {
  return look(pattern).pattern;
}

/** Why a pattern cannot be checked, for a person: it is invalid, or dangerous and beyond the linear-time engine. */
export function patternFault(pattern: string): string | undefined {
  return look(pattern).fault;
}

function look(pattern: string): Compiled {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  if (compiled.size >= maximumKept) compiled.clear();
  const made = compile(pattern);
  compiled.set(pattern, made);
  return made;
}

function compile(pattern: string): Compiled {
  const unicode = isUnicodePattern(pattern);
  let native: RegExp;
  try {
    native = new RegExp(pattern, unicode ? 'u' : '');
    // V8 finds out that a pattern is too large for it when it is first run.
    native.test('');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { pattern: anything, fault: `is not a valid pattern: ${reason}` };
  }
  return guarded(pattern, { native, unicode });
}

function guarded(pattern: string, { native, unicode }: { native: RegExp; unicode: boolean }): Compiled {
  const degree = patternDegree(pattern);
  if (degree <= 1) return { pattern: native };
  const linear = linearPattern(pattern, unicode);
  const longest = longestText(degree, linear === undefined ? bearableSteps : cheapSteps);
  if (longest >= 1) {
    const rest = linear ?? anything;
    return { pattern: { test: (text) => (text.length <= longest ? native : rest).test(text) } };
  }
  if (linear !== undefined) return { pattern: linear };
  return {
    pattern: anything,
    fault: 'can take exponential time, and the linear-time engine cannot express it: it is not checked',
  };
}

/** How long a text may be for so many steps; 0 where a pattern is dangerous on any. */
function longestText(degree: number, steps: number): number {
  return degree >= dangerousDegree ? 0 : Math.floor(steps ** (1 / degree));
}
