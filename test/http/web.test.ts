import { describe, expect, it } from 'vitest';
import { fromWebResponse, HeaderList, noBody, toHttpRequest, toWebResponse } from '../../src/http/index.ts';

const text = (body: Uint8Array): string => Buffer.from(body).toString();

describe('toHttpRequest', () => {
  it('keeps method, target, origin, headers and body', async () => {
    const request = await toHttpRequest(
      new Request('http://api.test:8080/a%20b/?x=1&y', {
        method: 'POST',
        headers: { 'X-A': '1' },
        body: 'é',
      }),
    );
    expect(request).toMatchObject({
      method: 'POST',
      target: '/a%20b/?x=1&y',
      origin: 'http://api.test:8080',
    });
    expect(request.headers.get('x-a')).toBe('1');
    expect(text(request.body)).toBe('é');
  });

  it('has no body where there is none', async () => {
    expect((await toHttpRequest(new Request('http://api.test/'))).body).toBe(noBody);
  });
});

describe('toWebResponse', () => {
  it.each([
    [200, 'GET', 'body'],
    [404, 'POST', 'body'],
    [200, 'HEAD', ''],
    [204, 'GET', ''],
    [205, 'GET', ''],
    [304, 'GET', ''],
  ])('%d to %s has the body %j', async (status, method, want) => {
    const response = toWebResponse(
      { status, headers: new HeaderList(['Content-Type', 'text/plain']), body: Buffer.from('body') },
      method,
    );
    expect([response.status, await response.text()]).toEqual([status, want]);
    expect(response.headers.get('content-type')).toBe('text/plain');
  });

  it.each([100, 101, 199, 600, 999])(
    'a status %d, which it cannot say, becomes a 500 that names it',
    async (status) => {
      const response = toWebResponse({ status, headers: new HeaderList(), body: noBody });
      expect(response.status).toBe(500);
      expect(await response.text()).toContain(`${status}`);
    },
  );

  it('sends what a header can hold, and drops names that are none', () => {
    const headers = new HeaderList(['X-A', 'a\r\nb', 'bad name', 'x', 'X-B', '日', 'X-B', '2']);
    const response = toWebResponse({ status: 200, reason: 'Très\nbien', headers, body: noBody });
    expect([...response.headers]).toEqual([
      ['x-a', 'a  b'],
      ['x-b', `${Buffer.from('日').toString('latin1')}, 2`],
    ]);
  });
});

describe('fromWebResponse', () => {
  it('undoes toWebResponse, two cookies and all', async () => {
    const flat = ['content-type', 'text/plain', 'set-cookie', 'a=1', 'set-cookie', 'b=2'];
    const given = { status: 201, reason: 'Made', headers: new HeaderList(flat), body: Buffer.from('x') };
    const back = await fromWebResponse(toWebResponse(given));
    expect([back.status, back.reason, back.headers.flat, text(back.body)]).toEqual([201, 'Made', flat, 'x']);
  });
});
