import { RE2JS } from 're2js';
import { isDangerousPattern } from './pattern-danger.ts';

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

/**
 * Compiles a pattern of ECMA-262, with the `u` flag where it is valid with it, else without.
 *
 * One that could take exponential time is run by a linear-time engine. One that cannot be run at all (see `patternFault`)
 * matches everything.
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
  const native = nativePattern(pattern);
  if (typeof native === 'string') return { pattern: anything, fault: `is not a valid pattern: ${native}` };
  if (!isDangerousPattern(pattern)) return { pattern: native };
  const linear = linearPattern(pattern);
  if (linear !== undefined) return { pattern: linear };
  return {
    pattern: anything,
    fault:
      'can take exponential time, and uses what the linear-time engine cannot express; it is not checked',
  };
}

function nativePattern(pattern: string): RegExp | string {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return patternWithoutUnicode(pattern);
  }
}

function patternWithoutUnicode(pattern: string): RegExp | string {
  try {
    return new RegExp(pattern);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function linearPattern(pattern: string): Pattern | undefined {
  try {
    const expression = RE2JS.compile(RE2JS.translateRegExp(pattern));
    return { test: (text) => expression.test(text) };
  } catch {
    return undefined;
  }
}
