import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../src/schema/index.ts';
import { bodySchema, createBodyCodec } from '../../src/wire/index.ts';
import type { MediaTypeSpec } from '../../src/wire/spec.ts';

const make = (spec: MediaTypeSpec) => createBodyCodec(spec, { direction: 'response' });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (value: Uint8Array): string => Buffer.from(value).toString('utf8');

const lines = [
  'application/jsonl',
  'application/x-ndjson',
  'application/json-seq',
  'application/geo+json-seq',
] as const;

describe.each(lines)('%s', (mediaType) => {
  const codec = make({ mediaType, itemSchema: true });

  it('is read as what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (given) => {
        const value = JSON.parse(JSON.stringify(given));
        expect(codec.decode(codec.encode(value, mediaType).bytes, mediaType)).toEqual({
          present: true,
          value,
          faults: [],
        });
      }),
    );
  });

  it('refuses what is no list', () => {
    expect(() => codec.encode({}, mediaType)).toThrow(expect.objectContaining({ code: 'ERR_CODEC' }));
    expect(() => codec.encode([undefined], mediaType)).toThrow(
      expect.objectContaining({ code: 'ERR_CODEC' }),
    );
  });
});

describe('JSON lines', () => {
  const codec = make({ mediaType: 'application/jsonl' });

  it('tells which line is malformed, and gives the others', () => {
    const decoded = codec.decode(bytes('{"a":1}\r\n\n{"a":\n3'), 'application/jsonl');
    expect(decoded.value).toEqual([{ a: 1 }, undefined, 3]);
    expect(decoded.faults).toMatchObject([{ code: 'body.malformed', pointer: '/1' }]);
  });

  it('writes a line for each item', () => {
    expect(textOf(codec.encode([1, 'a'], 'application/jsonl').bytes)).toBe('1\n"a"\n');
    const records = make({ mediaType: 'application/json-seq' });
    expect(textOf(records.encode([1], 'application/json-seq').bytes)).toBe('\u001e1\n');
  });
});

const events = 'text/event-stream';
const jsonEvents: Schema = {
  type: 'object',
  properties: {
    event: { type: 'string' },
    data: { type: 'string', contentMediaType: 'application/json', contentSchema: { type: 'object' } },
  },
};

describe('an event stream', () => {
  const codec = make({ mediaType: events, itemSchema: { type: 'object' } });

  it.each([
    ['data: a\n\n', [{ data: 'a' }]],
    ['data:a\rdata: b\r\r', [{ data: 'a\nb' }]],
    [
      ': comment\r\nevent: add\r\ndata: 1\r\nid: 7\r\nretry: 10\r\n\r\ndata\n\n',
      [{ event: 'add', data: '1', id: '7', retry: 10 }, { data: '' }],
    ],
    ['retry: 10\n\nid: 1\n\n', []],
    ['\ufeffdata:  a\nunknown: x\nretry: soon\n\n', [{ data: ' a' }]],
    ['', []],
  ])('%j', (text, value) => {
    expect(codec.decode(bytes(text), events)).toEqual({ present: true, value, faults: [] });
  });

  it('that stops inside an event is a fault', () => {
    const decoded = codec.decode(bytes('data: a\n\ndata: b'), events);
    expect(decoded.value).toEqual([{ data: 'a' }, { data: 'b' }]);
    expect(decoded.faults).toMatchObject([{ code: 'body.malformed' }]);
  });

  it('parses data that is JSON', () => {
    const json = make({ mediaType: events, itemSchema: { oneOf: [jsonEvents, { type: 'object' }] } });
    expect(json.decode(bytes('data: {"a":1}\n\n'), events).value).toEqual([{ data: { a: 1 } }]);
    expect(json.decode(bytes('data: 1\n\ndata: {\n\n'), events)).toMatchObject({
      value: [{ data: 1 }, { data: '{' }],
      faults: [{ code: 'body.malformed', pointer: '/1/data' }],
    });
  });

  it('is read as what was written', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', ':', '\n', 'ö') });
    const word = fc.string({ unit: fc.constantFrom('a', ' ', ':', 'ö') });
    const event = fc.record(
      { data: text, event: word, id: word, retry: fc.nat() },
      { requiredKeys: ['data'] },
    );
    const json = make({ mediaType: events, itemSchema: jsonEvents });
    fc.assert(
      fc.property(fc.array(event), fc.array(fc.jsonValue()), (value, data) => {
        expect(codec.decode(codec.encode(value, events).bytes, events).value).toEqual(value);
        const parsed = JSON.parse(JSON.stringify(data.map((one) => ({ data: one }))));
        expect(json.decode(json.encode(parsed, events).bytes, events).value).toEqual(parsed);
      }),
    );
  });

  it('refuses what it cannot carry', () => {
    for (const value of [
      [{ data: 'a\rb' }],
      [{ event: 'a\nb', data: '' }],
      ['a'],
      [{ event: 'a' }],
      [{ data: { a: 1 } }],
    ]) {
      expect(() => codec.encode(value, events)).toThrow(expect.objectContaining({ code: 'ERR_CODEC' }));
    }
  });

  it('stays text where the document calls it a string', () => {
    const text = make({ mediaType: events, schema: { type: 'string' } });
    expect(text.decode(bytes('data: a'), events)).toEqual({ present: true, value: 'data: a', faults: [] });
    expect(textOf(text.encode('data: a', events).bytes)).toBe('data: a');
  });

  it('never throws', () => {
    const json = make({ mediaType: events, itemSchema: jsonEvents });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        for (const one of [codec, json, make({ mediaType: 'application/jsonl' })]) {
          expect(one.decode(body, events)).toHaveProperty('faults');
        }
      }),
    );
  });
});

describe('the schema to judge by', () => {
  const object: Schema = { type: 'object' };
  const array: Schema = { type: 'array' };

  it.each([
    [{ mediaType: 'application/json', schema: object }, object],
    [{ mediaType: 'application/json' }, undefined],
    [
      { mediaType: 'application/jsonl', itemSchema: object },
      { type: 'array', items: object },
    ],
    [
      { mediaType: 'application/jsonl', schema: object },
      { type: 'array', items: object },
    ],
    [{ mediaType: 'application/jsonl', schema: array }, array],
    [
      { mediaType: 'application/jsonl', schema: array, itemSchema: object },
      { allOf: [array, { type: 'array', items: object }] },
    ],
    [{ mediaType: events, schema: object }, undefined],
    [{ mediaType: events, schema: { type: 'string' } }, { type: 'string' }],
    [
      { mediaType: events, itemSchema: { oneOf: [jsonEvents] } },
      {
        type: 'array',
        items: {
          oneOf: [{ type: 'object', properties: { event: { type: 'string' }, data: { type: 'object' } } }],
        },
      },
    ],
  ] as readonly (readonly [MediaTypeSpec, Schema | undefined])[])('%o', (spec, want) => {
    expect(bodySchema(spec)).toEqual(want);
  });
});
