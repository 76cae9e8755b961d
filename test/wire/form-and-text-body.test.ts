import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../src/schema/index.ts';
import { type BodyCodec, createBodyCodec, isBinarySchema, valueToValidate } from '../../src/wire/index.ts';
import type { MediaTypeSpec } from '../../src/wire/spec.ts';
import { record, scalars } from './arbitraries.ts';

const form = 'application/x-www-form-urlencoded';
const make = (spec: MediaTypeSpec): BodyCodec => createBodyCodec(spec, { direction: 'request' });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (value: Uint8Array): string => Buffer.from(value).toString('utf8');

const schema: Schema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
    address: { type: 'object', properties: { zip: { type: 'string' } } },
    places: { type: 'array', items: { type: 'object' } },
  },
  additionalProperties: { type: 'number' },
};

describe('a form', () => {
  const codec = make({ mediaType: form, schema });

  it.each([
    ['id=1&name=a+b%2B', { id: 1, name: 'a b+' }],
    ['tags=a&tags=b%2Cc', { tags: ['a', 'b,c'] }],
    ['tags=a', { tags: ['a'] }],
    ['address=%7B%22zip%22%3A%221%22%7D', { address: { zip: '1' } }],
    ['places=%7B%7D&places=%7B%22a%22%3A1%7D', { places: [{}, { a: 1 }] }],
    ['other=1.5', { other: 1.5 }],
    ['', {}],
    ['&&id=1&', { id: 1 }],
    [
      '__proto__=1&constructor=2',
      Object.fromEntries([
        ['__proto__', 1],
        ['constructor', 2],
      ]),
    ],
  ])('reads %s', (text, value) => {
    expect(codec.decode(bytes(text), form)).toEqual({ present: true, value, faults: [] });
  });

  it.each([
    ['name=%', { name: '%' }, 'wire.percent-encoding', '/name'],
    ['id=1&id=2', { id: 1 }, 'wire.repeated', '/id'],
    ['address=x', { address: 'x' }, 'body.malformed', '/address'],
  ])('tells what is wrong with %s', (text, value, code, pointer) => {
    expect(codec.decode(bytes(text), form)).toMatchObject({ value, faults: [{ code, pointer }] });
  });

  it('is absent where nothing came, not even a content type', () => {
    expect(codec.decode(bytes(''), '').present).toBe(false);
  });

  it('follows the styles of encoding objects', () => {
    const encoding = new Map([
      ['tags', { style: 'pipeDelimited', explode: false }],
      ['address', { style: 'deepObject', explode: true }],
      ['name', { allowReserved: true }],
    ] as const);
    const styled = make({ mediaType: form, schema, encoding });
    const value = { tags: ['a', 'b'], address: { zip: '1' }, name: 'a/b', id: 1 };
    const text = 'tags=a%7Cb&address%5Bzip%5D=1&name=a/b&id=1';
    expect(textOf(styled.encode(value, form).bytes)).toBe(text);
    expect(styled.decode(bytes(text), form)).toEqual({ present: true, value, faults: [] });
  });

  it('reads and writes as JSON what an encoding object calls JSON', () => {
    const json = { contentType: ['application/json'] };
    const codec = make({
      mediaType: form,
      schema: {
        type: 'object',
        properties: { any: true, list: { type: 'array', items: { type: 'integer' } } },
      },
      encoding: new Map([
        ['any', json],
        ['list', json],
      ]),
    });
    const value = { any: { a: [1] }, list: [1, 2] };
    const text = 'any=%7B%22a%22%3A%5B1%5D%7D&list=1&list=2';
    expect(textOf(codec.encode(value, form).bytes)).toBe(text);
    expect(codec.decode(bytes(text), form).value).toEqual(value);
    expect(codec.decode(bytes('list=%5B1%2C2%5D&any="5"'), form).value).toEqual({ list: [1, 2], any: '5' });
  });

  it.each(Object.keys(scalars))('of %s is read as what was written', (name) => {
    const scalar = scalars[name] ?? { schema: true, values: fc.anything() };
    const open = make({ mediaType: form, schema: { type: 'object', additionalProperties: scalar.schema } });
    fc.assert(
      fc.property(record(scalar.values), (value) => {
        fc.pre(!/\\ud[89a-f]/.test(JSON.stringify(value)));
        const decoded = open.decode(open.encode(value, form).bytes, form);
        expect(JSON.stringify(decoded.value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('leaves empty lists out, and refuses what it cannot carry', () => {
    expect(textOf(codec.encode({ id: 1, tags: [] }, form).bytes)).toBe('id=1');
    for (const value of [[1], 'text', { name: { a: 1 } }, { id: '1' }, { name: '\ud800' }]) {
      expect(() => codec.encode(value, form)).toThrow(expect.objectContaining({ code: 'ERR_CODEC' }));
    }
  });
});

describe('text', () => {
  it.each([
    [{ type: 'string' }, 'text/plain', bytes('5 ö'), '5 ö'],
    [{ type: 'integer' }, 'text/plain', bytes('5'), 5],
    [{ type: 'boolean' }, 'text/plain', bytes('true'), true],
    [true, 'text/csv', bytes('5'), '5'],
    [{ type: 'string' }, 'text/plain; charset=iso-8859-1', Uint8Array.of(0xf6), 'ö'],
    [{ type: 'string' }, 'text/plain; charset=utf-16le', Buffer.from('ö', 'utf16le'), 'ö'],
    [{ type: 'string' }, 'text/plain', bytes(''), ''],
  ] as readonly (readonly [Schema, string, Uint8Array, unknown])[])(
    '%o in %s',
    (given, mediaType, wire, value) => {
      const codec = make({ mediaType: 'text/*', schema: given });
      expect(codec.decode(wire, mediaType)).toEqual({ present: true, value, faults: [] });
      expect(Buffer.from(codec.encode(value, mediaType).bytes)).toEqual(Buffer.from(wire));
    },
  );

  it('tells an unknown charset', () => {
    const decoded = make({ mediaType: 'text/plain' }).decode(bytes('a'), 'text/plain; charset=klingon');
    expect(decoded).toMatchObject({ value: 'a', faults: [{ code: 'body.charset' }] });
  });

  it('refuses what it cannot carry', () => {
    const codec = make({ mediaType: 'text/plain', schema: { type: 'integer' } });
    for (const value of ['5', {}, [1]]) {
      expect(() => codec.encode(value, 'text/plain')).toThrow(expect.objectContaining({ code: 'ERR_CODEC' }));
    }
    const latin = 'text/plain; charset=iso-8859-1';
    expect(() => make({ mediaType: 'text/plain' }).encode('🎲', latin)).toThrow(
      expect.objectContaining({ code: 'ERR_CODEC' }),
    );
  });
});

describe('a schema of objects or lists in a media type that is neither JSON nor XML', () => {
  const schema = { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } } as const;

  it.each(['text/plain', 'text/csv', 'text/html; charset=utf-8'])('is JSON in %s', (mediaType) => {
    const codec = make({ mediaType, schema });
    const { bytes: written, contentType } = codec.encode({ a: 1 }, mediaType);
    expect([textOf(written), contentType]).toEqual(['{"a":1}', mediaType]);
    expect(codec.decode(written, mediaType)).toMatchObject({ value: { a: 1 }, faults: [] });
    expect(codec.decode(bytes('a=1'), mediaType)).toMatchObject({ value: 'a=1', faults: [] });
  });

  it('is written as JSON where we know no better, and read as bytes', () => {
    const codec = make({ mediaType: 'application/pdf', schema });
    const { bytes: written } = codec.encode({ a: 1 }, 'application/pdf');
    expect(textOf(written)).toBe('{"a":1}');
    expect(codec.decode(written, 'application/pdf').binary).toBe(true);
  });
});

describe('bytes', () => {
  const codec = make({ mediaType: 'image/*', schema: { type: 'string', format: 'binary', minLength: 4 } });
  const image = Uint8Array.of(0x89, 0x50, 0xff, 0);

  it('pass as they are, and are judged as a text of one character a byte', () => {
    const decoded = codec.decode(image, 'image/png');
    expect(decoded).toEqual({ present: true, value: image, faults: [], binary: true });
    expect(valueToValidate(decoded)).toBe('\u0089P\u00ff\u0000');
    expect(codec.encode(image, 'image/png')).toEqual({ bytes: image, contentType: 'image/png' });
  });

  it('are judged inside objects too', () => {
    const value = { file: Uint8Array.of(65), list: [Uint8Array.of(66), 1] };
    expect(valueToValidate({ present: true, value, faults: [], binary: true })).toEqual({
      file: 'A',
      list: ['B', 1],
    });
    const plain = { present: true, value, faults: [] };
    expect(valueToValidate(plain)).toBe(value);
  });

  it('refuse other values', () => {
    expect(() => codec.encode({}, 'image/png')).toThrow(expect.objectContaining({ code: 'ERR_CODEC' }));
  });

  it.each([
    [{ type: 'string', format: 'binary' }, true],
    [{ contentMediaType: 'image/png' }, true],
    [{ type: 'string', contentMediaType: 'image/png', contentEncoding: 'base64' }, false],
    [{ type: 'string', contentMediaType: 'application/json' }, false],
    [{ anyOf: [{ type: 'null' }, { format: 'binary' }] }, true],
    [{ type: 'string' }, false],
    [true, false],
    [undefined, false],
  ] as readonly (readonly [Schema | undefined, boolean])[])('%o are meant: %s', (given, want) => {
    expect(isBinarySchema(given)).toBe(want);
  });
});

describe('a range of media types', () => {
  const object: Schema = { type: 'object', properties: { a: { type: 'integer' } } };

  it.each([
    ['application/json; charset=utf-8', '{"a":1}'],
    ['application/hal+json', '{"a":1}'],
    ['application/xml', '<xml><a>1</a></xml>'],
    [form, 'a=1'],
    [
      'multipart/form-data; boundary=X',
      '--X\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--X--\r\n',
    ],
  ])('is read and written as %s', (contentType, text) => {
    const codec = make({ mediaType: '*/*', schema: object });
    expect(codec.decode(bytes(text), contentType)).toEqual({ present: true, value: { a: 1 }, faults: [] });
    expect(textOf(codec.encode({ a: 1 }, contentType).bytes).toLowerCase()).toBe(text.toLowerCase());
  });

  it('stays text or bytes where nothing more is known', () => {
    expect(make({ mediaType: 'text/*' }).decode(bytes('a'), 'text/html').value).toBe('a');
    expect(make({ mediaType: '*/*' }).decode(bytes('a'), 'application/pdf').value).toEqual(bytes('a'));
    expect(make({ mediaType: '*/*' }).decode(bytes('a'), 'x').value).toEqual(bytes('a'));
    expect(make({ mediaType: 'image/*' }).decode(bytes('<svg/>'), 'image/svg+xml').binary).toBe(true);
    const file: Schema = { type: 'string', format: 'binary' };
    expect(make({ mediaType: '*/*', schema: file }).decode(bytes('{}'), 'application/json').binary).toBe(
      true,
    );
  });
});

describe('hostile bytes', () => {
  it.each(['application/json', form, 'text/plain', 'image/png'])('never make %s throw', (mediaType) => {
    const codec = make({ mediaType, schema });
    const contentTypes = fc.oneof(
      fc.constantFrom('', mediaType, `${mediaType}; charset=`, `${mediaType}; charset="`),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), contentTypes, (body, contentType) => {
        expect(codec.decode(body, contentType)).toHaveProperty('faults');
      }),
      { numRuns: 500 },
    );
  });
});
