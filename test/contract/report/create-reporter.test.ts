import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import {
  createReporter,
  parseReporter,
  reporterNames,
} from '../../../src/contract/report/create-reporter.ts';
import { renderHtml } from '../../../src/contract/report/html/render-html.ts';
import { createProgress } from '../../../src/contract/report/progress.ts';
import { renderGithub, renderGithubSummary } from '../../../src/contract/report/render-github.ts';
import { renderSarif } from '../../../src/contract/report/render-sarif.ts';
import type { RunEvent } from '../../../src/contract/report.ts';
import { pinnedClock } from '../../../src/core/index.ts';
import { HeaderList, noBody } from '../../../src/http/index.ts';
import { hostileReport, listEvents, sampleReport } from './sample-report.ts';

const require = createRequire(import.meta.url);

function schemaAt(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

function sarifValidator(): ValidateFunction {
  const file = require
    .resolve('@microsoft/jest-sarif')
    .replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
  // The draft of the schema is 04; it uses nothing that later drafts read in another way but these two.
  const { $schema: _draft, id: _id, ...schema } = schemaAt(file);
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  return ajv.compile(schema);
}

function harValidator(): ValidateFunction {
  const schemas = require('har-schema') as Record<string, Record<string, unknown>>;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  for (const { $schema: _draft, ...schema } of Object.values(schemas)) ajv.addSchema(schema);
  const validate = ajv.getSchema('har.json#') ?? ajv.getSchema('har.json');
  if (validate === undefined) throw new Error('har-schema has no har.json');
  return validate as ValidateFunction;
}

describe('the sarif report', () => {
  const validate = sarifValidator();

  it.each([
    ['the sample', sampleReport],
    ['hostile texts', hostileReport()],
    ['no findings', { ...sampleReport, findings: [] }],
  ])('passes the SARIF schema: %s', (_name, report) => {
    validate(JSON.parse(renderSarif(report)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('would not pass with a level that SARIF does not know', () => {
    expect(validate(JSON.parse(renderSarif(sampleReport).replaceAll('"error"', '"fatal"')))).toBe(false);
  });

  it('names the place, the rule, the level and what makes it the same finding', () => {
    const [run] = JSON.parse(renderSarif(sampleReport, { root: '/repo' })).runs;
    expect(run.results).toHaveLength(4);
    expect(run.results[0]).toMatchObject({
      ruleId: 'rejected.maximum',
      level: 'error',
      partialFingerprints: {
        'apidoubleObligation/v1': 'events_events_list/query.page_size/maximum/rejected',
      },
      occurrenceCount: 3,
    });
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'openapi.yaml' },
      region: { startLine: 120, startColumn: 13 },
    });
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    }
    expect(run.results.map(({ level }: { level: string }) => level)).toContain('warning');
  });
});

describe('the github report', () => {
  it('writes one command a line, the gravest first', () => {
    const lines = renderGithub(sampleReport, { root: '/repo' }).trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(
      /^::error file=openapi\.yaml,line=120,col=13,title=GET \/events\/events\/%3A a page_size above 100 is refused::The server answered 200/,
    );
    expect(lines[3]).toMatch(/^::warning /);
  });

  it('cannot be made to write another command', () => {
    const text = renderGithub(hostileReport());
    expect(text.match(/[\r\n]/g)).toEqual(['\n']);
    const [, properties = ''] = /^::error (.*?)::/s.exec(text) ?? [];
    expect(properties.split(',').map((one) => one.split('=')[0])).toEqual(['file', 'line', 'col', 'title']);
  });

  it('sums up in Markdown that no text can break out of', () => {
    const text = renderGithubSummary(sampleReport, { root: '/repo' });
    expect(text).toContain('| 7 | 4 | 1 | 2 | 2 | 412 | 4.2 | 3/3 |');
    const hostile = renderGithubSummary(hostileReport());
    const outside = hostile.replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/<(?!\/?(?:details|summary|b)>)/);
    expect(outside).not.toContain('](javascript');
  });

  it.each([['<'], ['漢']])('stays below what GitHub takes with nothing but %s', (character) => {
    const text = character.repeat(70_000);
    const [finding] = hostileReport(text).findings;
    const findings = Array.from({ length: 500 }, () => finding).filter((one) => one !== undefined);
    const notes = Array.from({ length: 500 }, () => text);
    const summary = renderGithubSummary({ ...sampleReport, findings, notes });
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
  });
});

describe('the html report', () => {
  it('holds no tag, attribute or address that a server wrote', () => {
    const page = renderHtml(hostileReport());
    const texts = page.replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>/g, '');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(texts).not.toMatch(/(?=\p{Cc})[^\n\r\t]|\u202e/u);
    const tags = (texts.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));
    for (const tag of tags) expect(tag).not.toMatch(/^<(?:img|!--)|\son\w+=|\ssrc=|hacked|'/);
    expect(texts.match(/href="[^"]*"/g)?.every((href) => /^href="#(findings|finding-\d+)"$/.test(href))).toBe(
      true,
    );
  });

  it('tells no seed of traffic that others sent', () => {
    expect(renderHtml({ ...sampleReport, seed: '' })).not.toContain('--seed');
  });

  it('loads nothing and allows only its own style and script', () => {
    const page = renderHtml(sampleReport);
    expect(page).toMatch(/default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'/);
    expect(page).not.toMatch(/@import|url\(|<link|\sstyle="/);
  });

  it.each([
    ['every finding', 'a page_size above 100 is refused'],
    ['the place', 'openapi.yaml:120:13'],
    ['the curl', '--data-raw'],
    ['all steps', '# 1: 201\ncurl -X POST'],
    ['a cell that leads to a finding', 'class="failed" title="rejected.maximum: 1 failed" href="#finding-1"'],
    ['why it is inconclusive', '2 × the twin was refused'],
    ['the seed', '--seed 4f2a9c'],
  ])('shows %s', (_name, wanted) => {
    expect(renderHtml(sampleReport, { root: '/repo' })).toContain(wanted);
  });
});

describe('reporters by name', () => {
  const clock = pinnedClock('2026-11-23T10:00:00Z');
  const exchange: RunEvent = {
    kind: 'exchange',
    milliseconds: 12,
    exchange: {
      request: {
        method: 'POST',
        target: '/a?page=2&api_key=abcd1234&note=hunter2x',
        origin: 'http://127.0.0.1:1',
        headers: new HeaderList([
          'Authorization',
          'Bearer abcdef',
          'X-Team',
          'hunter2x',
          'Cookie',
          'sid=zzz',
        ]),
        body: new Uint8Array([0xff, 0x00]),
      },
      response: { status: 200, headers: new HeaderList(['Set-Cookie', 'sid=zzz']), body: noBody },
    },
  };

  it.each(reporterNames.map((name) => [name]))('%s writes once, when the run has finished', (name) => {
    const written: string[] = [];
    const reporter = createReporter(name, { write: (text) => written.push(text), clock, version: '1.0.0' });
    reporter.onEvent(exchange);
    reporter.onEvent({ kind: 'operation', operation: listEvents, index: 0, count: 1 });
    expect(written).toEqual([]);
    reporter.onEvent({ kind: 'finished', report: sampleReport });
    expect(written).toHaveLength(1);
    expect(written[0]?.length).toBeGreaterThan(100);
  });

  it('records a run as HAR 1.2, without credentials', () => {
    const written: string[] = [];
    const secrets = { values: ['hunter2x'] };
    const har = createReporter('har', {
      write: (text) => written.push(text),
      clock,
      version: '1.0.0',
      secrets,
    });
    har.onEvent(exchange);
    har.onEvent({ kind: 'finished', report: sampleReport });
    const [text = ''] = written;
    const validate = harValidator();
    validate(JSON.parse(text));
    expect(validate.errors ?? []).toEqual([]);
    expect(text).not.toMatch(/abcd1234|hunter2x|abcdef|zzz/);
    expect(text).toContain('http://127.0.0.1:1/a?page=2&api_key=%5Bredacted%5D');
    expect(JSON.parse(text).log.entries[0].request.postData).toMatchObject({
      text: '/wA=',
      comment: 'base64',
    });
    expect(JSON.parse(text).log.entries[0].startedDateTime).toBe('2026-11-23T09:59:59.988Z');
  });

  it.each([
    ['xml', 'Cannot use reporter "xml": there is none of this name. Choose from pretty, json'],
    ['toString', 'there is none of this name'],
    ['junit=', 'the file has no name'],
  ])('refuses %s', (text, message) => {
    expect(() => parseReporter(text)).toThrowError(expect.objectContaining({ code: 'ERR_OPTION' }));
    expect(() => parseReporter(text)).toThrow(message);
  });

  it('reads a name with a file', () => {
    expect(parseReporter('junit=a=b.xml')).toEqual({ name: 'junit', file: 'a=b.xml' });
    expect(parseReporter('json')).toEqual({ name: 'json' });
  });

  it('draws progress from the first second on, and takes it away', () => {
    let now = 0;
    const drawn: string[] = [];
    const draw = (text: string): void => void drawn.push(text);
    const line = createProgress({ clock: { now: () => now }, draw, seconds: 60, columns: 100 });
    line.onEvent({ kind: 'operation', operation: listEvents, index: 1, count: 9 });
    line.onEvent(exchange);
    expect(drawn).toEqual([]);
    now = 1000;
    line.onEvent(exchange);
    now = 1050;
    line.onEvent(exchange);
    now = 1150;
    const [obligation] = sampleReport.results.map((one) => one.obligation);
    if (obligation === undefined) throw new Error('the sample has no results');
    line.onEvent({ kind: 'broken', obligation, cause: 'one' });
    line.onEvent({ kind: 'broken', obligation, cause: 'two' });
    line.onEvent({ kind: 'broken', obligation, cause: 'one' });
    now = 3000;
    line.onEvent(exchange);
    expect(drawn).toEqual([
      '\r\u001b[2K2/9 · 2 requests · 0 findings · 59 s left · GET /events/events/',
      '\r\u001b[2K2/9 · 3 requests · 1 finding · 59 s left · GET /events/events/',
      '\r\u001b[2K2/9 · 4 requests · 2 findings · 57 s left · GET /events/events/',
    ]);
    line.onEvent({ kind: 'finished', report: sampleReport });
    expect(drawn.at(-1)).toBe('\r\u001b[2K');
  });
});
