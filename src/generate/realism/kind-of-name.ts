import { moments, namesByKind, namesByParent } from './name-table.ts';
import { isWrapper, singular, wordsOf } from './words.ts';

/** What a property's name says of its value. */
export type Meaning =
  | { readonly kind: 'moment'; readonly from: number; readonly to: number }
  | { readonly kind: 'flag' }
  | {
      readonly kind: 'bound';
      readonly side: 'least' | 'most';
      readonly stem: string;
      readonly of: string | undefined;
    }
  | { readonly kind: 'named'; readonly name: string };

const byName = invert(namesByKind);
const byParent = invert(namesByParent);
const byMoment = new Map(
  moments.flatMap(({ names, from, to }) =>
    names.split(' ').map((name) => [name, { kind: 'moment', from, to } as const] as const),
  ),
);

const flagWords: ReadonlySet<string> = new Set(
  'is has can should was will allow allows enable enabled disable disabled use uses needs require requires'.split(
    ' ',
  ),
);
/** Endings that make the words before them a moment: `created_at`, `expires_on`, `joined_date`. */
const momentEndings: ReadonlySet<string> = new Set('at on date time timestamp datetime ts utc'.split(' '));

function invert(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const [kind, names] of Object.entries(table)) {
    for (const name of names.split(' ')) if (!result.has(name)) result.set(name, kind);
  }
  return result;
}

/** What the last of the names means below the others, or `undefined` where no table knows. */
export function meaningOf(names: readonly string[]): Meaning | undefined {
  const own = names.at(-1);
  if (own === undefined) return undefined;
  const words = wordsOf(own).map((word) => word.replace(/(?<=[a-z]{3})\d+$/, ''));
  if (words.length === 0) return undefined;
  return (
    look(words, parentOf(names)) ?? look([...words.slice(0, -1), singular(words.at(-1) ?? '')], undefined)
  );
}

function look(words: readonly string[], parent: string | undefined): Meaning | undefined {
  const first = words[0] ?? '';
  const last = words.at(-1) ?? '';
  if (words.length > 1 && flagWords.has(first)) return { kind: 'flag' };
  const whole = byName.get(words.join('_'));
  if (whole !== undefined && whole !== 'name') return { kind: 'named', name: whole };
  if (last === 'name') return { kind: 'named', name: nameOf(words, parent) };
  return momentIn(words) ?? boundIn(words) ?? longestEnding(words);
}

function longestEnding(words: readonly string[]): Meaning | undefined {
  for (let start = 1; start < words.length; start += 1) {
    const name = byName.get(words.slice(start).join('_'));
    if (name !== undefined) return { kind: 'named', name };
  }
  return undefined;
}

/** `company_name` and `name` below `company` are both a company's. */
function nameOf(words: readonly string[], parent: string | undefined): string {
  for (let start = 1; start < words.length - 1; start += 1) {
    const known = byName.get(words.slice(start).join('_'));
    if (known !== undefined) return known;
  }
  const owner = words.at(-2) ?? parent;
  return (owner === undefined ? undefined : byParent.get(singular(owner))) ?? 'name';
}

function momentIn(words: readonly string[]): Meaning | undefined {
  const last = words.at(-1) ?? '';
  const whole = byMoment.get(words.join('_'));
  if (whole !== undefined) return whole;
  if (words.length < 2) return undefined;
  if (momentEndings.has(last)) return momentBefore(words) ?? byMoment.get(last);
  if (momentEndings.has(words[0] ?? '') && words.length === 2) return byMoment.get(last);
  return words[0] === 'last' || words[0] === 'next' ? byMoment.get(words.slice(0, 2).join('_')) : undefined;
}

function momentBefore(words: readonly string[]): Meaning | undefined {
  for (let start = 0; start < words.length - 1; start += 1) {
    const found = byMoment.get(words.slice(start, -1).join('_'));
    if (found !== undefined) return found;
  }
  return undefined;
}

function boundIn(words: readonly string[]): Meaning | undefined {
  const [first = '', ...rest] = words;
  const side = boundSides.get(first);
  if (side === undefined || rest.length === 0) return undefined;
  const stem = rest.join('_');
  return { kind: 'bound', side, stem, of: byName.get(stem) ?? byName.get(rest.at(-1) ?? '') };
}

const boundSides: ReadonlyMap<string, 'least' | 'most'> = new Map([
  ['min', 'least'],
  ['minimum', 'least'],
  ['lower', 'least'],
  ['max', 'most'],
  ['maximum', 'most'],
  ['upper', 'most'],
]);

/** The nearest parent that says something, in the singular: `items[]` below `orders` is an `order`. */
function parentOf(names: readonly string[]): string | undefined {
  for (const name of names.slice(0, -1).reverse()) {
    if (isWrapper(name)) continue;
    const last = wordsOf(name).at(-1);
    return last === undefined ? undefined : singular(last);
  }
  return undefined;
}
