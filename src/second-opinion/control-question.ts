import { type Finding, pointerKeys, unescapeToken } from '../core/index.ts';
import type { Replacement } from './prism-message.ts';
import type { Ask } from './witness.ts';

const long = 'x'.repeat(2000);
const many: readonly null[] = Array.from({ length: 300 }, () => null);

/** Values of every kind: a schema that constrains anything refuses one of them. */
const probes: readonly unknown[] = [
  '\u0001',
  long,
  '',
  0.123,
  -1e300,
  1e300,
  true,
  null,
  [],
  [0, 0],
  many,
  {},
  { '\u0001': 1 },
  Object.fromEntries(many.map((_, index) => [`\u0001${index}`, 1])),
];

const textProbes: readonly (string | readonly string[])[] = [
  '\u0001',
  long,
  '0.123',
  '-1e300',
  '1e300',
  '1',
  ['1', '1'],
  many.map(String),
];

/** Our keywords that ajv has another word for. */
const ajvWords: Readonly<Record<string, string>> = { false: 'false schema' };

/**
 * Whether Prism looks at a keyword at the place of a finding at all, found out by control questions that it must answer with
 * that keyword: a format that it does not know, and a schema that it could not compile, is one that it accepts anything for.
 */
export function doesLookAt(ask: Ask, finding: Finding): boolean {
  if (!finding.code.startsWith('schema.')) return true;
  const { part, name, pointer = '' } = withoutMember(finding).place;
  const word = ajvWords[finding.keyword ?? ''] ?? finding.keyword;
  const start = name === undefined ? [part, ...pointerKeys(pointer)] : [part, name.toLowerCase()];
  return replacementsFor(finding).some((replacement) =>
    ask(finding, replacement).some(({ code, path }) => code === word && startsWith(path, start)),
  );
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((key, index) => key === unescapeToken(path[index] ?? ''));
}

/** A finding about a member that is too much is about the object that holds it. */
const memberKeywords: ReadonlySet<string> = new Set([
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'propertyNames',
]);

function withoutMember(finding: Finding): Finding {
  const { pointer } = finding.place;
  if (pointer === undefined || pointer === '' || !memberKeywords.has(finding.keyword ?? '')) return finding;
  return { ...finding, place: { ...finding.place, pointer: pointer.slice(0, pointer.lastIndexOf('/')) } };
}

function replacementsFor(finding: Finding): Replacement[] {
  const { part, name } = finding.place;
  if (part === 'body') {
    const pointer = withoutMember(finding).place.pointer ?? '';
    return probes.map((value) => ({ body: { pointer, value } }));
  }
  if (name === undefined || (part !== 'query' && part !== 'path' && part !== 'header')) return [];
  if (part === 'query') return textProbes.map((value) => ({ query: { name, value } }));
  return textProbes.map((value) => ({ [part]: { name, value: String(value) } }));
}
