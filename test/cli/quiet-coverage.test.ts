import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createQuietCoverage } from '../../src/cli/quiet-coverage.ts';
import { plainOutput } from '../../src/cli/terminal.ts';
import { loadDocument } from '../../src/document/index.ts';
import { HeaderList } from '../../src/http/index.ts';
import { createExchangeJudge, createTally } from '../../src/proxy/index.ts';
import { smallDocument } from '../proxy/small-document.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('tells when traffic has fallen silent what is newly seen, and nothing twice', async () => {
  const document = await loadDocument(smallDocument);
  const judge = createExchangeJudge(document);
  const tally = createTally(document);
  const written: string[] = [];
  const quiet = createQuietCoverage(
    tally.traffic,
    plainOutput((text) => written.push(text)),
    1000,
  );
  const pass = (target: string, body: string): void => {
    const headers = HeaderList.from([['Content-Type', 'application/json']]);
    const request = {
      method: 'GET',
      target,
      origin: 'http://a',
      headers: HeaderList.from([]),
      body: Buffer.alloc(0),
    };
    const exchange = { request, response: { status: 200, headers, body: Buffer.from(body) } };
    tally.add(judge.judge({ exchange }), exchange);
    quiet.passed();
  };
  pass('/api/things', '[]');
  vi.advanceTimersByTime(900);
  pass('/api/things', '[]');
  vi.advanceTimersByTime(900);
  expect(written).toEqual([]);
  vi.advanceTimersByTime(100);
  pass('/api/things', '[]');
  vi.advanceTimersByTime(2000);
  pass('/api/things/1', '{"id":1,"name":"a"}');
  vi.advanceTimersByTime(2000);
  pass('/api/things', '[]');
  quiet.close();
  vi.advanceTimersByTime(2000);
  expect(written).toEqual([
    expect.stringMatching(
      /^Seen: 2 requests, 1 of 6 operations, 1 of \d+ documented statuses, 0 findings\n$/,
    ),
    expect.stringMatching(/^Seen: 4 requests, 2 of 6 operations/),
  ]);
});
