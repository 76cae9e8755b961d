/** Texts that break a format beyond argument, the subtler ones first. */
export const brokenFormats: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2024-02-30T12:00:00Z', 'apidouble'],
  date: ['2024-02-30', 'apidouble'],
  time: ['25:61:00Z', 'apidouble'],
  duration: ['apidouble'],
  uuid: ['00000000-0000-4000-8000-00000000000g', 'apidouble'],
  email: ['apidouble.example.org', 'a b@example.org'],
  'idn-email': ['apidouble.example.org'],
  uri: ['not a uri', 'http://exa mple.org/'],
  iri: ['not an iri'],
  'uri-reference': ['http://exa mple.org/', '%%'],
  ipv4: ['256.1.1.1', 'apidouble'],
  ipv6: ['12345::1', 'apidouble'],
  hostname: ['-apidouble-.example', 'a b'],
  byte: ['***'],
  'json-pointer': ['apidouble'],
  regex: ['['],
};

/** Texts that keep a format and are read wrong by hasty readers. */
export const unusualFormats: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2024-02-29T23:59:59.123Z', '2024-02-29T23:59:59+05:30'],
  date: ['2024-02-29'],
  uuid: ['ffffffff-ffff-4fff-bfff-ffffffffffff'],
  email: ["o'neil+tag@example.org"],
  uri: ['https://example.org/a%20b?c=d&e=f#g'],
  ipv4: ['0.0.0.0', '255.255.255.255'],
  ipv6: ['::1', '2001:db8::ffff:192.0.2.1'],
};
