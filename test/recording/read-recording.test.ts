import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeaderList } from '../../src/http/index.ts';
import { createRecorder, type RecordedExchange, readRecording } from '../../src/recording/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apidouble-read-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const fields = fc
  .array(fc.tuple(fc.constantFrom('X-A', 'x-b', 'Set-Cookie'), fc.string({ maxLength: 8 })), { maxLength: 4 })
  .map((pairs) => HeaderList.from(pairs));
const body = fc.oneof(
  fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => Buffer.from(text)),
  fc.constantFrom(70_000, 65_536, 65_537).map((size) => Buffer.alloc(size, 'a')),
);

const exchange: fc.Arbitrary<RecordedExchange> = fc.record({
  startedAt: fc.integer({ min: 0, max: 2e12 }),
  milliseconds: fc.integer({ min: 0, max: 1e6 }),
  exchange: fc.record({
    request: fc.record({
      method: fc.constantFrom('GET', 'POST'),
      origin: fc.constant('http://up:1'),
      target: fc.constantFrom('/a', '/a?b=%20c', '/%E4?x'),
      headers: fields,
      body,
    }),
    response: fc.record({ status: fc.integer({ min: 200, max: 599 }), headers: fields, body }),
  }),
});

function plain({ exchange: { request, response }, ...rest }: RecordedExchange): unknown {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  return {
    ...rest,
    request: { ...request, headers: request.headers.flat, body: hex(request.body) },
    response: { ...response, headers: response.headers.flat, body: hex(response.body) },
  };
}

describe('a recording of ours', () => {
  it('is read as it was written, byte for byte', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(exchange, { maxLength: 4 }), async (exchanges) => {
        count += 1;
        const file = join(folder, `${count}.jsonl`);
        const recorder = createRecorder(file, { redact: false });
        for (const one of exchanges) recorder.record(one);
        recorder.close();
        const { exchanges: read, notes } = await readRecording(file);
        expect(notes).toEqual([]);
        expect(read.map(plain)).toEqual(exchanges.map(plain));
      }),
      { numRuns: 40 },
    );
  });

  it('of a killed process lacks its unfinished line, and says so', async () => {
    const file = join(folder, 'a.jsonl');
    const recorder = createRecorder(file);
    const [sample] = fc.sample(exchange, { numRuns: 1, seed: 1 });
    recorder.record(sample as RecordedExchange);
    recorder.close();
    appendFileSync(file, '{"startedAt":"2024-01-');
    const { exchanges, notes } = await readRecording(file);
    expect(exchanges).toHaveLength(1);
    expect(notes).toEqual([
      'Line 3 of the recording is not finished and was left out: its process was killed.',
    ]);
  });

  it.each([
    ['{"a":1}', ':2": it has no request'],
    ['nothing', ':2": Unexpected token'],
    [
      '{"startedAt":"2024-01-01T00:00:00Z","request":{"method":"GET","origin":"http://a","target":"/","headers":[]},"response":{"status":200,"headers":[],"body":{"file":"../../secret"}}}',
      '"../../secret" is no name of a body file',
    ],
    [
      '{"startedAt":"2024-01-01T00:00:00Z","request":{"method":"GET","origin":"http://a","target":"/","headers":[["a"]]},"response":{"status":200,"headers":[]}}',
      'request.headers is no list of pairs of texts',
    ],
  ])('with the line %s is refused with the place', async (line, want) => {
    const file = write('a.jsonl', `{"apidouble":"recording","version":1}\n${line}\n`);
    await expect(readRecording(file)).rejects.toThrow(want);
  });
});

function har(...entries: readonly object[]): string {
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries } });
}

const entry = (request: object, response: object): object => ({
  startedDateTime: '2024-01-01T00:00:00Z',
  time: 5,
  request: { method: 'GET', url: 'https://api.example.com/a?b=%20#c', headers: [], ...request },
  response: { status: 200, statusText: 'OK', headers: [], content: {}, ...response },
});

describe('a HAR of another tool', () => {
  it('is read as browsers write it', async () => {
    const headers = [
      { name: ':status', value: '200' },
      { name: 'content-type', value: 'application/json' },
      { name: 'content-encoding', value: 'br' },
      { name: 'content-length', value: '3' },
    ];
    const text = har(
      entry({}, { headers, content: { text: '{"ä":1}', size: 8, mimeType: 'application/json' } }),
      entry(
        {
          method: 'POST',
          postData: { mimeType: 'x', params: [{ name: 'a', value: 'b c' }] },
          headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
        },
        { content: { text: '/wAB', encoding: 'base64' } },
      ),
      entry({}, { status: 0 }),
      entry({}, { content: { size: 12 } }),
    );
    const { exchanges, notes } = await readRecording(write('a.har', `\ufeff${text}`));
    expect(notes).toEqual(['1 request of the HAR got no answer and was left out.']);
    const [page, form, missing] = exchanges;
    expect(page?.exchange.request).toMatchObject({ origin: 'https://api.example.com', target: '/a?b=%20' });
    expect(page?.exchange.response.headers.flat).toEqual(['content-type', 'application/json']);
    expect(Buffer.from(page?.exchange.response.body ?? []).toString()).toBe('{"ä":1}');
    expect(Buffer.from(form?.exchange.request.body ?? []).toString()).toBe('a=b+c');
    expect([...(form?.exchange.response.body ?? [])]).toEqual([255, 0, 1]);
    expect(missing?.responseLeftOut).toEqual({ bytes: 12, reason: 'is not in the HAR' });
  });

  const chrome = (...entries: readonly object[]): string =>
    har(...entries).replace('"name":"x"', '"name":"WebInspector"');
  const cookie = { headers: [{ name: 'Cookie', value: 'a=b' }] };

  it.each<[string, string, readonly string[], number]>([
    [
      'Chrome, with extensions and data URLs',
      chrome(
        {
          ...entry(cookie, {}),
          _initiator: { type: 'script' },
          _priority: 'High',
          _resourceType: 'fetch',
          cache: {},
          timings: {},
        },
        entry({ url: 'data:image/png;base64,AAAA' }, {}),
        entry({ url: 'chrome-extension://abc/a.js' }, {}),
        { ...entry({ url: 'wss://api.example.com/live' }, { status: 101 }), _webSocketMessages: [] },
      ),
      ['2 requests of the HAR had no http URL and were left out.'],
      2,
    ],
    [
      'Chrome, which leaves credentials out',
      chrome(entry({}, {})),
      ['The HAR has no credentials, as browsers write it by default: whether they were sent is not judged.'],
      1,
    ],
    [
      'Playwright, with requests that failed',
      har(
        entry({}, { status: -1, content: { size: -1, mimeType: 'x-unknown' } }),
        entry({}, { content: { size: -1 } }),
      ),
      ['1 request of the HAR got no answer and was left out.'],
      1,
    ],
    [
      'mitmproxy, with a flow that was killed',
      har({ ...entry({}, {}), response: null }),
      ['1 request of the HAR got no answer and was left out.'],
      0,
    ],
    [
      'Firefox',
      har({
        ...entry(
          { postData: { mimeType: '', params: [], text: '' } },
          { content: { mimeType: 'image/png', size: 3, encoding: 'base64', text: '/wAB' } },
        ),
        pageref: 'page_1',
        _securityState: 'secure',
        serverIPAddress: '1.2.3.4',
      }),
      [],
      1,
    ],
    [
      'Charles',
      har({
        ...entry(
          { cookies: [], queryString: [], headersSize: 10, bodySize: -1 },
          { redirectURL: null, _charlesStatus: 'COMPLETE' },
        ),
        _charlesStatus: 'COMPLETE',
      }),
      [],
      1,
    ],
  ])('is read as it comes from %s', async (_, text, notes, count) => {
    const reading = await readRecording(write('a.har', text));
    expect(reading.notes).toEqual(notes);
    expect(reading.exchanges.length).toBe(count);
  });

  it('tells a body of no known size from an empty one', async () => {
    const file = write(
      'a.har',
      har(entry({}, { content: { size: -1 } }), entry({}, { content: { size: 0 } })),
    );
    const { exchanges } = await readRecording(file);
    expect(exchanges.map(({ responseLeftOut }) => responseLeftOut?.reason)).toEqual([
      'is not in the HAR',
      undefined,
    ]);
  });

  it.each([
    ['{"log": {"entries": [', /a\.har:1:22": it is no JSON/],
    ['{"log": {}}', /it has no list log\.entries/],
    [har({}), /log\.entries\[0\]\.request is no object/],
    [
      har(entry({}, {}), entry({ url: '/relative' }, {})),
      /log\.entries\[1\]\.request\.url is no absolute URL/,
    ],
    [har(entry({ headers: [{ name: 1 }] }, {})), /log\.entries\[0\]\.request\.headers\[0\]\.name is no text/],
    [har(entry({}, { status: 'ok' })), /log\.entries\[0\]\.response\.status is no status/],
  ])('%s is refused with the place', async (text, want) => {
    await expect(readRecording(write('a.har', text))).rejects.toThrow(want);
  });

  it('that is not there is refused', async () => {
    await expect(readRecording(join(folder, 'none.har'))).rejects.toThrow('there is no such file');
  });
});
