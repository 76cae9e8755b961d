import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBodyCodec } from '../../src/wire/index.ts';

const codec = createBodyCodec({ mediaType: 'application/json' }, { direction: 'request' });
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => codec.decode(utf8(text), 'application/json');

function utf32(text: string, little: boolean): Uint8Array {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(points.length * 4));
  points.forEach((point, index) => {
    view.setUint32(index * 4, point, little);
  });
  return new Uint8Array(view.buffer);
}

describe('a JSON body', () => {
  it('is read as what was written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4, noUnicodeString: false }), (value) => {
        const { bytes, contentType } = codec.encode(value, 'application/json');
        expect(codec.decode(bytes, contentType)).toEqual({
          present: true,
          value: JSON.parse(JSON.stringify(value)),
          faults: [],
        });
      }),
    );
  });

  it('is read from a slice of a larger buffer', () => {
    const whole = utf8('xx{"a":"ö"}xx');
    expect(codec.decode(whole.subarray(2, whole.length - 2), 'application/json').value).toEqual({ a: 'ö' });
  });

  it('is absent where no byte came', () => {
    expect(codec.decode(new Uint8Array(0), 'application/json')).toEqual({
      present: false,
      value: undefined,
      faults: [],
    });
  });

  it.each(['application/problem+json', 'application/json; charset=utf-8', 'Application/JSON', 'text/json'])(
    'is what %s says',
    (mediaType) => {
      const other = createBodyCodec({ mediaType }, { direction: 'response' });
      expect(other.decode(utf8('[1]'), mediaType).value).toEqual([1]);
      expect(other.encode([1], mediaType)).toEqual({ bytes: Buffer.from('[1]'), contentType: mediaType });
    },
  );

  it('keeps prototype keys plain data', () => {
    const value = read('{"__proto__":{"x":1},"constructor":2}').value as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('refuses to write what JSON has no form for', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    for (const value of [undefined, 1n, cycle, new Uint8Array(1), () => 1]) {
      expect(() => codec.encode(value, 'application/json')).toThrow(
        expect.objectContaining({ code: 'ERR_CODEC' }),
      );
    }
    expect(() => codec.encode(1, 'application/json; charset=utf-16')).toThrow(
      expect.objectContaining({ code: 'ERR_CODEC' }),
    );
  });
});

describe('charsets of JSON', () => {
  const text = '{"name":"größe 🎲"}';
  const encodings: readonly (readonly [string, Uint8Array, string])[] = [
    ['utf-8', utf8(text), 'application/json'],
    ['utf-8 with a byte order mark', utf8(`\ufeff${text}`), 'application/json'],
    ['utf-8 by name', utf8(text), 'application/json;charset="UTF-8"'],
    ['utf-16le', Buffer.from(text, 'utf16le'), 'application/json'],
    [
      'utf-16le with a byte order mark',
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      'application/json; charset=utf-16',
    ],
    ['utf-16be', Buffer.from(text, 'utf16le').swap16(), 'application/json'],
    ['utf-32le', utf32(text, true), 'application/json'],
    ['utf-32be', utf32(text, false), 'application/json; charset=utf-32'],
    ['utf-32be with a byte order mark', utf32(`\ufeff${text}`, false), 'application/json'],
  ];

  it.each(encodings)('%s', (_, bytes, contentType) => {
    expect(codec.decode(bytes, contentType)).toEqual({
      present: true,
      value: { name: 'größe 🎲' },
      faults: [],
    });
  });

  it.each(['iso-8859-1', 'klingon'])('%s is a fault', (charset) => {
    const decoded = codec.decode(utf8('{"a":1}'), `application/json; charset=${charset}`);
    expect(decoded.value).toEqual({ a: 1 });
    expect(decoded.faults).toMatchObject([{ code: 'body.charset', seen: charset }]);
  });

  it('bytes that are no UTF-8 are a fault', () => {
    const decoded = codec.decode(Uint8Array.of(0x22, 0xff, 0x22), 'application/json');
    expect(decoded.value).toBe('\ufffd');
    expect(decoded.faults).toMatchObject([{ code: 'body.charset' }]);
    expect(read('"\ufffd"').faults).toEqual([]);
  });
});

describe('malformed JSON', () => {
  it.each([
    ['{"a":1,}', 1, 8, 7, 'a key', '"}"'],
    ['{"a" 1}', 1, 6, 5, "':'", '"1}"'],
    ['[1 2]', 1, 4, 3, "',' or ']'", '"2]"'],
    ['{\n  "a": tru\n}', 2, 8, 9, 'a value', '"tru\\n}"'],
    ['{"a":1', 1, 7, 6, "',' or '}'", 'the end of the body'],
    ['"a\nb"', 1, 3, 2, 'the rest of a string', '"\\nb\\""'],
    ['"a\\x"', 1, 3, 2, 'the rest of a string', '"\\\\x\\""'],
    ['1 2', 1, 3, 2, 'the end', '"2"'],
    ['01', 1, 2, 1, 'the end', '"1"'],
    [' ', 1, 2, 1, 'a value', 'the end of the body'],
    ["{'a':1}", 1, 2, 1, "a key or '}'", '"\'a\':1}"'],
  ])('%s', (text, line, column, offset, expected, seen) => {
    const decoded = read(text);
    expect(decoded).toMatchObject({ present: true, value: undefined });
    expect(decoded.faults).toEqual([
      {
        code: 'body.malformed',
        message: `is not valid JSON at line ${line}, column ${column} (offset ${offset}): expected ${expected}, saw ${seen}`,
        expected,
        seen,
      },
    ]);
  });

  it('is found wherever JSON.parse finds it', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '1',
      '-',
      '.5',
      'e3',
      'true',
      'nul',
      ' ',
      '\n',
      '\\',
      '\\u00',
      '\t',
      '\u0001',
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 12 }), (parts) => {
        const text = parts.join('');
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        const { faults } = read(text);
        expect(faults.length === 0).toBe(valid);
        expect(faults[0]?.message.includes('(offset 0): expected JSON,')).not.toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['[', '{"a":'])('nested 100,000 levels deep with %s is a fault', (opener) => {
    expect(read(opener.repeat(100_000)).faults).toMatchObject([{ code: 'body.depth' }]);
    const closer = opener === '[' ? ']' : '}';
    expect(read(`${opener.repeat(100_000)}1${closer.repeat(100_000)}`).faults).toMatchObject([
      { code: 'body.depth' },
    ]);
  });

  it('depth is found wherever the bytes lie in memory', () => {
    const text = `${'['.repeat(513)}${' '.repeat(1024)}${']'.repeat(513)}`;
    for (const offset of [0, 1, 2, 3]) {
      const body = Buffer.from(' '.repeat(offset) + text).subarray(offset);
      expect(codec.decode(body, '').faults).toMatchObject([{ code: 'body.depth' }]);
      expect(codec.decode(body.subarray(1, -1), '').faults).toEqual([]);
    }
  });

  it('brackets in strings, or side by side, are not depth', () => {
    const strings = JSON.stringify(Array.from({ length: 2000 }, () => ['[[[[{{{{"']));
    expect(read(strings).faults).toEqual([]);
    expect(read(JSON.stringify('['.repeat(5000))).faults).toEqual([]);
    expect(read(`${'['.repeat(512)}"]]]]"${']'.repeat(512)}`).faults).toEqual([]);
    expect(read(`${'["]]]]",'.repeat(513)}1${']'.repeat(513)}`).faults).toMatchObject([
      { code: 'body.depth' },
    ]);
  });
});

describe('keys that come twice', () => {
  const strict = createBodyCodec({ mediaType: 'application/json' }, { direction: 'request', strict: true });

  it('are a fault where that was asked for', () => {
    const text = '{"a":{"b":1,"\\u0062":2},"c":[{"d":1},{"d":2}]}';
    expect(strict.decode(utf8(text), '')).toMatchObject({
      value: { a: { b: 2 } },
      faults: [{ code: 'body.duplicate-key', seen: '"b"' }],
    });
    expect(read(text).faults).toEqual([]);
    expect(strict.decode(utf8('{"a":1,"b":{"a":1}}'), '').faults).toEqual([]);
  });
});
