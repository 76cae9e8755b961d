import { describe, expect, it } from 'vitest';
import { type LintedDocument, lintReport } from '../../src/cli/lint-report.ts';
import { plainOutput } from '../../src/cli/terminal.ts';

const { colors } = plainOutput(() => {});

const documents: LintedDocument[] = [
  {
    document: 'api.yaml',
    readable: true,
    operations: 2,
    findings: [
      {
        code: 'path.ambiguous',
        severity: 'warning',
        message: '100% a\nb',
        file: 'a,b:c.yaml',
        line: 9,
        column: 5,
      },
      {
        code: 'example.invalid',
        severity: 'error',
        message: 'wrong',
        file: 'a,b:c.yaml',
        line: 2,
        column: 3,
      },
    ],
  },
  {
    document: 'gone.yaml',
    readable: false,
    operations: 0,
    findings: [{ code: 'ERR_DOCUMENT_UNREADABLE', severity: 'error', message: 'gone', file: 'gone.yaml' }],
  },
];

describe('lintReport', () => {
  it('groups by file and sorts by line for people', () => {
    expect(lintReport(documents, 'human', colors)).toBe(
      [
        'a,b:c.yaml',
        '  2:3       error       example.invalid  wrong',
        '  9:5       warning     path.ambiguous  100% a\\u000ab',
        '',
        'gone.yaml',
        '            error       ERR_DOCUMENT_UNREADABLE  gone',
        '',
        '2 errors, 1 warning in 2 documents with 2 operations',
        '',
      ].join('\n'),
    );
  });

  it('says so where there is nothing', () => {
    const clean = [{ document: 'api.yaml', readable: true, operations: 1, findings: [] }];
    expect(lintReport(clean, 'human', colors)).toBe('No findings in 1 document with 1 operation\n');
    expect(lintReport(clean, 'github', colors)).toBe('');
    expect(JSON.parse(lintReport(clean, 'gitlab', colors))).toEqual([]);
  });

  it('writes documents and counts as JSON', () => {
    expect(JSON.parse(lintReport(documents, 'json', colors))).toEqual({
      documents,
      counts: { error: 2, warning: 1, information: 0 },
    });
  });

  it("escapes what GitHub's workflow commands reserve", () => {
    expect(lintReport(documents, 'github', colors).split('\n')).toEqual([
      '::warning file=a%2Cb%3Ac.yaml,line=9,col=5,title=path.ambiguous::100%25 a%0Ab',
      '::error file=a%2Cb%3Ac.yaml,line=2,col=3,title=example.invalid::wrong',
      '::error file=gone.yaml,title=ERR_DOCUMENT_UNREADABLE::gone',
      '',
    ]);
  });

  it("gives each of GitLab's issues its own fingerprint, the same at every run", () => {
    const twice = [...documents, ...documents];
    const issues = JSON.parse(lintReport(twice, 'gitlab', colors)) as { fingerprint: string }[];
    expect(issues[0]).toMatchObject({
      check_name: 'path.ambiguous',
      severity: 'minor',
      location: { path: 'a,b:c.yaml', lines: { begin: 9 } },
    });
    expect(new Set(issues.map((issue) => issue.fingerprint)).size).toBe(6);
    expect(lintReport(twice, 'gitlab', colors)).toBe(lintReport(twice, 'gitlab', colors));
  });
});
