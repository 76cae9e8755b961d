import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJson, isRange, matchesMediaType, parseMediaType } from '../../src/http/index.ts';
import { formatMediaType } from '../../src/http/media-type.ts';

function parse(text: string) {
  const mediaType = parseMediaType(text);
  if (mediaType === undefined) throw new Error(`no media type: ${text}`);
  return mediaType;
}

describe('parseMediaType', () => {
  it.each([
    ['application/json', 'application/json', undefined, {}],
    ['Application/JSON', 'application/json', undefined, {}],
    [' text/html ; charset=UTF-8 ', 'text/html', undefined, { charset: 'UTF-8' }],
    ['application/problem+json', 'application/problem+json', 'json', {}],
    ['application/vnd.a+b+xml', 'application/vnd.a+b+xml', 'xml', {}],
    [
      'multipart/form-data; boundary="a;b \\"c\\""',
      'multipart/form-data',
      undefined,
      { boundary: 'a;b "c"' },
    ],
    ['a/b; X=1; x=2; broken; =3; y="open; z=4', 'a/b', undefined, { x: '1' }],
    ['a/b;;', 'a/b', undefined, {}],
    ['a/b; __proto__=1', 'a/b', undefined, { ['__proto__']: '1' }],
    ['*/*', '*/*', undefined, {}],
    ['image/*', 'image/*', undefined, {}],
  ])('%j is %s', (text, essence, suffix, parameters) => {
    const mediaType = parse(text);
    expect(mediaType.essence).toBe(essence);
    expect(mediaType.suffix).toBe(suffix);
    expect([...mediaType.parameters]).toEqual(Object.entries(parameters));
  });

  it.each(['', 'json', '/', 'a/', '/b', 'a b/c', 'a/b c', 'a/b/c', '*/b', 'ä/b', 'a,b/c'])(
    '%j is none',
    (text) => {
      expect(parseMediaType(text)).toBeUndefined();
    },
  );

  it('reads what formatMediaType wrote', () => {
    const token = fc.stringMatching(/^[a-z0-9!#$&^_.-]{1,9}$/);
    const parameters = fc.uniqueArray(fc.tuple(token, fc.string()), { selector: ([name]) => name });
    fc.assert(
      fc.property(token, token, parameters, (type, subtype, pairs) => {
        const written = formatMediaType({ essence: `${type}/${subtype}`, parameters: new Map(pairs) });
        const read = parse(written);
        expect([read.type, read.subtype, [...read.parameters]]).toEqual([type, subtype, pairs]);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseMediaType(text)));
    fc.assert(fc.property(fc.string(), (text) => void parseMediaType(`a/b;c="${text}`)));
  });
});

describe('matchesMediaType', () => {
  it.each([
    ['*/*', 'a/b', true],
    ['a/*', 'a/b', true],
    ['a/*', 'b/a', false],
    ['a/b', 'A/B', true],
    ['a/b', 'a/c', false],
    ['a/b', 'a/b;x=1', true],
    ['a/b;x=1', 'a/b', false],
    ['a/b;x=1', 'a/b;y=2;x=1', true],
    ['a/b;x=1', 'a/b;x=2', false],
    ['a/b;charset=utf-8', 'a/b;charset=UTF-8', true],
    ['a/b;x=y', 'a/b;x=Y', false],
    ['application/*+json', 'application/hal+json', true],
    ['application/*+json', 'application/json', false],
    ['application/json', 'application/hal+json', false],
  ])('%s holds %s: %s', (range, type, want) => {
    expect(matchesMediaType(parse(range), parse(type))).toBe(want);
  });
});

describe('isJson and isRange', () => {
  it.each([
    ['application/json', true, false],
    ['text/json', true, false],
    ['application/problem+json; charset=utf-8', true, false],
    ['application/*+json', true, true],
    ['application/json-seq', false, false],
    ['application/xml', false, false],
    ['application/*', false, true],
  ])('%s: json %s, range %s', (text, json, range) => {
    expect([isJson(parse(text)), isRange(parse(text))]).toEqual([json, range]);
  });
});
