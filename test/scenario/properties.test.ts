import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isApidoubleError } from '../../src/core/index.ts';
import { HeaderList } from '../../src/http/index.ts';
import { compileMatcher, type Facts, Spot } from '../../src/scenario/index.ts';
import { compilePatch } from '../../src/scenario/patch.ts';
import { compileTemplate } from '../../src/scenario/template/template.ts';
import { scopeWith } from './scope.ts';

const spot = new Spot({ label: 'test' });

function factsOf(body: unknown): Facts {
  const request = {
    method: 'POST',
    target: '/',
    origin: 'http://x',
    headers: new HeaderList(),
    body: Buffer.from(''),
  };
  return { request, values: { path: {}, query: {}, header: {}, cookie: {} }, body };
}

const json = fc.jsonValue({ maxDepth: 4 });
const plain = json.filter((value) => !JSON.stringify(value).includes('"$'));

describe('what holds for every value', () => {
  it('a body contains itself, and misses are told exactly where it does not', () => {
    fc.assert(
      fc.property(plain, plain, (body, other) => {
        const matcher = compileMatcher({ body }, spot);
        expect(matcher.matches(factsOf(body))).toBe(true);
        expect(matcher.matches(factsOf(other))).toBe(matcher.misses(factsOf(other)).length === 0);
      }),
    );
  });

  it('a value that is patched with another by path has it there, and the original is not changed', () => {
    fc.assert(
      fc.property(json, json, (body, value) => {
        const object = { inner: { body }, list: [1, 2] };
        const before = structuredClone(object);
        const patch = compilePatch(
          { '$.inner.body': value, '$.list[-1]': value, '$.added': value },
          spot,
          true,
        );
        expect(patch(object, scopeWith(undefined))).toEqual({
          inner: { body: value },
          list: [1, value],
          added: value,
        });
        expect(object).toEqual(before);
      }),
    );
  });

  it('a text without braces is itself; any other is a template or told to be none', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '{{',
        '}}',
        '{',
        '}',
        "'",
        '"',
        '\\',
        '|',
        '.',
        '(',
        ')',
        ',',
        'uuid',
        'state',
        ' ',
        'x',
        '1',
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          pieces.map((all) => all.join('')),
        ),
        json,
        (text, body) => {
          try {
            const filled = compileTemplate(text, spot).fill(scopeWith(body));
            if (!text.includes('{{')) expect(filled).toBe(text);
          } catch (error) {
            expect(isApidoubleError(error)).toBe(true);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('a path into a body finds what is there, and never more than its own', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), json),
        fc.stringMatching(/^[a-z_]{1,12}$/),
        (body, name) => {
          const filled = compileTemplate(`{{ request.body.${name} }}`, spot).fill(scopeWith(body));
          expect(filled).toEqual(Object.hasOwn(body, name) ? body[name] : undefined);
        },
      ),
    );
  });
});
