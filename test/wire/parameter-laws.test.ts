import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isApidoubleError } from '../../src/core/index.ts';
import type { Schema } from '../../src/schema/index.ts';
import { createParameterCodec, type ParameterCodec } from '../../src/wire/index.ts';
import type { ParameterSpec } from '../../src/wire/spec.ts';
import { names, record, scalars } from './arbitraries.ts';
import { parameter, raw } from './specs.ts';

const styles: readonly Pick<ParameterSpec, 'in' | 'style' | 'explode'>[] = [
  { in: 'path', style: 'simple', explode: false },
  { in: 'path', style: 'simple', explode: true },
  { in: 'path', style: 'label', explode: false },
  { in: 'path', style: 'label', explode: true },
  { in: 'path', style: 'matrix', explode: false },
  { in: 'path', style: 'matrix', explode: true },
  { in: 'header', style: 'simple', explode: false },
  { in: 'header', style: 'simple', explode: true },
  { in: 'query', style: 'form', explode: false },
  { in: 'query', style: 'form', explode: true },
  { in: 'query', style: 'spaceDelimited', explode: false },
  { in: 'query', style: 'spaceDelimited', explode: true },
  { in: 'query', style: 'pipeDelimited', explode: false },
  { in: 'query', style: 'pipeDelimited', explode: true },
  { in: 'query', style: 'deepObject', explode: true },
  { in: 'cookie', style: 'form', explode: false },
  { in: 'cookie', style: 'form', explode: true },
  { in: 'cookie', style: 'cookie', explode: false },
  { in: 'cookie', style: 'cookie', explode: true },
];

interface Kind {
  readonly schema: Schema;
  readonly values: fc.Arbitrary<unknown>;
}

const kinds: Readonly<Record<string, (scalar: Kind) => Kind>> = {
  scalar: (scalar) => scalar,
  array: ({ schema, values }) => ({
    schema: { type: 'array', items: schema },
    values: fc.array(values, { maxLength: 5 }),
  }),
  object: ({ schema, values }) => ({
    schema: { type: 'object', additionalProperties: schema },
    values: record(values),
  }),
};

/** Where text is percent-encoded and has a delimiter of its own, every value is carried. */
const carriesAll = new Set(['path simple', 'path label', 'path matrix', 'query form', 'cookie form']);
/** What no text can say: half a character, an empty list of texts in a path, a segment of dots, a cookie's odd name. */
function isExcused(spec: ParameterSpec, value: unknown): boolean {
  const json = JSON.stringify(value);
  if (/\\ud[89a-f]/.test(json)) return true;
  if (spec.in === 'path') return json === '[]' || isDots(spec, value);
  return spec.in === 'cookie' && spec.explode && json.startsWith('{');
}

/** A segment of dots is taken away from a URL: `..` as it stands, and two empty texts behind the dots of a label. */
function isDots({ style, explode }: ParameterSpec, value: unknown): boolean {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  if (texts.some((text) => typeof text === 'object' && text !== null)) return false;
  const isLabel = style === 'label';
  return /^\.{1,2}$/.test(`${isLabel ? '.' : ''}${texts.join(isLabel && explode ? '.' : ',')}`);
}

describe.each(styles)('$in $style explode=$explode', (style) => {
  describe.each(style.style === 'deepObject' ? ['object'] : Object.keys(kinds))('%s', (kind) => {
    it.each(Object.keys(scalars))('of %s: what is written is read as itself', (name) => {
      const { schema, values } = (kinds[kind] as (scalar: Kind) => Kind)(scalars[name] as Kind);
      const spec = parameter({ ...style, schema });
      const codec = createParameterCodec(spec);
      let carried = 0;
      fc.assert(
        fc.property(values, (value) => {
          const text = encodeOrExcuse(codec, spec, value);
          if (text === refused) return;
          carried += 1;
          if (text === undefined) return;
          const decoded = codec.decode(raw(spec, text));
          expect(decoded.faults).toEqual([]);
          expect(normal(decoded.value)).toEqual(normal(value));
        }),
        { numRuns: 60 },
      );
      expect(carried).toBeGreaterThan(0);
    });
  });
});

const refused = Symbol('refused');

function encodeOrExcuse(
  codec: ParameterCodec,
  spec: ParameterSpec,
  value: unknown,
): string | undefined | typeof refused {
  try {
    return codec.encode(value);
  } catch (error) {
    if (!isApidoubleError(error) || error.code !== 'ERR_CODEC') throw error;
    if (carriesAll.has(`${spec.in} ${spec.style}`) && !isExcused(spec, value)) throw error;
    return refused;
  }
}

/** Text has no negative zero, and the order of members is no part of a value. */
function normal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('hostile text', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          '%',
          '%zz',
          '%ff',
          '%00',
          '%2C',
          '%5B',
          ',',
          '.',
          ';',
          '=',
          '&',
          '+',
          '|',
          ' ',
          '[',
          ']',
          'color',
          '__proto__',
          '0',
          'null',
          'é',
          '\u0000',
        ),
        { maxLength: 40 },
      )
      .map((pieces) => pieces.join('')),
  );
  const shapes: readonly Schema[] = [
    true,
    false,
    { type: 'integer' },
    { type: 'array', items: { type: 'array', items: { type: 'integer' } } },
    { type: 'object', properties: { __proto__: { type: 'object' }, a: { type: 'array' } } },
    { anyOf: [{ type: 'string' }, { type: 'array' }, { type: 'object' }] },
  ];

  it.each(styles)('never makes $in $style explode=$explode throw', (style) => {
    const codecs = shapes
      .map((schema) => parameter({ ...style, schema }))
      .map((spec) => ({ spec, codec: createParameterCodec(spec) }));
    fc.assert(
      fc.property(hostile, fc.boolean(), (text, named) => {
        for (const { spec, codec } of codecs) {
          const decoded = codec.decode(raw(spec, named ? `color=${text}` : text));
          expect(typeof decoded.present).toBe('boolean');
          for (const fault of decoded.faults) expect(fault.code).toMatch(/^(wire|body)\.[a-z0-9-]+$/);
        }
      }),
      { numRuns: 100 },
    );
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it.each(['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'image/png'])(
    'never makes a parameter with %s content throw',
    (mediaType) => {
      fc.assert(
        fc.property(
          hostile,
          fc.constantFrom('path', 'query', 'header', 'cookie', 'querystring'),
          (text, place) => {
            const spec = parameter({ in: place, content: { mediaType, schema: { type: 'object' } } });
            expect(createParameterCodec(spec).decode(raw(spec, text))).toHaveProperty('faults');
          },
        ),
        { numRuns: 100 },
      );
    },
  );

  it('reads long texts in time that grows with their length', () => {
    const long = 'a,b;c=d&'.repeat(20_000);
    for (const style of styles) {
      const spec = parameter({ ...style, schema: { type: 'object' } });
      expect(createParameterCodec(spec).decode(raw(spec, long)).value).not.toBeNull();
    }
  });

  it('names of members survive', () => {
    fc.assert(
      fc.property(names, (name) => {
        const spec = parameter({ in: 'query', explode: false, schema: { type: 'object' } });
        const codec = createParameterCodec(spec);
        fc.pre(!name.includes('\ud800') && !/\p{Surrogate}/u.test(name));
        const value = Object.fromEntries([[name, 'x']]);
        expect(codec.decode(raw(spec, codec.encode(value) ?? '')).value).toEqual(value);
      }),
    );
  });
});
