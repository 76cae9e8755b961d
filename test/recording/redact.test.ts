import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../src/document/index.ts';
import { createRedactor, secretPaths } from '../../src/recording/index.ts';

const redactor = createRedactor({ names: ['X-Own'], values: ['hunter22'] });

describe('what is hidden', () => {
  it.each([
    ['application/json', '{"password":"abc","name":"n"}', '{"password":"[redacted]","name":"n"}'],
    ['application/json', '{"user":{"access_token": "abc"}}', '{"user":{"access_token": "[redacted]"}}'],
    ['application/json', '{"apiKey":123,"a":"hunter22"}', '{"apiKey":0,"a":"[redacted]"}'],
    [
      'application/json',
      '{"tokens_used":12,"token_type":"bearer"}',
      '{"tokens_used":12,"token_type":"bearer"}',
    ],
    ['application/json', '{"nextPageToken":"abc"}', '{"nextPageToken":"abc"}'],
    ['application/json', '{"secret":["a","b"]}', '{"secret":["[redacted]","[redacted]"]}'],
    [
      'application/json',
      '{"password":"a\\"b","x-own":"c"}',
      '{"password":"[redacted]","x-own":"[redacted]"}',
    ],
    [
      'application/json',
      '{"secret":["a]b","{","\\"]"],"a":1}',
      '{"secret":["[redacted]","[redacted]","[redacted]"],"a":1}',
    ],
    ['application/json', '{"a":{"password":"abc', '{"a":{"password":"[redacted]"'],
    ['application/json', '{"secret":["abc","de', '{"secret":["[redacted]","[redacted]"'],
    [
      'application/json',
      '{"a":"{\\"password\\":\\"abc\\"}","b":[{"jwt":"c\\\\"}]}',
      '{"a":"{\\"password\\":\\"abc\\"}","b":[{"jwt":"[redacted]"}]}',
    ],
    ['application/x-www-form-urlencoded', 'user=a&password=b%20c', 'user=a&password=%5Bredacted%5D'],
    ['text/xml', '<a><Password x="1">b</Password></a>', '<a><Password x="1">[redacted]</Password></a>'],
    ['text/xml', '<a><p:token>b&amp;c</p:token></a>', '<a><p:token>[redacted]</p:token></a>'],
    ['text/xml', '<token>a<![CDATA[<b>]]]]></token>', '<token>[redacted]</token>'],
    ['text/xml', '<user name="n" api-key=\'k"k\'/>', '<user name="n" api-key=\'[redacted]\'/>'],
    ['text/xml', '<a><![CDATA[no token]]></a>', '<a><![CDATA[no token]]></a>'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\nabc\r\n--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nd\r\n--b--',
      '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n[redacted]\r\n--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nd\r\n--b--',
    ],
  ])('in a body of %s: %s', (type, body, want) => {
    expect(redactor.body(body, type)).toBe(want);
  });

  it.each([
    ['Authorization', 'Bearer abc', 'Bearer [redacted]'],
    ['Set-Cookie', 'a=b; Path=/', 'a=[redacted]; Path=/'],
    ['Cookie', 'a=b; c=d', 'a=[redacted]; c=[redacted]'],
    ['x-own', 'abc', '[redacted]'],
    ['X-Other', 'it is hunter22', 'it is [redacted]'],
    ['Accept', 'text/html', 'text/html'],
  ])('in the header %s: %s', (name, value, want) => {
    expect(redactor.header(name, value)).toBe(want);
  });

  it.each([
    ['api_key=abc&a=%41', 'api_key=%5Bredacted%5D&a=%41'],
    ['page_token=abc', 'page_token=abc'],
    ['a=1&&b', 'a=1&&b'],
  ])('in the query %s', (query, want) => {
    expect(redactor.rawQuery(query)).toBe(want);
  });

  it.each([
    ['/api/invitations/abc%20d/accept', '/api/invitations/%5Bredacted%5D/accept'],
    ['/invitations/abc/accept', '/invitations/%5Bredacted%5D/accept'],
    ['/invitations/open/accept', '/invitations/open/accept'],
    ['/invitations/abc', '/invitations/abc'],
    ['/pages/abc/of/hunter22', '/pages/abc/of/[redacted]'],
  ])('in the path %s', async (path, want) => {
    const responses = { 200: { description: '.' } };
    const at = (...names: readonly string[]) => ({
      parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      get: { responses },
    });
    const document = await loadDocument({
      openapi: '3.1.0',
      info: { title: 'Invitations', version: '1' },
      paths: {
        '/invitations/{invite_token}/accept': at('invite_token'),
        '/invitations/open/accept': at(),
        '/pages/{page_token}/of/{name}': at('page_token', 'name'),
      },
    });
    const own = createRedactor({ paths: secretPaths(document), values: ['hunter22'] });
    expect(own.path(path)).toBe(want);
  });

  it('is told as it is read, for those who look for it elsewhere', () => {
    const told: string[] = [];
    const telling = createRedactor({}, (value) => told.push(value));
    telling.body('<a token="b&#x26;c"><password>&lt;d<![CDATA[&]]></password></a>', 'text/xml');
    expect(told).toEqual(['<d&', 'b&c']);
  });

  it.each(['a"b/9=', 'a%22b%2F9%3D', 'a\\"b/9=', 'a&quot;b/9='])('a value that is spelled %s', (spelled) => {
    expect(createRedactor({ values: ['a"b/9='] }).text(`<${spelled}>`)).toBe('<[redacted]>');
  });

  it('in a body with texts of many megabytes', () => {
    const photo = 'A\\n'.repeat(5_000_000);
    const body = `{"photo":"${photo}","token":"${photo}","secret":["${photo}"]}`;
    const want = `{"photo":"${photo}","token":"[redacted]","secret":["[redacted]"]}`;
    expect(redactor.body(body, 'application/json') === want).toBe(true);
  });

  it('leaves every text without secrets as it is, and takes no time on hostile ones', () => {
    const plain = createRedactor();
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(plain.body(text, 'application/json')).toBe(text);
      }),
    );
    for (const hostile of [
      '{"a":[',
      '{"a":["',
      '"a":"',
      '"a":"\\',
      '<a>',
      '<a></b>',
      '</<a b="',
      '</<a><![CDATA[',
      'content-disposition: name="',
      '\r\n--',
    ]) {
      const text = hostile.repeat(200_000);
      expect(plain.body(text, 'multipart/form-data').length).toBe(text.length);
      expect(plain.body(text, 'application/json').length).toBe(text.length);
    }
  });
});
