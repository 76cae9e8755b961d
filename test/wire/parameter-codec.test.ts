import { describe, expect, it } from 'vitest';
import type { Schema } from '../../src/schema/index.ts';
import { createRecursion } from '../../src/schema/index.ts';
import { createParameterCodec } from '../../src/wire/index.ts';
import type { ParameterSpec } from '../../src/wire/spec.ts';
import { nothing, parameter, raw } from './specs.ts';

type Given = Pick<ParameterSpec, 'in'> & Partial<ParameterSpec>;

const text: Schema = { type: 'string' };
const texts: Schema = { type: 'array', items: text };
const integers: Schema = { type: 'array', items: { type: 'integer' } };
const object: Schema = { type: 'object' };

/** What a text is read as, and the codes of the faults. */
const reads: readonly [given: Given, text: string, value: unknown, ...codes: string[]][] = [
  // Delimiters are looked for before anything is decoded, and it is decoded once.
  [{ in: 'query', explode: false, schema: texts }, 'color=a%2Cb,c', ['a,b', 'c']],
  [{ in: 'query', schema: text }, 'color=a%2520b', 'a%20b'],
  [{ in: 'query', schema: text }, 'color=a+b%2Bc', 'a b+c'],
  [
    { in: 'query', allowReserved: true, schema: text },
    'color=2024-01-01T00:00:00+02:00',
    '2024-01-01T00:00:00+02:00',
  ],
  [{ in: 'query', schema: text }, 'color=a=b', 'a=b'],
  [{ in: 'query', schema: text }, 'color=%F0%9F%8E%B2', '🎲'],
  [{ in: 'path', schema: text }, 'a+b%2Fc', 'a+b/c'],
  [{ in: 'path', schema: texts }, 'a%2Cb,c', ['a,b', 'c']],
  [{ in: 'header', schema: text }, 'Mon, 1 Jan 100%', 'Mon, 1 Jan 100%'],
  [{ in: 'header', schema: integers }, ' 1 ,2,  3', [1, 2, 3]],
  [{ in: 'cookie', schema: text }, 'a=1; color=a%20b; z=2', 'a b'],
  [{ in: 'cookie', style: 'cookie', schema: text }, 'color=a%20b', 'a%20b'],
  // Names that have to be decoded.
  [{ in: 'query', name: 'ids[]', schema: integers }, 'ids[]=1&ids%5B%5D=2', [1, 2]],
  [{ in: 'query', name: 'größe', schema: text }, 'gr%C3%B6%C3%9Fe=1', '1'],
  [{ in: 'query', name: '__proto__', schema: text }, '__proto__=x', 'x'],
  // Delimiters of the delimited styles, both ways to write each.
  [{ in: 'query', style: 'spaceDelimited', explode: false, schema: integers }, 'color=1%202+3', [1, 2, 3]],
  [
    { in: 'query', style: 'pipeDelimited', explode: false, schema: integers },
    'color=1|2%7C3%7c4',
    [1, 2, 3, 4],
  ],
  [{ in: 'query', style: 'pipeDelimited', explode: true, schema: integers }, 'color=1&color=2', [1, 2]],
  [{ in: 'query', style: 'pipeDelimited', explode: false, schema: texts }, 'color=a,b|c', ['a,b', 'c']],
  // Empty values.
  [{ in: 'query', schema: texts }, 'color=', ['']],
  [{ in: 'query', schema: integers }, 'color=', []],
  [{ in: 'query', schema: integers, explode: false }, 'color', []],
  [{ in: 'query', schema: { type: 'boolean' } }, 'color', ''],
  [{ in: 'query', schema: object, explode: false }, 'color=', {}],
  // Labels as the specification wrote them up to 3.1.0.
  [{ in: 'path', style: 'label', explode: false, schema: texts }, '.blue.black', ['blue', 'black']],
  [{ in: 'path', style: 'label', explode: false, schema: text }, '.a.b', 'a.b'],
  [{ in: 'path', style: 'label', schema: text }, 'blue', 'blue', 'wire.style'],
  [{ in: 'path', style: 'label', schema: text }, '', '', 'wire.style'],
  [{ in: 'path', style: 'matrix', schema: text }, 'blue', 'blue', 'wire.style'],
  [{ in: 'path', style: 'matrix', schema: { type: 'integer' } }, ';color=5', 5],
  [{ in: 'path', style: 'matrix', schema: text }, ';colour=blue', '', 'wire.style'],
  [{ in: 'path', style: 'matrix', explode: true, schema: object }, ';R=1;R=2', { R: '1' }, 'wire.repeated'],
  // deepObject beyond the specification.
  [
    { in: 'query', style: 'deepObject', schema: object },
    'color[a][b]=1&color[a][c]=2',
    { a: { b: '1', c: '2' } },
  ],
  [
    { in: 'query', style: 'deepObject', schema: { properties: { a: integers } } },
    'color[a][]=1&color[a][]=2',
    { a: [1, 2] },
  ],
  [
    { in: 'query', style: 'deepObject', schema: { properties: { a: integers } } },
    'color[a]=1&color[a]=2',
    { a: [1, 2] },
  ],
  [{ in: 'query', style: 'deepObject', schema: { properties: { a: integers } } }, 'color[a]=1', { a: [1] }],
  [
    { in: 'query', style: 'deepObject', schema: { properties: { a: integers } } },
    'color[a][1]=2&color[a][0]=1',
    { a: [1, 2] },
  ],
  [{ in: 'query', style: 'deepObject', schema: texts }, 'color[999999999]=x', ['x']],
  [
    { in: 'query', style: 'deepObject', schema: { additionalProperties: { type: 'integer' } } },
    'color[a]=1&color[a]=2',
    { a: 1 },
    'wire.repeated',
  ],
  [{ in: 'query', style: 'deepObject', schema: object }, 'color=1', {}, 'wire.style'],
  // Wrong forms: the best value, and what is wrong.
  [{ in: 'query', schema: text }, 'color=%', '%', 'wire.percent-encoding'],
  [{ in: 'query', schema: text }, 'color=a%zzb%20', 'a%zzb ', 'wire.percent-encoding'],
  [{ in: 'query', schema: text }, 'color=%ff', '\ufffd', 'wire.utf-8'],
  [{ in: 'path', schema: text }, '%E0%A4', '\ufffd', 'wire.utf-8'],
  [{ in: 'query', schema: text }, 'color=a&color=b', 'a', 'wire.repeated'],
  [{ in: 'query', schema: object, explode: false }, 'color=R,1,G', { R: '1', G: '' }, 'wire.style'],
  [{ in: 'path', schema: object, explode: true }, 'R=1,G', { R: '1', G: '' }, 'wire.style'],
];

describe('decode', () => {
  it.each(reads)('%o reads %s', (given, wire, value, ...codes) => {
    const spec = parameter(given);
    const decoded = createParameterCodec(spec).decode(raw(spec, wire));
    expect(decoded.present).toBe(true);
    expect(decoded.value).toEqual(value);
    expect(decoded.faults.map((fault) => fault.code)).toEqual(codes);
  });

  it.each(['path', 'query', 'header', 'cookie', 'querystring'] as const)(
    'tells an absent %s parameter',
    (place) => {
      const codec = createParameterCodec(parameter({ in: place, schema: texts }));
      expect(codec.decode(nothing)).toEqual({ present: false, value: undefined, faults: [] });
    },
  );

  it('takes an empty value where that is allowed', () => {
    const spec = parameter({ in: 'query', allowEmptyValue: true, schema: { type: 'integer' } });
    const codec = createParameterCodec(spec);
    expect(codec.decode(raw(spec, 'color'))).toEqual({ present: true, value: '', faults: [], empty: true });
    expect(codec.decode(raw(spec, 'color=1'))).toEqual({ present: true, value: 1, faults: [] });
  });

  it('keeps prototype keys plain data', () => {
    const deep = parameter({ in: 'query', style: 'deepObject', explode: true, schema: object });
    const value = createParameterCodec(deep).decode(
      raw(deep, 'color[__proto__][x]=1&color[constructor]=2'),
    ).value;
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('refuses brackets without end', () => {
    const deep = parameter({ in: 'query', style: 'deepObject', explode: true, schema: object });
    const decoded = createParameterCodec(deep).decode(raw(deep, `color${'[a]'.repeat(10_000)}=1`));
    expect(decoded.faults.map((fault) => fault.code)).toEqual(['wire.depth']);
  });
});

describe('an exploded object', () => {
  const schema: Schema = { type: 'object', properties: { R: { type: 'integer' } } };
  const spec = parameter({ in: 'query', schema });

  it('takes what no other parameter claims', () => {
    const codec = createParameterCodec(spec, { otherNames: ['page', 'filter'] });
    const decoded = codec.decode(raw(spec, 'R=1&page=2&filter[a]=1&other=x'));
    expect(decoded.value).toEqual({ R: 1, other: 'x' });
    expect(['R', 'other', 'page', 'filter[a]'].map((name) => codec.claims(name))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('asks a function which names are taken', () => {
    const codec = createParameterCodec(spec, { otherNames: (name) => name.startsWith('x-') });
    expect(codec.decode(raw(spec, 'x-a=1&b=2')).value).toEqual({ b: '2' });
  });

  it('takes its own properties only where it is closed', () => {
    const codec = createParameterCodec({ ...spec, schema: { ...schema, additionalProperties: false } });
    expect(codec.decode(raw(spec, 'R=1&page=2')).value).toEqual({ R: 1 });
    expect(codec.decode(raw(spec, 'page=2')).present).toBe(false);
  });
});

describe('claims', () => {
  it.each([
    [{ in: 'query' }, 'color', true],
    [{ in: 'query' }, 'colour', false],
    [{ in: 'query', style: 'deepObject' }, 'color[a]', true],
    [{ in: 'query', style: 'deepObject' }, 'colors[a]', false],
    [{ in: 'path' }, 'color', false],
    [{ in: 'cookie' }, 'color', false],
    [{ in: 'querystring' }, 'anything', false],
    [{ in: 'querystring', content: { mediaType: 'application/json' } }, 'anything', true],
    [{ in: 'query', content: { mediaType: 'application/json' } }, 'color', true],
  ] as readonly (readonly [Given, string, boolean])[])('%o claims %s: %s', (given, name, want) => {
    expect(createParameterCodec(parameter({ schema: text, ...given })).claims(name)).toBe(want);
  });
});

/** What a query text means to a schema. */
const meanings: readonly (readonly [schema: Schema, text: string, value: unknown])[] = [
  [true, '5', '5'],
  [text, '5', '5'],
  [text, 'null', 'null'],
  [text, '12345678901234567890', '12345678901234567890'],
  [{ type: 'integer' }, '5', 5],
  [{ type: 'integer' }, '5.0', 5],
  [{ type: 'integer' }, '5.5', '5.5'],
  [{ type: 'integer' }, '05', '05'],
  [{ type: 'integer' }, '+5', ' 5'],
  [{ type: 'integer' }, '5 ', '5 '],
  [{ type: 'number' }, '-1.5e-3', -0.0015],
  [{ type: 'number' }, '1e999', '1e999'],
  [{ type: 'number' }, 'NaN', 'NaN'],
  [{ type: 'number' }, '0x10', '0x10'],
  [{ type: 'number' }, '', ''],
  [{ type: 'boolean' }, 'true', true],
  [{ type: 'boolean' }, 'True', 'True'],
  [{ type: 'boolean' }, '1', '1'],
  [{ type: ['integer', 'null'] }, 'null', null],
  [{ type: ['integer', 'string'] }, '5', '5'],
  [{ type: ['string', 'null'] }, 'null', 'null'],
  [{ enum: [1, 2, 'a'] }, '1', 1],
  [{ enum: [1, '1'] }, '1', '1'],
  [{ type: ['integer', 'string'], enum: [1, 2] }, '1', 1],
  [{ const: false }, 'false', false],
  [{ anyOf: [{ type: 'integer' }, { const: 'auto' }] }, '5', 5],
  [{ anyOf: [{ type: 'integer' }, { type: 'string', format: 'date' }] }, '5', 5],
  [{ anyOf: [{ type: 'integer' }, { type: 'string' }] }, '5', '5'],
  [{ oneOf: [{ type: 'boolean' }, { type: 'number' }] }, 'true', true],
  [{ allOf: [{ type: ['integer', 'string'] }, { type: ['integer', 'null'] }] }, '5', 5],
  [{ allOf: [{ description: 'any' }, { type: 'integer' }] }, '5', 5],
  [
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema has a keyword of this name
    { type: ['integer', 'string'], if: { minimum: 3 }, then: { type: 'integer' }, else: { type: 'integer' } },
    '5',
    5,
  ],
];

describe('the meaning of a text', () => {
  it.each(meanings)('%o takes %s as %o', (schema, wire, value) => {
    const spec = parameter({ in: 'query', schema });
    expect(createParameterCodec(spec).decode(raw(spec, `color=${wire}`)).value).toBe(value);
  });

  it('follows recursion, also without end', () => {
    const schema: Schema = { anyOf: [{ type: 'integer' }, createRecursion('#/a', () => schema)] };
    const spec = parameter({ in: 'query', schema });
    expect(createParameterCodec(spec).decode(raw(spec, 'color=5')).value).toBeOneOf([5, '5']);
  });

  it('looks for items in all parts of an array', () => {
    const schema: Schema = {
      type: 'array',
      allOf: [{ prefixItems: [{ type: 'boolean' }], items: { type: ['integer', 'string'] } }],
      anyOf: [{ items: { type: ['boolean', 'integer'] } }, { type: 'string' }],
    };
    const spec = parameter({ in: 'query', schema });
    expect(createParameterCodec(spec).decode(raw(spec, 'color=true&color=2&color=x')).value).toEqual([
      true,
      2,
      'x',
    ]);
  });

  it('takes one of several kinds by the look of the text', () => {
    const either: Schema = { oneOf: [text, texts] };
    const spec = parameter({ in: 'query', explode: false, schema: either });
    const codec = createParameterCodec(spec);
    expect(codec.decode(raw(spec, 'color=a')).value).toBe('a');
    expect(codec.decode(raw(spec, 'color=a,b')).value).toEqual(['a', 'b']);
    expect(codec.encode('a,b')).toBe('color=a%2Cb');
    expect(() => codec.encode(['a'])).toThrow(expect.objectContaining({ code: 'ERR_CODEC' }));
  });

  it('is found quickly in schemas that share their parts', () => {
    let schema: Schema = { type: 'integer' };
    for (let level = 0; level < 60; level += 1) schema = { anyOf: [schema, schema], allOf: [schema] };
    const spec = parameter({
      in: 'query',
      schema: { type: 'array', items: schema, anyOf: [{ items: schema }] },
    });
    expect(createParameterCodec(spec).decode(raw(spec, 'color=5')).value).toEqual([5]);
  });
});

describe('content', () => {
  const schema: Schema = { type: 'object' };
  const json = { mediaType: 'application/json', schema };

  it.each([
    [{ in: 'query' }, 'color=%7B%22a%22%3A%5B1%5D%7D'],
    [{ in: 'path' }, '%7B%22a%22%3A%5B1%5D%7D'],
    [{ in: 'header' }, '{"a":[1]}'],
    [{ in: 'cookie' }, 'color=%7B%22a%22%3A%5B1%5D%7D'],
    [{ in: 'querystring' }, '%7B%22a%22%3A%5B1%5D%7D'],
  ] as readonly (readonly [Given, string])[])('%o is JSON: %s', (given, wire) => {
    const spec = parameter({ ...given, content: json });
    const codec = createParameterCodec(spec);
    expect(codec.decode(raw(spec, wire))).toEqual({ present: true, value: { a: [1] }, faults: [] });
    expect(codec.encode({ a: [1] })).toBe(wire);
  });

  it('tells malformed JSON', () => {
    const spec = parameter({ in: 'query', content: json });
    const codec = createParameterCodec(spec);
    expect(codec.decode(raw(spec, 'color=%7B')).faults[0]?.code).toBe('body.malformed');
    expect(codec.decode(raw(spec, 'color=')).faults[0]?.code).toBe('body.malformed');
  });

  it('carries any character in a header', () => {
    const spec = parameter({ in: 'header', content: json });
    const codec = createParameterCodec(spec);
    const wire = codec.encode({ name: 'größe\n🎲' });
    expect(wire).toMatch(/^[\x20-\x7e]+$/);
    expect(codec.decode(raw(spec, wire ?? '')).value).toEqual({ name: 'größe\n🎲' });
  });

  it('reads the whole query as a form', () => {
    const content = {
      mediaType: 'application/x-www-form-urlencoded',
      schema: { type: 'object', properties: { ids: integers, q: text } },
    } as const;
    const spec = parameter({ in: 'querystring', content });
    const codec = createParameterCodec(spec);
    expect(codec.decode(raw(spec, 'ids=1&ids=2&q=a+b')).value).toEqual({ ids: [1, 2], q: 'a b' });
    expect(codec.encode({ ids: [1, 2], q: 'a b' })).toBe('ids=1&ids=2&q=a%20b');
  });
});

describe('encode', () => {
  it.each([
    [{ in: 'query', schema: object, explode: false }, { a: { b: 1 } }],
    [{ in: 'query', schema: texts }, [['a']]],
    [{ in: 'query', schema: { type: 'integer' } }, '5'],
    [{ in: 'query', schema: text }, null],
    [{ in: 'query', schema: text }, '\ud800'],
    [{ in: 'query', style: 'spaceDelimited', explode: false, schema: texts }, ['a b', 'c']],
    [{ in: 'query', style: 'deepObject', schema: object }, { a: { b: {} } }],
    [{ in: 'header', schema: texts }, ['a,b']],
    [{ in: 'header', schema: text }, 'a\r\nb: c'],
    [{ in: 'header', schema: text }, ' a'],
    [{ in: 'cookie', style: 'cookie', schema: text }, 'a;b'],
    [{ in: 'path', schema: text }, '..'],
    [{ in: 'path', schema: texts }, []],
    [{ in: 'path', schema: text }, Number.NaN],
  ] as readonly (readonly [Given, unknown])[])('%o refuses %o', (given, value) => {
    const codec = createParameterCodec(parameter(given));
    expect(() => codec.encode(value)).toThrow(expect.objectContaining({ code: 'ERR_CODEC' }));
  });

  it.each([
    [{ in: 'query', schema: texts }, []],
    [{ in: 'query', schema: object }, {}],
    [{ in: 'header', schema: texts }, []],
    [{ in: 'query', schema: text }, undefined],
  ] as readonly (readonly [Given, unknown])[])('%o leaves %o out', (given, value) => {
    expect(createParameterCodec(parameter(given)).encode(value)).toBeUndefined();
  });

  it.each([
    [{ in: 'query', schema: text }, "a b&c=d/é'(", 'color=a%20b%26c%3Dd%2F%C3%A9%27%28'],
    [{ in: 'query', schema: text, allowReserved: true }, 'a b&c=d/#+%', 'color=a%20b%26c=d/%23%2B%25'],
    [{ in: 'query', schema: texts, explode: false, allowReserved: true }, ['a,b', 'c/d'], 'color=a%2Cb,c/d'],
    [{ in: 'path', schema: text }, 'a/b c', 'a%2Fb%20c'],
    [{ in: 'path', schema: text, allowReserved: true }, 'a/b:c?', 'a%2Fb:c%3F'],
    [{ in: 'query', name: 'ids[]', schema: integers }, [1, 2], 'ids%5B%5D=1&ids%5B%5D=2'],
  ] as readonly (readonly [Given, unknown, string])[])('%o writes %o as %s', (given, value, wire) => {
    expect(createParameterCodec(parameter(given)).encode(value)).toBe(wire);
  });
});
