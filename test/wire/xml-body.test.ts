import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecursion, type Schema } from '../../src/schema/index.ts';
import { createBodyCodec } from '../../src/wire/index.ts';
import type { MediaTypeSpec } from '../../src/wire/spec.ts';

const xml = 'application/xml';
const make = (schema: Schema | undefined, rootName?: string) => {
  const spec: MediaTypeSpec = schema === undefined ? { mediaType: xml } : { mediaType: xml, schema };
  return createBodyCodec(spec, { direction: 'response', ...(rootName === undefined ? {} : { rootName }) });
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (value: Uint8Array): string => Buffer.from(value).toString('utf8');
const string: Schema = { type: 'string' };
const integer: Schema = { type: 'integer' };
const animals = (list: object, item: object = {}): Schema => ({
  type: 'object',
  properties: { animals: { type: 'array', items: { ...string, ...item }, ...list } },
});
const two = { animals: ['a', 'b'] };

/** Written as on the left, read as on the right; many after the examples of the specification's XML object. */
const examples: readonly (readonly [name: string, schema: Schema, value: unknown, text: string])[] = [
  [
    'no xml object',
    { type: 'object', properties: { id: integer, name: string } },
    { id: 1, name: 'x' },
    '<xml><id>1</id><name>x</name></xml>',
  ],
  [
    'a renamed element',
    { type: 'object', properties: { n: { ...string, xml: { name: 'animal' } } } },
    { n: 'x' },
    '<xml><animal>x</animal></xml>',
  ],
  [
    'a root with a name',
    { type: 'object', xml: { name: 'Person' }, properties: { id: { ...integer, xml: { attribute: true } } } },
    { id: 1 },
    '<Person id="1"/>',
  ],
  [
    'attribute, prefix and namespace',
    {
      type: 'object',
      properties: {
        id: { ...integer, xml: { attribute: true } },
        name: { ...string, xml: { namespace: 'https://example.com/schema/sample', prefix: 'sample' } },
      },
    },
    { id: 123, name: 'example' },
    '<xml id="123"><sample:name xmlns:sample="https://example.com/schema/sample">example</sample:name></xml>',
  ],
  [
    'a prefix that is bound around',
    {
      type: 'object',
      xml: { name: 'p', namespace: 'urn:a', prefix: 'a' },
      properties: { c: { ...string, xml: { prefix: 'a' } } },
    },
    { c: 'x' },
    '<a:p xmlns:a="urn:a"><a:c>x</a:c></a:p>',
  ],
  [
    'a default namespace',
    { type: 'object', xml: { namespace: 'urn:a' }, properties: { c: string } },
    { c: 'x' },
    '<xml xmlns="urn:a"><c>x</c></xml>',
  ],
  ['a list', animals({}), two, '<xml><animals>a</animals><animals>b</animals></xml>'],
  [
    'a list whose own name does not count',
    animals({ xml: { name: 'aliens' } }),
    two,
    '<xml><animals>a</animals><animals>b</animals></xml>',
  ],
  [
    'items with a name',
    animals({}, { xml: { name: 'animal' } }),
    two,
    '<xml><animal>a</animal><animal>b</animal></xml>',
  ],
  [
    'items with a name in a list with a name',
    animals({ xml: { name: 'aliens' } }, { xml: { name: 'animal' } }),
    two,
    '<xml><animal>a</animal><animal>b</animal></xml>',
  ],
  [
    'a wrapped list',
    animals({ xml: { wrapped: true } }),
    two,
    '<xml><animals><animals>a</animals><animals>b</animals></animals></xml>',
  ],
  [
    'a wrapped list with a name',
    animals({ xml: { name: 'aliens', wrapped: true } }),
    two,
    '<xml><aliens><aliens>a</aliens><aliens>b</aliens></aliens></xml>',
  ],
  [
    'all of these',
    animals({ xml: { name: 'aliens', wrapped: true } }, { xml: { name: 'animal' } }),
    two,
    '<xml><aliens><animal>a</animal><animal>b</animal></aliens></xml>',
  ],
  [
    'a list that is an element',
    animals({ xml: { nodeType: 'element' } }),
    { animals: ['a'] },
    '<xml><animals><animals>a</animals></animals></xml>',
  ],
  ['an empty wrapped list', animals({ xml: { wrapped: true } }), { animals: [] }, '<xml><animals/></xml>'],
  [
    'an empty list that is required',
    { ...(animals({}) as object), required: ['animals'] },
    { animals: [] },
    '<xml/>',
  ],
  [
    'text beside attributes',
    {
      type: 'object',
      xml: { name: 'price' },
      properties: {
        currency: { ...string, xml: { nodeType: 'attribute' } },
        value: { type: 'number', xml: { nodeType: 'text' } },
      },
    },
    { currency: 'EUR', value: 1.5 },
    '<price currency="EUR">1.5</price>',
  ],
  [
    'CDATA',
    { type: 'object', properties: { html: { ...string, xml: { nodeType: 'cdata' } } } },
    { html: '<b>&]]></b>' },
    '<xml><![CDATA[<b>&]]]]><![CDATA[></b>]]></xml>',
  ],
  [
    'an object without an element of its own',
    {
      type: 'object',
      properties: {
        id: integer,
        more: { type: 'object', properties: { a: string }, xml: { nodeType: 'none' } },
      },
    },
    { id: 1, more: { a: 'x' } },
    '<xml><id>1</id><a>x</a></xml>',
  ],
  [
    'null',
    { type: 'object', properties: { a: { type: ['integer', 'null'] } } },
    { a: null },
    '<xml><a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></xml>',
  ],
  [
    'a list at the root',
    { type: 'array', xml: { name: 'ids' }, items: { ...integer, xml: { name: 'id' } } },
    [1, 2],
    '<ids><id>1</id><id>2</id></ids>',
  ],
  [
    'lists in lists',
    { type: 'array', items: { type: 'array', items: integer } },
    [[1], [], [2, 3]],
    '<xml><xml><xml>1</xml></xml><xml/><xml><xml>2</xml><xml>3</xml></xml></xml>',
  ],
  ['text at the root', { type: 'boolean' }, true, '<xml>true</xml>'],
  [
    'hints of an allOf part',
    {
      allOf: [
        { type: 'object', xml: { name: 'Pet' }, properties: { a: integer } },
        { properties: { b: string } },
      ],
    },
    { a: 1, b: 'x' },
    '<Pet><a>1</a><b>x</b></Pet>',
  ],
  [
    'undeclared members',
    { type: 'object', properties: { a: integer }, additionalProperties: { type: 'array', items: integer } },
    { a: 1, more: [2, 3] },
    '<xml><a>1</a><more>2</more><more>3</more></xml>',
  ],
  [
    'special characters',
    { type: 'object', properties: { a: string, b: { ...string, xml: { attribute: true } } } },
    { a: ' <&>\r\n"', b: '<&>"\n\t\r' },
    '<xml b="&lt;&amp;&gt;&quot;&#10;&#9;&#13;"><a> &lt;&amp;&gt;&#13;\n"</a></xml>',
  ],
  [
    'no schema',
    true,
    { a: 'x', b: ['1', '2'], c: { d: '' } },
    '<xml><a>x</a><b>1</b><b>2</b><c><d/></c></xml>',
  ],
  [
    '__proto__',
    { type: 'object', additionalProperties: integer },
    Object.fromEntries([
      ['__proto__', 1],
      ['constructor', 2],
    ]),
    '<xml><__proto__>1</__proto__><constructor>2</constructor></xml>',
  ],
];

describe('XML', () => {
  it.each(examples)('%s', (_, schema, value, text) => {
    const codec = make(schema);
    const written = codec.encode(value, xml);
    expect(textOf(written.bytes)).toBe(text);
    expect(written.contentType).toBe(xml);
    expect(codec.decode(bytes(text), 'text/xml')).toEqual({ present: true, value, faults: [] });
  });

  it('calls the root by the component where the schema has no name for it', () => {
    expect(textOf(make({ type: 'object' }, 'Pet').encode({}, xml).bytes)).toBe('<Pet/>');
    expect(make({ type: 'object' }, 'Pet').decode(bytes('<other/>'), xml).faults).toEqual([]);
  });

  it.each(['<a><b>1</b></a>', '<?xml version="1.0"?>\n<a/>', 'plain <text>', '', '<b>1</b>'])(
    'is the markup itself where the schema only says string: %j',
    (value) => {
      const codec = make(string);
      expect(codec.decode(codec.encode(value, xml).bytes, xml)).toEqual({ present: true, value, faults: [] });
    },
  );

  it('sends an example that is written as XML as it is', () => {
    const codec = make({ type: 'object', properties: { a: integer } });
    expect(textOf(codec.encode('<pet><a>1</a></pet>', xml).bytes)).toBe('<pet><a>1</a></pet>');
    expect(() => codec.encode('<pet>', xml)).toThrow(expect.objectContaining({ code: 'ERR_CODEC' }));
  });

  it('follows recursion', () => {
    const node: Schema = {
      type: 'object',
      xml: { name: 'node' },
      properties: { id: integer, nodes: { type: 'array', items: createRecursion('#/node', () => node) } },
    };
    const value = { id: 1, nodes: [{ id: 2, nodes: [{ id: 3 }] }, { id: 4 }] };
    const text =
      '<node><id>1</id><node><id>2</id><node><id>3</id></node></node><node><id>4</id></node></node>';
    expect(textOf(make(node).encode(value, xml).bytes)).toBe(text);
    expect(make(node).decode(bytes(text), xml).value).toEqual(value);
  });

  it('leaves white space around numbers and elements out, and keeps that of strings', () => {
    const schema: Schema = { type: 'object', properties: { a: integer, b: string } };
    const text = '<?xml version="1.0"?>\n<!-- c --><xml>\n  <a>\n 5 </a>\n  <b> x </b>\n</xml>\n';
    expect(make(schema).decode(bytes(text), xml)).toEqual({
      present: true,
      value: { a: 5, b: ' x ' },
      faults: [],
    });
  });

  it('reads the charset that header, mark or declaration name', () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><xml>ö</xml>';
    expect(make(string).decode(Buffer.from(text, 'latin1'), xml).value).toBe('ö');
    expect(make(string).decode(Buffer.from('\ufeff<xml>ö</xml>', 'utf16le'), xml).value).toBe('ö');
    expect(
      make(string).decode(Buffer.from('<xml>ö</xml>', 'latin1'), `${xml}; charset=iso-8859-1`).value,
    ).toBe('ö');
    expect(make(string).decode(new Uint8Array(0), xml).present).toBe(false);
  });

  it.each([
    [
      '<a><b></a>',
      'body.malformed',
      'is not well-formed XML at line 1, column 10 (offset 10): unexpected close tag',
    ],
    [
      '<a>\n&nbsp;</a>',
      'body.malformed',
      'is not well-formed XML at line 2, column 6 (offset 10): undefined entity',
    ],
    ['<a/><b/>', 'body.malformed', undefined],
    ['text', 'body.malformed', undefined],
    ['<a b="1" b="2"/>', 'body.malformed', undefined],
    ['<!DOCTYPE a><a/>', 'body.doctype', undefined],
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'body.doctype', undefined],
    ['<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>', 'body.doctype', undefined],
    ['<a>&constructor;</a>', 'body.malformed', undefined],
    ['<a>'.repeat(100_000), 'body.depth', undefined],
    [`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`, 'body.depth', undefined],
  ])('refuses %.80s', (text, code, message) => {
    const decoded = make({ type: 'object' }).decode(bytes(text), xml);
    expect(decoded).toMatchObject({ present: true, value: undefined });
    expect(decoded.faults).toHaveLength(1);
    expect(decoded.faults[0]?.code).toBe(code);
    if (message !== undefined) expect(decoded.faults[0]?.message).toBe(message);
  });

  it.each([
    ['another root', { type: 'object', xml: { name: 'a' } }, '<b/>', {}, 'body.xml-root', undefined],
    [
      'another namespace',
      { type: 'object', properties: { a: { ...string, xml: { namespace: 'urn:a' } } } },
      '<x><a>1</a></x>',
      { a: '1' },
      'body.xml-namespace',
      '/a',
    ],
    [
      'an element twice',
      { type: 'object', properties: { a: string } },
      '<x><a>1</a><a>2</a></x>',
      { a: '1' },
      'wire.repeated',
      '/a',
    ],
    [
      'another element in a wrapped list',
      animals({ xml: { wrapped: true } }),
      '<x><animals><b>1</b></animals></x>',
      { animals: ['1'] },
      'body.xml-element',
      '/animals',
    ],
  ] as readonly (readonly [string, Schema, string, unknown, string, string | undefined])[])(
    'tells %s',
    (_, schema, text, value, code, pointer) => {
      const decoded = make(schema).decode(bytes(text), xml);
      expect(decoded.value).toEqual(value);
      expect(decoded.faults.map((fault) => [fault.code, fault.pointer])).toEqual([
        [code, code === 'body.xml-root' ? undefined : pointer],
      ]);
    },
  );

  it('forgives a prefix without a namespace', () => {
    expect(make(true).decode(bytes('<p:a><p:b>1</p:b></p:a>'), xml)).toEqual({
      present: true,
      value: { b: '1' },
      faults: [],
    });
  });

  it('gives what is there where text was wanted', () => {
    const schema: Schema = { type: 'object', properties: { a: integer } };
    expect(make(schema).decode(bytes('<x><a><b>1</b></a></x>'), xml).value).toEqual({ a: { b: '1' } });
    expect(make(schema).decode(bytes('<x><a>y</a></x>'), xml).value).toEqual({ a: 'y' });
  });

  const names: Schema = {
    type: 'object',
    properties: {
      '#text': string,
      'category (primary)': string,
      '4oDCount': integer,
      date: string,
      'dc:date': { type: 'object', properties: { 'dc:first': string, date: string } },
      'xml:lang': { ...string, xml: { attribute: true } },
      'xmlns:x': string,
      _x0020_: string,
    },
  };

  it('has a form for names that XML does not know, and keeps those with a prefix apart', () => {
    const value = {
      '#text': 'words',
      'category (primary)': 'a',
      '4oDCount': 1,
      date: 'plain',
      'dc:date': { 'dc:first': 'b', date: 'c' },
      'xml:lang': 'en',
      'xmlns:x': 'd',
      _x0020_: 'e',
      'not declared': 'f',
      'q:r': 'g',
      '': 'h',
    };
    const encoded = make(names).encode(value, xml);
    expect(textOf(encoded.bytes)).toBe(
      '<xml xml:lang="en">words<category_x0020__x0028_primary_x0029_>a</category_x0020__x0028_primary_x0029_>' +
        '<_x0034_oDCount>1</_x0034_oDCount><date>plain</date>' +
        '<dc:date xmlns:dc="urn:prefix:dc"><dc:first>b</dc:first><date>c</date></dc:date>' +
        '<xmlns_x003A_x>d</xmlns_x003A_x><_x005F_x0020_>e</_x005F_x0020_>' +
        '<not_x0020_declared>f</not_x0020_declared><q_x003A_r>g</q_x003A_r><_x_>h</_x_></xml>',
    );
    expect(make(names).decode(encoded.bytes, xml)).toMatchObject({ value, faults: [] });
  });

  it('may write any value where the schema says nothing, since XML has only text there', () => {
    const schema: Schema = { type: 'object', properties: { data: {} } };
    for (const [data, text] of [
      [5, '<data>5</data>'],
      [{}, '<data/>'],
      [[true], '<data>true</data>'],
      [{ a: [1, 2] }, '<data><a>1</a><a>2</a></data>'],
    ]) {
      expect(textOf(make(schema).encode({ data }, xml).bytes)).toBe(`<xml>${text}</xml>`);
    }
  });

  it('refuses to write what it cannot carry', () => {
    const cycle: Record<string, unknown> = {};
    cycle.a = cycle;
    const schema: Schema = {
      type: 'object',
      properties: { n: integer, inline: { type: 'object', xml: { nodeType: 'none' } } },
    };
    for (const value of [{ a: '\u0000' }, { n: '5' }, { inline: 'x' }, cycle, undefined, { a: '\ud800' }]) {
      expect(() => make(schema).encode(value, xml)).toThrow(expect.objectContaining({ code: 'ERR_CODEC' }));
    }
  });

  const model: Schema = {
    type: 'object',
    xml: { name: 'model', namespace: 'urn:m', prefix: 'm' },
    properties: {
      id: { ...integer, xml: { attribute: true } },
      title: string,
      price: { type: ['number', 'null'] },
      tags: { type: 'array', items: { ...string, xml: { name: 'tag' } } },
      parts: { type: 'array', xml: { wrapped: true }, items: createRecursion('#/model', () => model) },
      owner: {
        type: 'object',
        properties: {
          name: { ...string, xml: { nodeType: 'attribute' } },
          note: { ...string, xml: { nodeType: 'text' } },
        },
        required: ['note'],
      },
    },
  };

  it('is read as what was written', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '<', '&', '"', '\n', '\r', '\t', ']]>', 'ö', '🎲'),
    });
    const { value: models } = fc.letrec((tie) => ({
      value: fc.record(
        {
          id: fc.integer(),
          title: text,
          price: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0)),
          tags: fc.array(text, { minLength: 1 }),
          parts: fc.array(tie('value'), { maxLength: 3, depthIdentifier: 'parts' }),
          owner: fc.record({ name: text, note: text }, { requiredKeys: ['note'] }),
        },
        { requiredKeys: [] },
      ),
    }));
    const codec = make(model);
    fc.assert(
      fc.property(models, (value) => {
        expect(codec.decode(codec.encode(value, xml).bytes, xml)).toEqual({
          present: true,
          value: JSON.parse(JSON.stringify(value)),
          faults: [],
        });
      }),
    );
  });

  it('never throws on any bytes', () => {
    const pieces = fc.constantFrom(
      '<model>',
      '</model>',
      '<id/>',
      '<',
      '>',
      '&amp;',
      '&x;',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<!DOCTYPE',
      '<?xml encoding="utf-16"?>',
      ' id="1"',
      'm:',
      '\u0000',
      'a',
      '<parts>',
      '</parts>',
    );
    const text = fc.array(pieces, { maxLength: 20 }).map((list) => bytes(list.join('')));
    const codec = make(model);
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 100 })), (body) => {
        expect(codec.decode(body, xml)).toHaveProperty('faults');
        expect(make(true).decode(body, '')).toHaveProperty('faults');
      }),
      { numRuns: 500 },
    );
  });
});
