import { setOwn } from '../../wire/index.ts';
import { factOf } from '../match/facts.ts';
import type { Spot } from '../source.ts';
import { filters, functions, textOf } from './functions.ts';
import { type Expression, parseExpression } from './parse-expression.ts';
import type { TemplateScope } from './scope.ts';

/** A value with templates in it, compiled. */
export interface Template {
  /** There is no template in it: it is always the same. */
  readonly isFixed: boolean;
  fill(scope: TemplateScope): unknown;
}

const deepest = 200;

/**
 * Compiles the `{{ … }}` in the texts of a value. A text that is one template as a whole takes the value's own type, and is left
 * out of its object where there is no value. Throws `ERR_SCENARIO` for an expression that cannot be read.
 */
export function compileTemplate(value: unknown, spot: Spot, depth = 0): Template {
  if (depth > deepest) throw spot.fault(`it is nested deeper than ${deepest}`, 'Flatten it');
  if (typeof value === 'string') return compileText(value, spot);
  if (Array.isArray(value))
    return compileList(
      value.map((one, index) => compileTemplate(one, spot.down(index), depth + 1)),
      value,
    );
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array))
    return compileObject(value, spot, depth);
  return fixed(value);
}

/** A value that is taken as it stands, whatever is in its texts. */
export function fixed(value: unknown): Template {
  return { isFixed: true, fill: () => value };
}

function compileList(items: readonly Template[], whole: unknown): Template {
  if (items.every(({ isFixed }) => isFixed)) return fixed(whole);
  return { isFixed: false, fill: (scope) => items.map((item) => item.fill(scope) ?? null) };
}

function compileObject(value: object, spot: Spot, depth: number): Template {
  const members = Object.entries(value).map(
    ([key, one]) => [key, compileTemplate(one, spot.down(key), depth + 1)] as const,
  );
  if (members.every(([, { isFixed }]) => isFixed)) return fixed(value);
  return {
    isFixed: false,
    fill(scope) {
      const filled: Record<string, unknown> = {};
      for (const [key, member] of members) {
        const one = member.fill(scope);
        if (one !== undefined) setOwn(filled, key, one);
      }
      return filled;
    },
  };
}

const longestText = 100_000;
/** What stands between the braces: texts in quotes may hold braces. */
const placeholder = /\{\{((?:[^'"}]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\}(?!\}))*)\}\}/y;

function compileText(text: string, spot: Spot): Template {
  if (!text.includes('{{')) return fixed(text);
  if (text.length > longestText)
    throw spot.fault(`a text with templates is longer than ${longestText} characters`, 'Split it');
  const pieces = piecesOf(text, spot);
  const [only] = pieces;
  if (pieces.length === 1 && typeof only === 'function') return { isFixed: false, fill: only };
  return {
    isFixed: false,
    fill: (scope) =>
      pieces.map((piece) => (typeof piece === 'string' ? piece : textOf(piece(scope)))).join(''),
  };
}

/** The texts between the templates, and the templates. The first that does not end is told at once. */
function piecesOf(text: string, spot: Spot): readonly (string | Evaluate)[] {
  const pieces: (string | Evaluate)[] = [];
  let end = 0;
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', end)) {
    placeholder.lastIndex = start;
    const match = placeholder.exec(text);
    if (match === null)
      throw spot.fault(
        'a template begins with {{ and does not end',
        "Write }}, or {{ '{{' }} for the braces",
      );
    if (start > end) pieces.push(text.slice(end, start));
    pieces.push(compileExpression(match[1] ?? '', spot));
    end = start + match[0].length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

type Evaluate = (scope: TemplateScope) => unknown;

function compileExpression(text: string, spot: Spot): Evaluate {
  try {
    return evaluatorOf(parseExpression(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw spot.fault(`the template "{{${text}}}" cannot be read: ${reason}`, 'Correct the template');
  }
}

function evaluatorOf(expression: Expression): Evaluate {
  switch (expression.kind) {
    case 'literal':
      return () => expression.value;
    case 'path':
      return pathEvaluator(expression.keys);
    case 'call': {
      const called = known(functions, expression.name, 'function');
      const given = expression.given.map(evaluatorOf);
      return (scope) =>
        called(
          scope,
          given.map((one) => one(scope)),
        );
    }
    case 'pipe': {
      const filter = known(filters, expression.name, 'filter');
      const input = evaluatorOf(expression.input);
      const given = expression.given.map(evaluatorOf);
      return (scope) =>
        filter(
          input(scope),
          given.map((one) => one(scope)),
        );
    }
    default:
      return expression satisfies never;
  }
}

function known<Entry>(table: ReadonlyMap<string, Entry>, name: string, what: string): Entry {
  const found = table.get(name);
  if (found === undefined)
    throw new Error(`there is no ${what} "${name}", there is: ${[...table.keys()].join(', ')}`);
  return found;
}

const requestPlaces: ReadonlyMap<string, 'path' | 'query' | 'headers' | 'cookies'> = new Map([
  ['path', 'path'],
  ['query', 'query'],
  ['header', 'headers'],
  ['headers', 'headers'],
  ['cookie', 'cookies'],
  ['cookies', 'cookies'],
]);

function pathEvaluator([root, ...keys]: readonly (string | number)[]): Evaluate {
  if (root === 'request') return requestEvaluator(keys);
  if (root !== 'state' && root !== 'count' && root !== 'session')
    throw new Error(`there is no "${root}", there is: request, state, count, session`);
  if (keys.length > 0) throw new Error(`"${root}" has no parts`);
  return (scope) => scope[root];
}

function requestEvaluator([part, ...keys]: readonly (string | number)[]): Evaluate {
  switch (part) {
    case 'method':
      return ({ facts }) => facts.request.method;
    case 'target':
      return ({ facts }) => facts.request.target;
    case 'origin':
      return ({ facts }) => facts.request.origin;
    case 'body':
      return ({ facts }) => inside(facts.body, keys);
    default: {
      const place = requestPlaces.get(String(part));
      const [name, ...rest] = keys;
      if (place === undefined || name === undefined)
        throw new Error(
          'of the request there is: method, target, origin, body, path.NAME, query.NAME, headers.NAME, cookies.NAME',
        );
      return ({ facts }) => inside(factOf(facts, place, String(name)), rest);
    }
  }
}

/** Own members only: what a value inherits is nobody's to read. */
function inside(value: unknown, keys: readonly (string | number)[]): unknown {
  let found = value;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null || found instanceof Uint8Array) return undefined;
    const at = Array.isArray(found) && typeof key === 'number' && key < 0 ? found.length + key : key;
    if (!Object.hasOwn(found, at)) return undefined;
    found = (found as Record<string | number, unknown>)[at];
  }
  return found;
}
