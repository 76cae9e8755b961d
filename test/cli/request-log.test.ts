import { describe, expect, it } from 'vitest';
import type { LineLevel, Log } from '../../src/cli/request-log.ts';
import { createLog } from '../../src/cli/request-log.ts';
import { plainOutput } from '../../src/cli/terminal.ts';
import { type Finding, pinnedClock } from '../../src/core/index.ts';
import { HeaderList, noBody } from '../../src/http/index.ts';
import type { JournalEntry } from '../../src/mock/index.ts';

const finding: Finding = {
  code: 'schema.type',
  severity: 'error',
  message: 'query.page must be\na number',
  side: 'request',
  place: { part: 'query', name: 'page' },
};

function entryOf(
  status: number,
  findings: readonly Finding[] = [],
  target = '/events/?page=x',
): JournalEntry {
  const request = {
    method: 'GET',
    target,
    origin: 'http://127.0.0.1:4010',
    headers: new HeaderList(['Accept', '*/*']),
    body: noBody,
  };
  const response = { status, headers: new HeaderList(), body: new TextEncoder().encode('{}') };
  return {
    id: 1,
    time: 0,
    session: '',
    milliseconds: 1.25,
    operation: 'events_list',
    request,
    response,
    findings,
    reason: ['status 200: the lowest'],
  };
}

function logOf(level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent', format: 'pretty' | 'json') {
  const written: string[] = [];
  const output = plainOutput((text) => written.push(text));
  const log: Log = createLog({ output, level, format, clock: pinnedClock('2024-01-01T10:11:12Z') });
  return { log, written };
}

describe('a pretty log', () => {
  it('writes one line per request', () => {
    const { log, written } = logOf('info', 'pretty');
    log.exchange(entryOf(200));
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/^\d\d:11:12 info {2}GET \/events\/\?page=x 200 events_list 1\.3 ms\n$/);
  });

  it('writes the first finding on the same line and counts the others', () => {
    const { log, written } = logOf('info', 'pretty');
    log.exchange(entryOf(422, [finding, finding]));
    expect(written.join('')).toMatch(
      /warn .*422 events_list 1\.3 ms schema\.type: .*be\\u000aa number \(\+1 more\)\n$/,
    );
  });

  it('lets no request write to the terminal', () => {
    const { log, written } = logOf('info', 'pretty');
    log.exchange(entryOf(404, [], '/\u001b[2J\u202e'));
    expect(written.join('')).toContain('/\\u001b[2J\\u202e');
  });

  it('says why at debug and shows the messages at trace', () => {
    const debug = logOf('debug', 'pretty');
    debug.log.exchange(entryOf(200));
    expect(debug.written.join('')).toContain('status 200: the lowest');
    expect(debug.written.join('')).not.toContain('Accept');
    const trace = logOf('trace', 'pretty');
    trace.log.exchange(entryOf(200));
    expect(trace.written.join('')).toContain('> Accept: */*');
    expect(trace.written.join('')).toContain('< {}');
  });
});

describe('a JSON log', () => {
  it('writes one object per line, whatever the request holds', () => {
    const { log, written } = logOf('trace', 'json');
    log.exchange(entryOf(500, [finding], '/a\n"b'));
    log.say('warn', 'careful', { event: 'x' });
    const lines = written.join('').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        time: '2024-01-01T10:11:12.000Z',
        level: 'error',
        method: 'GET',
        target: '/a\n"b',
        status: 500,
        operation: 'events_list',
        findings: [{ code: 'schema.type', place: { part: 'query', name: 'page' } }],
        reason: ['status 200: the lowest'],
        responseBody: '{}',
      },
      { level: 'warn', message: 'careful', event: 'x' },
    ]);
  });
});

describe('levels', () => {
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const satisfies readonly LineLevel[];
  const table: [level: 'trace' | 'info' | 'warn' | 'error' | 'silent', written: number][] = [
    ['trace', 6],
    ['info', 4],
    ['warn', 3],
    ['error', 2],
    ['silent', 0],
  ];
  for (const [level, count] of table) {
    it(`writes ${count} of six lines at ${level}`, () => {
      const { log, written } = logOf(level, 'json');
      for (const one of levels) log.say(one, 'x');
      expect(written).toHaveLength(count);
    });
  }

  it('gives requests that break the document a warning, and failures an error', () => {
    const { log, written } = logOf('warn', 'json');
    log.exchange(entryOf(200));
    log.exchange(entryOf(404));
    log.exchange(entryOf(422, [finding]));
    log.exchange(entryOf(503));
    expect(written.map((line) => (JSON.parse(line) as { status: number }).status)).toEqual([422, 503]);
  });
});
