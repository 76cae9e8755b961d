import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, compileSchema, isDangerousPattern, patternFault } from '../../src/schema/index.ts';
import { linearPattern } from '../../src/schema/linear-pattern.ts';
import { patternDegree } from '../../src/schema/pattern-danger.ts';

const mailMonster =
  '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$';

describe('isDangerousPattern', () => {
  it.each([
    '(a+)+$',
    '(a|a)*b',
    '(a|ab|b)*c',
    '(.*a){20}',
    '(.*a){5}',
    '^(a?b?)*c',
    '^(a(|))*b',
    '(?:(?:a{1,30}){1,30})c',
    '^(\\s*\\S+\\s*)+$',
    'x*x*x*x*y',
    '^(?=(a+)+$)',
    '(\\w+)+\\1',
    mailMonster,
  ])('is true of %s', (pattern) => {
    expect(isDangerousPattern(pattern)).toBe(true);
  });

  it.each([
    '^[-a-zA-Z0-9_]+$',
    '^[a-z0-9]+(-[a-z0-9]+)*$',
    '^(?=.*[a-z])(?=.*\\d).{8,}$',
    '^\\w+@\\w+\\.\\w+$',
    '^[0-9a-f]{64}$',
    '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]{2,63}$',
    '^(?:[01]\\d|2[0-3]):[0-5]\\d$',
    '^(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}$',
    '^(?!foo).*$',
    '^\\p{Lu}\\p{L}*$',
    '[a-z]+',
    '',
  ])('is false of %s', (pattern) => {
    expect(isDangerousPattern(pattern)).toBe(false);
  });

  it.each([
    ['^a+$', 1],
    ['a+$', 2],
    ['^\\s*(.*?)\\s*$', 3],
    ['^[a-z]+,[a-z]+,[a-z]+$', 1],
    ['(?<=a+)b', 2],
  ])('reckons the degree of %s as %d', (pattern, degree) => {
    expect(patternDegree(pattern)).toBe(degree);
  });
});

describe('compilePattern', () => {
  it.each([
    ['(a+)+$', `${'a'.repeat(50_000)}!`],
    ['(a|a)*b', 'a'.repeat(50_000)],
    ['(.*a){20}', `${'a'.repeat(19)}${'b'.repeat(20_000)}`],
    ['\\s+$', `${' '.repeat(100_000)}x`],
    ['^\\s*(.*?)\\s*x$', ' '.repeat(50_000)],
    [mailMonster, `a${'a'.repeat(50_000)}!`],
  ])('is done with %s at once', (pattern, text) => {
    expect(compilePattern(pattern).test(text)).toBe(false);
  });

  it('still finds what a dangerous pattern is there for', () => {
    expect(compilePattern('^(a+)+$').test('aaa')).toBe(true);
    expect(compilePattern(mailMonster).test('john.doe@example.com')).toBe(true);
  });

  it.each([
    `${'('.repeat(200)}a${'{2})'.repeat(200)}`,
    `${'('.repeat(40)}a${'+)+'.repeat(40)}`,
    `${'(?=('.repeat(30)}a${'{2})){2}'.repeat(30)}`,
    'a*'.repeat(4_000),
    'a*,'.repeat(3_000),
    `(${'a*|'.repeat(3_000)})*`,
    `(${'ab?'.repeat(19)})*`,
    'x'.repeat(50_000),
  ])('is done with a pattern that is hostile itself: %.20s…', (pattern) => {
    expect(typeof compilePattern(pattern).test('a'.repeat(30))).toBe('boolean');
  });

  it('reads a pattern with the u flag where it can, else without', () => {
    expect(compilePattern('^.$').test('😀')).toBe(true);
    expect(compilePattern('^\\p{L}$').test('é')).toBe(true);
    expect(compilePattern('^\\-$').test('-')).toBe(true);
  });

  it('lets everything pass where the pattern is at fault', () => {
    expect(patternFault('(')).toMatch(/^is not a valid pattern: /);
    expect(compilePattern('(').test('x')).toBe(true);
    expect(patternFault('(a+)+\\1')).toMatch(/exponential/);
    expect(compilePattern('^(a+)+\\1$').test(`${'a'.repeat(100)}!`)).toBe(true);
    expect(patternFault('(a+)+$')).toBeUndefined();
  });

  it('is what a schema judges by', () => {
    const validator = compileSchema({ pattern: '^(a+)+$', patternProperties: { '^(b+)+$': false } });
    expect(validator.isValid(`${'a'.repeat(50_000)}!`)).toBe(false);
    expect(validator.isValid({ [`${'b'.repeat(50_000)}!`]: 1 })).toBe(true);
    expect(compileSchema({ pattern: '(' }).isValid('x')).toBe(true);
  });
});

describe('the linear engine', () => {
  const pieces = fc.constantFrom(
    ...[
      'a',
      'b',
      '.',
      '\\d',
      '\\w',
      '\\s',
      '\\S',
      '[ab]',
      '[^a]',
      '[a-c\\d-]',
      '\\u0061',
      '\\x62',
      '\\n',
      '\\/',
    ],
    ...[
      '(?:a|b)',
      '(a|)',
      '(?<n>ab)',
      '^',
      '$',
      '\\b',
      '\\B',
      '[^]',
      '[]',
      '{',
      '\\p{L}',
      '[\\p{L}1]',
      '\\.',
      '[\\b]',
    ],
  );
  const repeats = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,}', '{0,2}', '+?');
  const pattern = fc
    .array(fc.tuple(pieces, repeats), { minLength: 1, maxLength: 4 })
    .map((terms) => terms.map(([piece, repeat]) => piece + repeat).join(''));
  const text = fc
    .array(
      fc.constantFrom(
        'a',
        'b',
        'ab',
        '1',
        ' ',
        '\n',
        '\u2028',
        '\u00a0',
        'é',
        '😀',
        '-',
        '{',
        '.',
        '/',
        '\b',
      ),
      {
        maxLength: 5,
      },
    )
    .map((parts) => parts.join(''));

  it('reads every pattern as V8 does', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        pattern,
        fc.array(text, { minLength: 5, maxLength: 10 }),
        fc.boolean(),
        (source, texts, unicode) => {
          const native = nativePattern(source, unicode);
          if (native === undefined) return;
          const linear = linearPattern(source, unicode);
          expect(linear, source).toBeDefined();
          // Without the flag V8 sees halves of characters beyond the basic plane.
          const comparable = unicode ? texts : texts.filter((one) => !one.includes('😀'));
          compared += comparable.length;
          expect(comparable.map((one) => linear?.test(one))).toEqual(
            comparable.map((one) => native.test(one)),
          );
        },
      ),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(5_000);
  });
});

function nativePattern(source: string, unicode: boolean): RegExp | undefined {
  try {
    return new RegExp(source, unicode ? 'u' : '');
  } catch {
    return undefined;
  }
}
