import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Palette } from '../../../src/contract/report/palette.ts';
import { renderPretty } from '../../../src/contract/report/render-pretty.ts';
import { hostileReport, sampleReport } from './sample-report.ts';

const marking: Palette = {
  bold: (text) => text,
  dim: (text) => text,
  red: (text) => `<red>${text}</red>`,
  yellow: (text) => `<yellow>${text}</yellow>`,
  green: (text) => text,
  cyan: (text) => text,
};

describe('the pretty report', () => {
  const text = renderPretty(sampleReport, { root: '/repo', columns: 100 });

  it('groups findings by cause, the gravest and largest first', () => {
    const headings = text.split('\n').filter((line) => /^ *(\d+ +)?(MUST|SHOULD)/.test(line));
    expect(headings).toEqual([
      'MUST GET /events/events/ does not check its query parameters as documented (2 findings)',
      '  3  MUST GET /events/events/{event_uuid}/ writes dates that are no date-times',
      '  4  SHOULD Answers of POST /events/events/ lack headers of good manners',
    ]);
  });

  it.each([
    ['the line of the document', 'openapi.yaml:120:13'],
    ['a curl', "curl 'http://127.0.0.1:8000/api/v3/events/events/?page_size=101' -H"],
    [
      'the labels and the second opinion',
      'deterministic · confirmed by a second engine · seen in 3 exchanges',
    ],
    ['both opinions where they differ', 'RFC 3339 wants a T and a zone.'],
    ['what to do', 'Check this in the server and answer 4xx'],
    ['every obligation of a finding', '· a page below 1 is refused'],
    ['the steps that led to it', 'steps     1. POST http://127.0.0.1:8000/api/v3/events/events/ → 201'],
    ['the body', '200 {"pagination":{"count":101'],
    ['that the body was cut', 'cut; 90123 bytes in all'],
    ['bytes that are no text', 'AAEC/w=='],
    ['the verdicts', '16: 7 passed, 4 failed, 1 warned, 2 inconclusive, 2 skipped'],
    ['what was tried', 'operations 3/3 · status codes 7/12 · parameters 11/14 · keywords 33/40'],
    ['the cost', '412 requests in 4.2 s'],
    ['the seed', '--seed 4f2a9c'],
    ['why something is inconclusive', '2 × the twin was refused with 401'],
    ['the notes', 'refuses valid requests with 429'],
  ])('shows %s', (_name, wanted) => {
    expect(text).toContain(wanted);
  });

  it('puts expected and seen side by side, within the width', () => {
    const rows = text.split('\n').filter((line) => /^ +│ .* │ /.test(line));
    expect(rows[1]).toMatch(/a status from 400 to 499.* │ 200 OK with 101 rows$/);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(100);
  });

  it('tells no seed of traffic that others sent', () => {
    expect(renderPretty({ ...sampleReport, seed: '' })).not.toContain('--seed');
  });

  it('paints with the palette it is given', () => {
    expect(renderPretty(sampleReport, { palette: marking })).toContain('<red>MUST</red>');
    expect(text).not.toContain('\u001b');
  });

  it('is green only when something passed and nothing is open', () => {
    const clean = { ...sampleReport, findings: [], results: [] };
    const counts = { total: 3, passed: 3, failed: 0, warned: 0, inconclusive: 0, skipped: 0 };
    expect(renderPretty({ ...clean, obligations: counts })).toContain('No finding: the server keeps');
    expect(renderPretty({ ...clean, obligations: { ...counts, inconclusive: 2 } })).toContain(
      'No finding, but 2 inconclusive.',
    );
    expect(renderPretty({ ...clean, obligations: { ...counts, passed: 0 } })).toContain(
      'nothing could be tried',
    );
  });

  it('lets no server move the cursor, hide text or speak to a CI system', () => {
    const lines = renderPretty(hostileReport(), { columns: 80 }).split('\n');
    for (const line of lines) {
      expect(line).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
      expect(line).not.toMatch(/^\s*(::|##\[)/);
    }
    fc.assert(
      fc.property(fc.constantFrom(' ', 'x'.repeat(60), 'word '), fc.nat(90), (filler, length) => {
        const hostile = hostileReport(`${filler.repeat(length)} ::error::owned ::error::owned`);
        for (const line of renderPretty(hostile).split('\n')) expect(line).not.toMatch(/^\s*::/);
      }),
      { numRuns: 30 },
    );
  });
});
