import { describe, expect, it } from 'vitest';
import { createTape } from '../../src/contract/running/tape.ts';
import { type Exchange, HeaderList } from '../../src/http/index.ts';

/** `POST /things 201 {"id":"1"}` */
function exchange(line: string): Exchange {
  const [method = '', target = '', status = '', body = ''] = line.split(' ');
  const headers = new HeaderList();
  return {
    request: { method, target, origin: 'http://x', headers, body: Buffer.alloc(0) },
    response: { status: Number(status), headers, body: Buffer.from(body) },
  };
}

/** The story of the last of some exchanges; those before `|` were heard before the promise was looked at. */
async function storyOf(lines: readonly string[], options?: { together: boolean }): Promise<string[]> {
  const tape = createTape();
  const start = lines.indexOf('|') + 1;
  for (const line of lines.slice(0, Math.max(0, start - 1))) tape.heard(exchange(line));
  const own = lines.slice(start).map(exchange);
  const { exchanges } = await tape.during(async () => {
    for (const one of own) tape.heard(one);
  });
  const last = own.at(-1);
  const steps = last === undefined ? [] : tape.storyOf(exchanges, last, options);
  return steps.map(({ request, response }) => `${request.method} ${request.target} ${response.status}`);
}

describe('the steps of a finding', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      'are what made the thing, what changed it and what was read there',
      ['POST /a 201 {"id":"1"}', '|', 'GET /a/1 200', 'PUT /a/1 200', 'GET /a/1 200'],
      ['POST /a 201', 'GET /a/1 200', 'PUT /a/1 200', 'GET /a/1 200'],
    ],
    [
      'leave out what made other things, and what was read of them',
      ['|', 'POST /a 201 {"id":"1"}', 'GET /a/1 200', 'POST /a 201 {"id":"2"}', 'GET /a/2 404'],
      ['POST /a 201', 'GET /a/2 404'],
    ],
    [
      'leave out changes that were refused before the last one',
      ['POST /a 201 {"id":"1"}', '|', 'PATCH /a/1 400', 'PATCH /a/1 200', 'GET /a/1 200'],
      ['POST /a 201', 'PATCH /a/1 200', 'GET /a/1 200'],
    ],
    [
      'keep a last change of another thing, and what made it',
      [
        'POST /a 201 {"id":"1"}',
        'POST /a 201 {"id":"2"}',
        '|',
        'GET /a/2 200',
        'PUT /a/1 200',
        'GET /a/2 200',
      ],
      ['POST /a 201', 'POST /a 201', 'GET /a/2 200', 'PUT /a/1 200', 'GET /a/2 200'],
    ],
    [
      'show what was made last where a list lacks it',
      ['POST /b 201 {"id":"9"}', 'POST /a 201 {"id":"1"}', '|', 'GET /a?page=2 200', 'GET /a?page=1 200'],
      ['POST /a 201', 'GET /a?page=2 200', 'GET /a?page=1 200'],
    ],
    [
      'show what was deleted where a list still has it',
      ['POST /a 201 {"id":"1"}', 'DELETE /a/1 204', '|', 'GET /a/ 200'],
      ['DELETE /a/1 204', 'GET /a/ 200'],
    ],
    [
      'ask but once for what was waited for',
      ['|', 'DELETE /a/1 204', 'GET /a/1 200', 'GET /a/1 200'],
      ['DELETE /a/1 204', 'GET /a/1 200'],
    ],
  ])('%s', async (_, lines, wanted) => {
    expect(await storyOf(lines)).toEqual(wanted);
  });

  it('are all there where they were done together', async () => {
    const lines = ['|', 'POST /a 201 {"id":"1"}', 'POST /a 201 {"id":"2"}', 'GET /a/2 404'];
    expect(await storyOf(lines, { together: true })).toHaveLength(3);
  });
});
