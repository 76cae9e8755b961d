import { compilePattern, type SchemaObject } from '../../schema/index.ts';
import { type Breach, breach, type Candidates } from './breach.ts';
import { brokenFormats } from './broken-formats.ts';

/** A text beyond this is too big to send. */
const mostLength = 20_000;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : 'a';
}

/** Texts of a wrong length, pattern or format. */
export function textBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  const { minLength = 0, maxLength, format } = owner;
  if (minLength > 0 && minLength <= mostLength) {
    const candidates: Candidates = (value) => [
      [...textOf(value).padEnd(minLength, 'a')].slice(0, minLength - 1).join(''),
      'a'.repeat(minLength - 1),
    ];
    found.push(breach(owner, 'minLength', { words: `a text shorter than ${minLength}`, candidates }));
  }
  if (maxLength !== undefined && maxLength < mostLength) {
    const candidates: Candidates = (value) => {
      const text = textOf(value);
      const long = text + (text.at(-1) ?? 'a').repeat(Math.max(0, maxLength + 1 - [...text].length));
      return [long.trim().length > maxLength ? long : 'a'.repeat(maxLength + 1), 'a'.repeat(maxLength + 1)];
    };
    found.push(breach(owner, 'maxLength', { words: `a text longer than ${maxLength}`, candidates }));
  }
  if (owner.pattern !== undefined) found.push(...patternBreaches(owner, owner.pattern));
  const broken = format === undefined || !Object.hasOwn(brokenFormats, format) ? [] : brokenFormats[format];
  for (const [index, text] of (broken ?? []).entries()) {
    const name = index === 0 ? 'format' : `format.${index + 1}`;
    found.push(
      breach(owner, 'format', { name, words: `"${text}", which is no ${format}`, candidates: () => [text] }),
    );
  }
  return found;
}

function patternBreaches(owner: SchemaObject, pattern: string): Breach[] {
  const compiled = compilePattern(pattern);
  const of = (texts: readonly string[]): readonly string[] => texts.filter((text) => !compiled.test(text));
  const found = [
    breach(owner, 'pattern', {
      words: `a text that does not match ${pattern}`,
      candidates: (value) => of(fitted(owner, ['!', '~', 'A', '0', '_'], textOf(value))),
    }),
  ];
  if (pattern.endsWith('$')) {
    const candidates: Candidates = (value) => of([`${textOf(value)}!`, `${textOf(value)}a`]);
    found.push(
      breach(owner, 'pattern', {
        name: 'pattern.end',
        words: `a text with more after what matches ${pattern}`,
        candidates,
      }),
    );
  }
  if (pattern.startsWith('^')) {
    const candidates: Candidates = (value) => of([`!${textOf(value)}`, `a${textOf(value)}`]);
    found.push(
      breach(owner, 'pattern', {
        name: 'pattern.start',
        words: `a text with more before what matches ${pattern}`,
        candidates,
      }),
    );
  }
  return found;
}

/** Texts of one character, as long as the valid one, so that only the pattern is broken. */
function fitted(owner: SchemaObject, characters: readonly string[], valid: string): string[] {
  const length = Math.max(owner.minLength ?? 1, Math.min([...valid].length, owner.maxLength ?? 1000), 1);
  return characters.map((character) => character.repeat(length));
}
