import type { MatchDefinition } from '../definition.ts';
import { readPath } from '../json-path.ts';
import type { Spot } from '../source.ts';
import {
  compileExpectation,
  type Difference,
  differenceInside,
  type Expectation,
  preview,
  satisfies,
} from './expectation.ts';
import { type FactPlace, type Facts, factOf } from './facts.ts';

/** One thing about a request that is not as a rule wants it. */
export interface Miss extends Difference {
  /** `query.page`, `body.items[0].sku`, `state`. */
  readonly place: string;
}

type Check = (facts: Facts) => Miss | undefined;

/** What a rule wants of a request, compiled. */
export interface Matcher {
  matches(facts: Facts): boolean;
  /** All that is not as it should be. */
  misses(facts: Facts): readonly Miss[];
}

const places: readonly FactPlace[] = ['path', 'query', 'headers', 'cookies'];

/** Compiles all of `when` that looks at the request itself. Throws `ERR_SCENARIO` for a path or a schema that is none. */
export function compileMatcher(when: MatchDefinition | undefined, spot: Spot): Matcher {
  const checks = when === undefined ? [] : checksOf(when, spot);
  return {
    matches: (facts) => checks.every((check) => check(facts) === undefined),
    misses: (facts) => checks.map((check) => check(facts)).filter((miss) => miss !== undefined),
  };
}

function checksOf(when: MatchDefinition, spot: Spot): Check[] {
  const checks: Check[] = [];
  for (const place of places) {
    for (const [name, expected] of Object.entries(when[place] ?? {}))
      checks.push(placeCheck(place, name, compileExpectation(expected, spot.down(place, name))));
  }
  if (when.body !== undefined) checks.push(...bodyChecks(when.body, spot.down('body')));
  if (when.bodySchema !== undefined) {
    const expectation = satisfies(when.bodySchema, spot.down('bodySchema'));
    checks.push(({ body }) => missAt('body', expectation(body)));
  }
  return checks;
}

function placeCheck(place: FactPlace, name: string, expectation: Expectation): Check {
  return (facts) => missAt(`${place}.${name}`, expectation(factOf(facts, place, name)));
}

function missAt(place: string, difference: Difference | undefined): Miss | undefined {
  return difference === undefined ? undefined : { place, ...difference };
}

function bodyChecks(expected: unknown, spot: Spot): Check[] {
  const { paths, rest } = splitPaths(expected);
  const contained: Check[] = rest === undefined ? [] : [({ body }) => differenceInside(body, rest, 'body')];
  const reached = paths.map(([text, wanted]): Check => {
    const path = readPath(text, spot.down(text));
    const expectation = compileExpectation(wanted, spot.down(text));
    return ({ body }) => missOfPath(text, path(body), expectation);
  });
  return [...contained, ...reached];
}

/** A value in two: its members that are named by a JSONPath, and what is left; `undefined` where nothing is. */
export function splitPaths(value: unknown): {
  readonly paths: readonly (readonly [string, unknown])[];
  readonly rest: unknown;
} {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { paths: [], rest: value };
  const entries = Object.entries(value);
  const paths = entries.filter(([key]) => key.startsWith('$'));
  if (paths.length === 0) return { paths, rest: value };
  const rest = entries.filter(([key]) => !key.startsWith('$'));
  return { paths, rest: rest.length === 0 ? undefined : Object.fromEntries(rest) };
}

/** Of several places one has to be as expected; where the path leads nowhere, nothing is there. */
function missOfPath(
  text: string,
  nodes: readonly { readonly value: unknown }[],
  expectation: Expectation,
): Miss | undefined {
  if (nodes.length === 0) return missAt(`body ${text}`, expectation(undefined));
  const [first, ...others] = nodes.map(({ value }) => expectation(value));
  if (first === undefined || others.includes(undefined)) return undefined;
  const seen = nodes.length === 1 ? first.seen : preview(nodes.map(({ value }) => value));
  return { place: `body ${text}`, expected: first.expected, seen };
}
