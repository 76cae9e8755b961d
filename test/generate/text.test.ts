import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/index.ts';
import { lengthOf } from '../../src/generate/text/length.ts';
import { compileMakeText } from '../../src/generate/text/make-text.ts';
import { parsePattern } from '../../src/generate/text/parse-pattern.ts';
import { independentErrors } from './independent.ts';
import { make, makeMember } from './make.ts';

const atom = fc.constantFrom(
  'a',
  '\\d',
  '\\w',
  '[a-f]',
  '[^x]',
  '.',
  '\\.',
  '[A-Z_-]',
  '\\u0041',
  '\\s',
  'é',
  '(?:ab)',
);
const quantifier = fc.constantFrom('', '', '?', '*', '+', '{2}', '{1,3}', '{2,}', '+?');
const piece = fc.tuple(atom, quantifier).map((parts) => parts.join(''));
const sequence = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));
const choice = fc.array(sequence, { minLength: 1, maxLength: 3 }).map((options) => `(${options.join('|')})`);
const pattern = fc.oneof(
  sequence,
  choice,
  fc.tuple(choice, sequence).map((parts) => parts.join('')),
);

describe('texts from patterns', () => {
  it('match the whole of the pattern they were made from', () => {
    fc.assert(
      fc.property(pattern, fc.nat(), (source, seed) => {
        const tree = parsePattern(source);
        expect(tree).toBeDefined();
        if (tree === undefined) return;
        const text = compileMakeText(tree, 0, Number.POSITIVE_INFINITY)(createRandom(seed), 0);
        expect(text).toMatch(new RegExp(`^(?:${source})$`, 'u'));
      }),
      { numRuns: 500 },
    );
  });

  it('keep lengths where the pattern can', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(10), fc.nat(), (least, more, seed) => {
        const schema = {
          type: 'string' as const,
          pattern: '^[a-z]+(-[a-z]*)?$',
          minLength: least,
          maxLength: least + more + 1,
        };
        expect(independentErrors(schema, make(schema, seed))).toBe('');
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    '^(?=.*[A-Z])(?=.*[a-z])(?=.*\\d)(?=.*[!@#$%]).{8,20}$',
    '^(?!000)\\d{3}-\\d{2}$',
    '^(\\w)\\1$',
    '^(?<year>\\d{4})-\\k<year>$',
    '\\bword\\b',
    '^\\p{Lu}\\p{Ll}+$',
    '^[\\p{L}\\p{N} ]{3,10}$',
    '^[^\\s@]+@[^\\s@]+$',
    '^$',
    '^[\\x41-\\x43]\\cA?\\t$',
    '^\\u{1F600}+$',
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
    '(^a)|(b$)',
    '^(a+)+$',
    '^.{5000}$',
  ])('are found for %s', (source) => {
    for (let seed = 0; seed < 20; seed += 1) {
      expect(make({ type: 'string', pattern: source }, seed)).toMatch(new RegExp(source, 'u'));
    }
  });

  it.each(['(', '[a', 'a{2', '*', '(?<n'])('are not made from what is no pattern: %s', (source) => {
    const tree = parsePattern(source);
    if (tree !== undefined) expect(() => new RegExp(source)).not.toThrow();
  });

  it('do not overflow on deep nesting', () => {
    expect(parsePattern('('.repeat(50_000))).toBeUndefined();
  });
});

describe('texts of formats', () => {
  const formats = [
    'date-time',
    'date',
    'time',
    'duration',
    'email',
    'idn-email',
    'hostname',
    'idn-hostname',
    'ipv4',
    'ipv6',
    'uri',
    'iri',
    'uri-reference',
    'iri-reference',
    'uri-template',
    'uuid',
    'json-pointer',
    'relative-json-pointer',
    'regex',
    'byte',
  ];
  const longer = formats.filter(
    (format) => !['date', 'uuid', 'ipv4', 'ipv6', 'date-time', 'time', 'duration'].includes(format),
  );

  it.each(formats)('%s, as they come and below names that mean something else', (format) => {
    for (const name of ['thing', 'created', 'name', 'url', 'email', 'count']) {
      const schema = {
        type: 'object' as const,
        required: [name],
        properties: { [name]: { type: 'string' as const, format } },
      };
      for (let seed = 0; seed < 10; seed += 1) expect(independentErrors(schema, make(schema, seed))).toBe('');
    }
  });

  it.each(longer)('%s, with lengths', (format) => {
    for (const minLength of [6, 25, 60, 130]) {
      const schema = { type: 'string' as const, format, minLength, maxLength: minLength + 4 };
      for (let seed = 0; seed < 5; seed += 1) {
        const value = String(make(schema, seed));
        expect(lengthOf(value)).toBeGreaterThanOrEqual(minLength);
        expect(independentErrors(schema, value)).toBe('');
      }
    }
  });
});

describe('bytes as text', () => {
  it.each(['base64', 'base64url'])(
    'are of the encoding %s, whatever the name and the media type say',
    (encoding) => {
      for (let seed = 0; seed < 20; seed += 1) {
        const text = makeMember(
          'avatar',
          { type: 'string', contentEncoding: encoding, contentMediaType: 'image/png' },
          seed,
        );
        expect(text).toMatch(/^(?:[A-Za-z0-9]{4})+$/);
      }
    },
  );
});
