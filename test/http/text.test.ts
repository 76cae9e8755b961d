import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFieldValue } from '../../src/http/field-text.ts';
import {
  formDecode,
  isToken,
  parseAuthorization,
  parseBasic,
  parseCookies,
  parsePrefer,
  parseQuery,
  percentDecode,
  percentEncode,
  sendableFieldValue,
  splitTarget,
} from '../../src/http/index.ts';

const wellFormed = fc.string({ unit: 'binary' });

describe('percent-encoding', () => {
  it.each([
    ['a%20b', 'a b'],
    ['%C3%A9', 'é'],
    ['a+b', 'a+b'],
    ['%', undefined],
    ['%4', undefined],
    ['%GG', undefined],
    ['%FF', undefined],
    ['%C0%AF', undefined],
    ['%ED%A0%80', undefined],
  ])('decodes %j to %j', (text, want) => {
    expect(percentDecode(text)).toBe(want);
  });

  it('takes a plus sign for a blank in forms only', () => {
    expect([formDecode('a+b%2B'), percentDecode('a+b%2B')]).toEqual(['a b+', 'a+b+']);
  });

  it('round-trips any text, leaving unreserved characters only', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        expect(percentEncode(text)).toMatch(/^(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/);
        expect(percentDecode(percentEncode(text))).toBe(text);
      }),
    );
  });

  it('gives a lone surrogate the replacement character', () => {
    expect(percentEncode('a\ud800')).toBe('a%EF%BF%BD');
  });
});

describe('targets, queries and cookies', () => {
  it.each([
    ['/a?b=c?d', '/a', 'b=c?d'],
    ['/a', '/a', ''],
    ['/a?', '/a', ''],
    ['/a#b?c', '/a', ''],
    ['*', '*', ''],
  ])('splits %s', (target, path, query) => {
    expect(splitTarget(target)).toEqual({ path, query });
  });

  it.each([
    ['', []],
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['a', [['a', '']]],
    ['a=', [['a', '']]],
    ['=1', [['', '1']]],
    ['&&a=b=c&', [['a', 'b=c']]],
    [
      'a%26=%3D&a=2',
      [
        ['a%26', '%3D'],
        ['a', '2'],
      ],
    ],
    ['__proto__=1', [['__proto__', '1']]],
  ])('query %j', (raw, want) => {
    expect(parseQuery(raw)).toEqual(want);
  });

  it.each([
    ['', []],
    [
      'a=1; b="2 3";c = x=y ;; flag; =4',
      [
        ['a', '1'],
        ['b', '2 3'],
        ['c', 'x=y'],
      ],
    ],
    ['a="', [['a', '"']]],
    [
      'a=1; a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
  ])('cookies %j', (header, want) => {
    expect(parseCookies(header)).toEqual(want);
  });
});

describe('parsePrefer', () => {
  it.each([
    // The examples of RFC 7240, section 2.
    [
      ['respond-async, wait=100, handling=lenient'],
      { 'respond-async': '', wait: '100', handling: 'lenient' },
    ],
    [['Foo; some-parameter=""'], { foo: '' }],
    [['foo=""'], { foo: '' }],
    [['foo; bar; baz="b;c"'], { foo: '' }],
    // Prism's.
    [
      ['code=404, example=dog, dynamic=true, seed="a, b"'],
      { code: '404', example: 'dog', dynamic: 'true', seed: 'a, b' },
    ],
    [['Code = 404', 'EXAMPLE=Dog'], { code: '404', example: 'Dog' }],
    [['code=404', 'code=500'], { code: '404' }],
    [['seed="a\\"b"'], { seed: 'a"b' }],
    [['seed=a/b c'], { seed: 'a/b c' }],
    [['', ',,=x'], {}],
    [['__proto__=1'], { ['__proto__']: '1' }],
  ])('%j', (fields, want) => {
    expect([...parsePrefer(fields)]).toEqual(Object.entries(want));
  });
});

describe('credentials', () => {
  it.each([
    ['Bearer abc', { scheme: 'bearer', rest: 'abc' }],
    ['  BASIC   a b  ', { scheme: 'basic', rest: 'a b' }],
    ['Bearer', { scheme: 'bearer', rest: '' }],
    ['', undefined],
    ['"x" y', undefined],
  ])('Authorization %j', (header, want) => {
    expect(parseAuthorization(header)).toEqual(want);
  });

  it.each([
    ['QWxhZGRpbjpvcGVuIHNlc2FtZQ==', { user: 'Aladdin', password: 'open sesame' }],
    ['dGVzdDoxMjPCow==', { user: 'test', password: '123£' }],
    ['Og==', { user: '', password: '' }],
    ['YTpiOmM', { user: 'a', password: 'b:c' }],
    ['bm9jb2xvbg==', undefined],
    ['a:b', undefined],
    ['', undefined],
  ])('Basic %j', (rest, want) => {
    expect(parseBasic(rest)).toEqual(want);
  });
});

describe('field text', () => {
  it.each([
    ['plain text', 'plain text'],
    ['tab\tand é', 'tab\tand é'],
    ['a\r\nSet-Cookie: x', 'a  Set-Cookie: x'],
    ['\u0000a\u007f', 'a'],
    ['日本', Buffer.from('日本').toString('latin1')],
  ])('%j is sent as %j', (value, want) => {
    expect(sendableFieldValue(value)).toBe(want);
  });

  it('makes any text sendable, and leaves what is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const sendable = sendableFieldValue(value);
        expect(isFieldValue(sendable)).toBe(true);
        expect(sendableFieldValue(sendable)).toBe(sendable);
      }),
    );
  });

  it.each([
    ['X-Name', true],
    ["!#$%&'*+-.^_`|~09", true],
    ['', false],
    ['a b', false],
    ['a:b', false],
    ['é', false],
  ])('%j is a token: %s', (text, want) => {
    expect(isToken(text)).toBe(want);
  });
});
