import { describe, expect, it } from 'vitest';
import { HeaderList, noBody } from '../../src/http/index.ts';
import { request, statusOf, talk, withServer } from './raw.ts';

function corsOf(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(/^(access-control-[\w-]+|vary): (.*)\r$/gim)) {
    fields[(name as string).toLowerCase().replace('access-control-', '')] = value as string;
  }
  return fields;
}

async function answer(lines: string[], own: string[] = [], cors = true): Promise<string> {
  let text = '';
  const target = async () => ({ status: 200, headers: new HeaderList(own), body: noBody });
  await withServer({ target, cors }, async ({ port }) => {
    const [first = '', ...fields] = lines;
    text = await talk(port, request(first, fields));
  });
  return text;
}

describe('CORS', () => {
  const plain = {
    'allow-origin': '*',
    'allow-headers': '*',
    'allow-credentials': 'true',
    'expose-headers': '*',
  };
  it.each([
    ['without an Origin', ['GET /'], [], plain],
    [
      'with one',
      ['GET /', 'Origin: http://a.test'],
      [],
      { ...plain, 'allow-origin': 'http://a.test', vary: 'Origin' },
    ],
    ['with Origin null', ['GET /', 'Origin: null'], [], { ...plain, 'allow-origin': 'null', vary: 'Origin' }],
    [
      'with headers asked for',
      ['GET /', 'Access-Control-Request-Headers: x-a'],
      [],
      { ...plain, 'allow-headers': 'x-a' },
    ],
    [
      'where the answer has its own',
      ['GET /', 'Origin: http://a.test'],
      [
        'access-control-allow-origin',
        'http://b.test',
        'ACCESS-CONTROL-EXPOSE-HEADERS',
        'x',
        'Access-Control-Max-Age',
        '1',
      ],
      { ...plain, 'allow-origin': 'http://b.test', 'expose-headers': 'x', 'max-age': '1' },
    ],
  ])('%s', async (_name, lines, own, want) => {
    expect(corsOf(await answer(lines, own))).toEqual(want);
  });

  it('answers a preflight on any path with the method it asked for, and nothing else', async () => {
    const text = await answer([
      'OPTIONS /nowhere',
      'Origin: http://a.test',
      'Access-Control-Request-Method: PATCH',
      'Access-Control-Request-Headers: x-a, authorization',
      'Access-Control-Request-Private-Network: true',
    ]);
    expect(statusOf(text)).toBe(204);
    expect(corsOf(text)).toEqual({
      'allow-origin': 'http://a.test',
      vary: 'Origin',
      'allow-methods': 'PATCH',
      'allow-headers': 'x-a, authorization',
      'allow-credentials': 'true',
      'expose-headers': '*',
      'allow-private-network': 'true',
    });
  });

  it.each([
    ['plain', ['OPTIONS /']],
    ['without a method asked for', ['OPTIONS /', 'Origin: http://a.test']],
    ['without an Origin', ['OPTIONS /', 'Access-Control-Request-Method: PUT']],
  ])('hands an OPTIONS to the target: %s', async (_name, lines) => {
    expect(statusOf(await answer(lines))).toBe(200);
  });

  it('is not there when it is turned off, and a preflight is a plain OPTIONS', async () => {
    const text = await answer(
      ['OPTIONS /', 'Origin: http://a', 'Access-Control-Request-Method: PUT'],
      [],
      false,
    );
    expect([statusOf(text), corsOf(text)]).toEqual([200, {}]);
  });

  it('is on refusals too, so that a page can read why', async () => {
    await withServer({ limits: { bodyBytes: 1 } }, async ({ port }) => {
      const text = await talk(port, request('POST /', ['Content-Length: 2', 'Origin: http://a.test'], 'ab'));
      expect([statusOf(text), corsOf(text)['allow-origin']]).toEqual([413, 'http://a.test']);
    });
  });
});
