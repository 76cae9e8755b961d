import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../src/schema/index.ts';
import { type BodyCodec, createBodyCodec, type Decoded, valueToValidate } from '../../src/wire/index.ts';
import type { MediaTypeSpec } from '../../src/wire/spec.ts';
import { parameter } from './specs.ts';

const formData = 'multipart/form-data';
const schema: Schema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    file: { type: 'string', format: 'binary' },
    files: { type: 'array', items: { type: 'string', format: 'binary' } },
    meta: { type: 'object' },
    tags: { type: 'array', items: { type: 'string' } },
    metas: { type: 'array', items: { type: 'object' } },
  },
};

const make = (spec: Partial<MediaTypeSpec> = {}): BodyCodec =>
  createBodyCodec({ mediaType: formData, schema, ...spec }, { direction: 'request' });
const crlf = (lines: readonly string[]): Uint8Array => Buffer.from(lines.join('\r\n'), 'latin1');
const boundary = `${formData}; boundary=XX`;

/** A body of parts, each a list of header lines and a text. */
function parts(...given: readonly (readonly string[])[]): Uint8Array {
  const lines = given.flatMap((part) => ['--XX', ...part.slice(0, -1), '', part.at(-1) ?? '']);
  return crlf([...lines, '--XX--', '']);
}

const named = (name: string, more = ''): string => `Content-Disposition: form-data; name="${name}"${more}`;
const read = (...given: readonly (readonly string[])[]): Decoded => make().decode(parts(...given), boundary);
const codes = (decoded: Decoded): string[] =>
  decoded.faults.map((fault) => `${fault.code} ${fault.pointer ?? ''}`.trim());

describe('a multipart form', () => {
  it('reads text, numbers, JSON, files and lists by the schema', () => {
    const decoded = read(
      [named('id'), '5'],
      [named('name'), '5'],
      [named('file', '; filename="a.png"'), 'Content-Type: image/png', '\u0089P'],
      [named('meta'), 'content-type: application/json; charset=utf-8', '{"a":1}'],
      [named('tags'), 'a'],
      [named('files', '; filename=x'), 'x'],
      [named('files', '; filename=y'), 'y'],
      [named('metas'), 'Content-Type: application/json', '{}'],
    );
    expect(decoded.faults).toEqual([]);
    expect(decoded.binary).toBe(true);
    expect(valueToValidate(decoded)).toEqual({
      id: 5,
      name: '5',
      file: '\u0089P',
      meta: { a: 1 },
      tags: ['a'],
      files: ['x', 'y'],
      metas: [{}],
    });
    expect((decoded.value as { file: unknown }).file).toBeInstanceOf(Uint8Array);
  });

  it('reads JSON from clients that cannot name its type', () => {
    expect(read([named('meta'), '{"a":1}'])).toEqual({
      present: true,
      value: { meta: { a: 1 } },
      faults: [],
    });
    expect(read([named('meta'), 'Content-Type: text/plain', '{"a":1}']).value).toEqual({ meta: { a: 1 } });
    expect(read([named('tags'), 'Content-Type: application/json', '["a","b"]']).value).toEqual({
      tags: ['a', 'b'],
    });
  });

  it('knows names as browsers and others write them', () => {
    expect(read([named('a%22b%0D%0Ac\\d'), '1']).value).toEqual({ 'a"b\r\nc\\d': '1' });
    expect(read([named('a\\"b'), '1']).value).toEqual({ 'a"b': '1' });
    expect(read(['CONTENT-DISPOSITION: form-data; filename=f; name=gr\u00c3\u00b6', '1']).binary).toBe(true);
    expect(read(['Content-Disposition: form-data;\r\n name="folded"', '1']).value).toEqual({ folded: '1' });
    expect(Object.keys(read([named('__proto__'), '1']).value as object)).toEqual(['__proto__']);
  });

  it('passes over preamble, epilogue, and boundaries inside lines', () => {
    const body = crlf([
      'preamble',
      '--XX  ',
      named('name'),
      '',
      'a --XX',
      '--XXY',
      '--XX--',
      'epilogue',
      '--XX',
      '',
    ]);
    expect(make().decode(body, boundary)).toEqual({
      present: true,
      value: { name: 'a --XX\r\n--XXY' },
      faults: [],
    });
  });

  it('reads lines that end in a line feed only, a quoted boundary and parts without anything', () => {
    const body = Buffer.from(`--a b\n${named('name')}\n\nx\n--a b--`);
    expect(make().decode(body, `${formData}; boundary="a b"`).value).toEqual({ name: 'x' });
    const bare = createBodyCodec(
      { mediaType: 'multipart/mixed', itemSchema: { type: 'string' } },
      { direction: 'request' },
    );
    const mixed = crlf(['--XX', '', '--XX', 'X-A: 1', '', '--XX', '', 'z', '--XX--']);
    expect(bare.decode(mixed, 'multipart/mixed; boundary=XX')).toEqual({
      present: true,
      value: ['', '', 'z'],
      faults: [],
    });
  });

  it.each([
    ['base64', 'aMO2\r\nIQ==', 'hö!'],
    ['quoted-printable', 'h=C3=B6=\r\n!', 'hö!'],
    ['BINARY', 'h!', 'h!'],
  ])('undoes the transfer encoding %s', (encoding, text, value) => {
    expect(read([named('name'), `Content-Transfer-Encoding: ${encoding}`, text])).toEqual({
      present: true,
      value: { name: value },
      faults: [],
    });
  });

  it.each([
    ['no last boundary', crlf(['--XX', named('name'), '', 'x']), boundary, ['body.malformed'], { name: 'x' }],
    ['no boundary at all', crlf(['x']), boundary, ['body.malformed'], {}],
    [
      'no boundary in the header',
      crlf(['--XX', named('name'), '', 'x', '--XX--']),
      formData,
      ['body.boundary'],
      { name: 'x' },
    ],
    ['a part without a name', parts(['Content-Type: text/plain', 'x']), boundary, ['body.part-name'], {}],
    [
      'a part without an empty line',
      crlf(['--XX', 'x', '--XX--']),
      boundary,
      ['body.malformed', 'body.part-name'],
      {},
    ],
    [
      'a header without a colon',
      parts(['x', named('name'), 'y']),
      boundary,
      ['body.malformed'],
      { name: 'y' },
    ],
    ['malformed JSON', parts([named('meta'), '{']), boundary, ['body.malformed /meta'], { meta: undefined }],
    [
      'malformed JSON in a list',
      parts([named('metas'), '{}'], [named('metas'), '{']),
      boundary,
      ['body.malformed /metas/1'],
      { metas: [{}, undefined] },
    ],
    [
      'a repeated field',
      parts([named('id'), '1'], [named('id'), '2']),
      boundary,
      ['wire.repeated /id'],
      { id: 1 },
    ],
    [
      'base64 that is none',
      parts([named('name'), 'Content-Transfer-Encoding: base64', '?']),
      boundary,
      ['body.malformed /name'],
      { name: '' },
    ],
    [
      'an unknown transfer encoding',
      parts([named('name'), 'Content-Transfer-Encoding: zip', 'x']),
      boundary,
      ['body.transfer-encoding /name'],
      { name: 'x' },
    ],
    [
      'text in an unknown charset',
      parts([named('name'), 'Content-Type: text/plain; charset=klingon', 'x']),
      boundary,
      ['body.charset /name'],
      { name: 'x' },
    ],
  ])('tells %s', (_, body, contentType, want, value) => {
    const decoded = make().decode(body, contentType);
    expect(codes(decoded)).toEqual(want);
    expect(decoded.value).toEqual(value);
  });

  it('holds parts against their encoding objects', () => {
    const header = {
      ...parameter({ in: 'header', name: 'X-Sum', schema: { const: 'abc' } }),
      required: true,
    };
    const encoding = new Map([
      ['file', { contentType: ['image/png', 'image/jpeg'], headers: new Map([['X-Sum', header]]) }],
      ['name', { contentType: ['text/*'] }],
    ]);
    const codec = make({ encoding });
    const wrong = parts(
      [named('file'), 'Content-Type: text/html', 'x'],
      [named('name'), 'Content-Type: text/x', 'y'],
    );
    expect(codes(codec.decode(wrong, boundary))).toEqual([
      'body.part-content-type /file',
      'body.part-header /file',
    ]);
    const { bytes, contentType } = codec.encode({ file: Uint8Array.of(65) }, formData);
    expect(Buffer.from(bytes).toString('latin1')).toBe(
      [
        '--apidouble-boundary-0',
        'Content-Disposition: form-data; name="file"; filename="file"',
        'Content-Type: image/png',
        'X-Sum: abc',
        '',
        'A',
        '--apidouble-boundary-0--',
        '',
      ].join('\r\n'),
    );
    expect(contentType).toBe(`${formData}; boundary=apidouble-boundary-0`);
    expect(codec.decode(bytes, contentType).faults).toEqual([]);
  });

  it('is read as what was written', () => {
    const values = fc.record(
      {
        id: fc.maxSafeInteger(),
        name: fc.string(),
        file: fc.uint8Array(),
        files: fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1 }),
        meta: fc.dictionary(fc.string(), fc.jsonValue()).map((one) => JSON.parse(JSON.stringify(one))),
        tags: fc.array(fc.constantFrom('a', 'b\r\n', '--apidouble-boundary-0', ''), { minLength: 1 }),
      },
      { requiredKeys: [] },
    );
    const codec = make();
    fc.assert(
      fc.property(values, (value) => {
        fc.pre(Object.keys(value).length > 0);
        const { bytes, contentType } = codec.encode(value, formData);
        const decoded = codec.decode(bytes, contentType);
        expect(decoded.faults).toEqual([]);
        expect(plain(decoded.value)).toEqual(plain(value));
      }),
    );
  });

  it('takes a text for a file', () => {
    const { bytes, contentType } = make().encode({ file: 'plain tëxt' }, formData);
    const { value } = make().decode(bytes, contentType);
    expect(value).toEqual({ file: Buffer.from('plain tëxt') });
  });

  it('refuses what it cannot carry', () => {
    for (const value of ['text', [1], { id: '5' }, { name: 1 }, { 'a%22': 'x' }]) {
      expect(() => make().encode(value, formData)).toThrow(expect.objectContaining({ code: 'ERR_CODEC' }));
    }
  });
});

/** Buffers and Uint8Arrays of the same bytes as the same. */
function plain(value: unknown): unknown {
  return valueToValidate({ present: true, value, faults: [], binary: true });
}

describe('parts by position', () => {
  const codec = make({
    mediaType: 'multipart/mixed',
    schema: { type: 'array', prefixItems: [{ type: 'object' }], items: { type: 'string', format: 'binary' } },
    prefixEncoding: [{ contentType: ['application/json'] }],
    itemEncoding: { contentType: ['image/png'] },
  });

  it('make an array', () => {
    const value = [{ a: 1 }, Uint8Array.of(1, 2), Uint8Array.of(3)];
    const { bytes, contentType } = codec.encode(value, 'multipart/mixed; boundary=YY');
    expect(contentType).toBe('multipart/mixed; boundary=YY');
    expect(Buffer.from(bytes).toString('latin1')).toContain(
      '--YY\r\nContent-Type: image/png\r\n\r\n\u0001\u0002\r\n',
    );
    expect(plain(codec.decode(bytes, contentType).value)).toEqual(plain(value));
  });

  it('have faults by position', () => {
    const decoded = codec.decode(
      parts(['Content-Type: application/json', '{'], ['Content-Type: image/gif', 'x']),
      'multipart/mixed; boundary=XX',
    );
    expect(codes(decoded)).toEqual(['body.malformed /0', 'body.part-content-type /1']);
  });
});

describe('hostile multipart', () => {
  it('never throws', () => {
    const pieces = fc.constantFrom(
      '--XX',
      '--XX--',
      '\r\n',
      '\n',
      '\r',
      named('id'),
      named('file'),
      ': ',
      'Content-Type: ',
      'multipart/mixed; boundary=XX',
      'Content-Transfer-Encoding: base64',
      '"',
      '\\',
      '{',
      '\u00ff',
      ' ',
    );
    const codecs = [make(), make({ mediaType: 'multipart/mixed', schema: true }), make({ schema: true })];
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 30 }),
        fc.constantFrom(boundary, formData, `${formData}; boundary="`, ''),
        (list, contentType) => {
          for (const codec of codecs) {
            expect(codec.decode(Buffer.from(list.join(''), 'latin1'), contentType)).toHaveProperty('faults');
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads a hundred thousand tiny parts', () => {
    const body = Buffer.from(`${'--XX\r\n\r\n\r\n'.repeat(100_000)}--XX--`);
    const decoded = make({ mediaType: 'multipart/mixed', schema: { type: 'array' } }).decode(
      body,
      'multipart/mixed; boundary=XX',
    );
    expect(decoded.value).toHaveLength(100_000);
  });
});
