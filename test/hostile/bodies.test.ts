import { beforeAll, describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../src/mock/index.ts';
import { everything } from './everything.ts';
import { sendHostile } from './sound.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await createMock({ document: everything, seed: 1, journal: 10 });
});

async function statusOf(target: string, contentType: string, body: string | Uint8Array): Promise<number> {
  const headers = { 'content-type': contentType };
  return (await sendHostile(mock, { method: 'POST', target, headers, body })).status;
}

const deep = 100_000;

describe('JSON that is malformed', () => {
  it.each([
    '{',
    '}',
    '[1,',
    '"',
    '{"a":}',
    '{a:1}',
    "{'a':1}",
    '{"a":1,}',
    'NaN',
    'undefined',
    '01',
    '1 2',
    '\u0000',
    '"\n"',
    '"\\ud800',
    'tru',
    '\ufeff\ufeff{}',
  ])('%j is a 400', async (body) => {
    expect(await statusOf('/any-json', 'application/json', body)).toBe(400);
  });

  it('in bytes that are no UTF-8 is a 400', async () => {
    expect(await statusOf('/any-json', 'application/json', Buffer.from([0x22, 0xff, 0xfe, 0x22]))).toBe(400);
  });
});

describe('nesting of 100,000 levels', () => {
  const tree = `${'{"name":"a","children":['.repeat(deep)}${']}'.repeat(deep)}`;
  it.each([
    ['a JSON array', '/any-json', 'application/json', `${'['.repeat(deep)}${']'.repeat(deep)}`],
    ['a JSON array that does not end', '/any-json', 'application/json', '['.repeat(deep)],
    ['JSON objects', '/any-json', 'application/json', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`],
    ['a recursive schema', '/json', 'application/json', tree],
    ['XML', '/xml', 'application/xml', `${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}`],
    ['XML that does not end', '/xml', 'application/xml', '<a>'.repeat(deep)],
    ['XML of a recursive schema', '/xml', 'application/xml', `<Tree>${'<children>'.repeat(deep)}`],
    ['a JSON line', '/lines', 'application/jsonl', `${'['.repeat(deep)}\n`],
    [
      'a JSON part',
      '/multipart',
      'multipart/form-data; boundary=b',
      part('a', '['.repeat(deep), 'application/json'),
    ],
  ])('in %s is refused', async (_, target, contentType, body) => {
    expect(await statusOf(target, contentType, body)).toBe(400);
  });

  it('in a query parameter is refused', async () => {
    const target = `/query?json=${encodeURIComponent(`${'['.repeat(deep)}${']'.repeat(deep)}`)}`;
    expect((await sendHostile(mock, { target })).status).toBe(422);
  });
});

describe('bodies that are not what they say', () => {
  it.each([
    ['/xml', 'application/xml', '<'],
    ['/xml', 'application/xml', '<a></b>'],
    ['/xml', 'application/xml', '<a b=1/>'],
    ['/xml', 'application/xml', '<__proto__><constructor/></__proto__>'],
    ['/xml', 'application/xml', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['/xml', 'application/xml', laughs()],
    ['/xml', 'application/xml', `<a ${Array.from({ length: 20_000 }, (_, n) => `b${n}=""`).join(' ')}/>`],
    ['/form', 'application/x-www-form-urlencoded', '%'],
    ['/form', 'application/x-www-form-urlencoded', `b${'[x]'.repeat(deep)}=1`],
    ['/form', 'application/x-www-form-urlencoded', '='.repeat(10_000)],
    ['/form', 'application/x-www-form-urlencoded', '&'.repeat(1_000_000)],
    ['/form', 'application/x-www-form-urlencoded', 'a=1&'.repeat(100_000)],
    ['/form', 'application/x-www-form-urlencoded', '__proto__=1&constructor=2&b[__proto__][x]=3'],
    ['/multipart', 'multipart/form-data', 'no boundary'],
    ['/multipart', 'multipart/form-data; boundary=', ''],
    ['/multipart', 'multipart/form-data; boundary=b', '--b'],
    ['/multipart', 'multipart/form-data; boundary=b', '--b\r\n'.repeat(50_000)],
    ['/multipart', 'multipart/form-data; boundary=b', '-'.repeat(1_000_000)],
    ['/multipart', `multipart/form-data; boundary=${'b'.repeat(10_000)}`, 'x'],
    ['/multipart', 'multipart/form-data; boundary=b', part('__proto__', 'x')],
    ['/multipart', 'multipart/form-data; boundary=b', part('a', '{"__proto__":{"x":1}}', 'application/json')],
    ['/multipart', 'multipart/form-data; boundary=b', `--b\r\n${'X: y\r\n'.repeat(50_000)}\r\nz\r\n--b--`],
    ['/text', 'text/plain; charset=utf-16', Buffer.from([0xd8])],
    ['/text', 'text/plain; charset=__proto__', 'x'],
    ['/lines', 'application/jsonl', '{"x":1}\n{'],
    ['/lines', 'application/jsonl', '\n'.repeat(1_000_000)],
    ['/bytes', 'application/octet-stream', Buffer.alloc(1_000_000, 0xff)],
    ['/json', 'application/json', JSON.stringify({ name: `${'a'.repeat(50_000)}!` })],
    ['/json', 'application/json', `{${Array.from({ length: 50_000 }, (_, n) => `"k${n}":1`).join(',')}}`],
    ['/json', 'application/json', `[${'1,'.repeat(500_000)}1]`],
    ['/any-json', 'application/json', '1e999'],
    ['/any-json', 'application/json', '9'.repeat(100_000)],
  ])('%s %s %#', async (target, contentType, body) => {
    expect(await statusOf(target, contentType, body)).toBeLessThan(500);
  });

  it.each(['/json', '/xml', '/form', '/multipart', '/text', '/lines'])(
    'a wrong media type for %s',
    async (target) => {
      expect(await statusOf(target, 'image/png', 'x')).toBe(415);
    },
  );
});

describe('findings without end', () => {
  it('are told in a header and a body that a client can take', async () => {
    const items = Array.from({ length: 20_000 }, () => ({ x: 'no', y: 'no' }));
    const body = items.map((item) => JSON.stringify(item)).join('\n');
    const headers = { 'content-type': 'application/jsonl' };
    const response = await sendHostile(mock, { method: 'POST', target: '/lines', headers, body });
    expect(response.status).toBe(422);
    expect(response.headers.get('sl-violations')?.length).toBeLessThan(8_010);
    expect(response.body.length).toBeLessThan(100_000);
    const { validation, omitted, detail } = JSON.parse(Buffer.from(response.body).toString());
    const found = validation.length + omitted;
    expect(validation).toHaveLength(100);
    expect(found).toBeGreaterThan(500);
    expect(detail).toMatch(new RegExp(`And ${found - 100} more\\.$`));
  });
});

function part(name: string, value: string, contentType = 'text/plain'): string {
  return `--b\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: ${contentType}\r\n\r\n${value}\r\n--b--\r\n`;
}

/** Entities that grow tenfold nine times. */
function laughs(): string {
  const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`);
  return `<!DOCTYPE a [<!ENTITY l0 "ha">${entities.join('')}]><a>&l9;</a>`;
}
