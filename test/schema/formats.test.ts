import { describe, expect, it } from 'vitest';
import { compileSchema } from '../../src/schema/index.ts';

/** For each format what it allows and what it refuses. */
const table: Readonly<Record<string, { valid: readonly unknown[]; invalid: readonly unknown[] }>> = {
  'date-time': {
    valid: [
      '2024-02-29T00:00:00Z',
      '2024-01-01t00:00:00z',
      '2024-01-01T23:59:59.123456789+05:30',
      '1998-12-31T23:59:60Z',
      '1998-12-31T15:59:60.5-08:00',
      '1999-01-01T00:59:60+01:00',
      42,
    ],
    invalid: [
      '2024-01-01 00:00:00Z',
      '2024-01-01T00:00:00',
      '2023-02-29T00:00:00Z',
      '2024-13-01T00:00:00Z',
      '2024-01-01T24:00:00Z',
      '2024-01-01T00:00:00+0530',
      '2024-01-01T00:00:00+24:00',
      '2024-01-01T00:00Z',
      '2024-01-01T00:00:00.Z',
      '1998-12-31T22:59:60Z',
      '1998-12-30T23:59:60Z',
      '2024-01-01T00:00:61Z',
      '2024-01-01T00:00:00Z\n',
      '２024-01-01T00:00:00Z',
      '',
    ],
  },
  date: {
    valid: ['2024-02-29', '2000-02-29', '0001-01-01'],
    invalid: ['1900-02-29', '2024-04-31', '2024-00-01', '2024-01-00', '2024-1-1', '20240101', '2024-01-01T'],
  },
  time: {
    valid: ['00:00:00Z', '23:59:60Z', '23:59:59.5-01:00', '00:29:60+00:30'],
    invalid: ['00:00:00', '24:00:00Z', '00:60:00Z', '12:00:60Z', '00:00:00+01', '1:00:00Z'],
  },
  duration: { valid: ['P1Y2M3DT4H5M6S', 'P2W', 'PT1S'], invalid: ['P', 'PT', '1D', 'P1S', 'P1D2H'] },
  email: {
    valid: [
      'a@b.co',
      'a.b+c@example.com',
      '"a b"@example.com',
      'a@localhost',
      'a@[127.0.0.1]',
      'a@[IPv6:::1]',
    ],
    invalid: [
      'a',
      'a@',
      '@b',
      'a b@c.de',
      'a..b@c.de',
      '.a@b.co',
      'a@b..co',
      'a@-b.co',
      'é@b.co',
      `${'a'.repeat(65)}@b.co`,
    ],
  },
  'idn-email': { valid: ['实例@实例.测试', 'a@b.co'], invalid: ['a', '@b', 'a@', 'a b@c'] },
  hostname: {
    valid: ['localhost', 'a-b.example.com', '1.2.3', 'A.B'],
    invalid: ['', '-a', 'a-', 'a..b', 'a_b', 'a.b.', `${'a'.repeat(64)}.b`, 'é.com'],
  },
  'idn-hostname': { valid: ['实例.测试', 'a.b'], invalid: ['', 'a b', 'a..b'] },
  ipv4: { valid: ['0.0.0.0', '255.255.255.255'], invalid: ['256.0.0.1', '1.2.3', '01.2.3.4', '1.2.3.4.5'] },
  ipv6: {
    valid: ['::', '::1', '2001:db8::8a2e:370:7334', '::ffff:192.0.2.1', '1:2:3:4:5:6:7:8'],
    invalid: ['1:2:3', ':::', '12345::', '::1%eth0', '1:2:3:4:5:6:7:8:9', 'x'],
  },
  uri: {
    valid: ['http://a.b/c?d=e#f', 'urn:isbn:0451450523', 'mailto:a@b.c', 'http://[::1]:80/'],
    invalid: ['/a', 'a', 'http://a b', 'http://é.com', '//a.b', '\\\\a'],
  },
  'uri-reference': { valid: ['/a', '#f', '', '../b?c', 'http://a'], invalid: ['\\a', 'a b', 'é'] },
  iri: { valid: ['http://é.com/ü'], invalid: ['/a', 'http://a b'] },
  'iri-reference': { valid: ['/é', ''], invalid: ['a b', '\\a'] },
  'uri-template': { valid: ['/a/{b}', '{?x,y*}'], invalid: ['/a/{b', '{}'] },
  uuid: {
    valid: ['6F1B2C0E-1b7f-4f0a-8a57-0d9c8d8e8f00', '00000000-0000-0000-0000-000000000000'],
    invalid: ['urn:uuid:6f1b2c0e-1b7f-4f0a-8a57-0d9c8d8e8f00', '6f1b2c0e1b7f4f0a8a570d9c8d8e8f00', 'x', ''],
  },
  'json-pointer': { valid: ['', '/a~1b/0'], invalid: ['a', '/a~2'] },
  'relative-json-pointer': { valid: ['0', '1/a', '2#'], invalid: ['/a', '01', '-1'] },
  regex: { valid: ['^a+$', '\\p{L}'], invalid: ['(', '[', '\\'] },
  byte: { valid: ['', 'YQ==', 'YWI=', 'YWJj'], invalid: ['YQ', 'YQ=', 'Y Q=', 'Y!==', 'YQ==\n'] },
  int32: { valid: [0, -2147483648, 2147483647, 1.0, '1'], invalid: [1.5, 2147483648, -2147483649] },
  int64: { valid: [0, 2 ** 53, 9.2e18, 'text'], invalid: [1.5] },
  float: { valid: [1.5, 1e300], invalid: [] },
  double: { valid: [1.5], invalid: [] },
  binary: { valid: ['\u0000\ud800', ''], invalid: [] },
  password: { valid: ['', 'x'], invalid: [] },
  'my-own': { valid: ['anything', 3], invalid: [] },
  constructor: { valid: ['x'], invalid: [] },
  toString: { valid: ['x'], invalid: [] },
};

describe('the format', () => {
  it.each(Object.entries(table))('%s', (format, { valid, invalid }) => {
    const validator = compileSchema({ format });
    expect(valid.filter((value) => !validator.isValid(value))).toEqual([]);
    expect(invalid.filter((value) => validator.isValid(value))).toEqual([]);
  });

  it('is told in words', () => {
    expect(compileSchema({ properties: { pk: { format: 'uuid' } } }).validate({ pk: 'x' })).toMatchObject([
      { message: 'pk must be a UUID (format "uuid")', expected: 'a UUID', seen: '"x"' },
    ]);
  });

  it.each([
    'email',
    'uri',
    'uri-reference',
    'uri-template',
    'hostname',
    'ipv6',
    'duration',
    'json-pointer',
    'regex',
    'byte',
    'iri',
  ])('%s is done with a huge text at once', (format) => {
    const validator = compileSchema({ format });
    for (const part of ['a', 'a.', 'a@', '/a', '%aa', ':', '~0', 'P1Y', '{a}', '[']) {
      expect(typeof validator.isValid(part.repeat(1_000_000))).toBe('boolean');
    }
  });
});
