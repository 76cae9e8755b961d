import { createHash } from 'node:crypto';
import { counted } from '../../../core/index.ts';
import type { CoverageCount, Report } from '../../report.ts';
import {
  byGrade,
  type FindingGroup,
  groupFindings,
  obligationsByFinding,
  reasonsOf,
} from '../group-findings.ts';
import { operationText } from '../places.ts';
import { findingHtml, type PageFinding } from './html-finding.ts';
import { matrixHtml } from './html-matrix.ts';
import { escapeHtml } from './html-text.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';

/** How a report is written as a page. */
export interface HtmlOptions {
  /** The folder that file names are relative to. */
  readonly root?: string;
}

/** Only our own style and script, by their hashes: should a text ever slip through, it still cannot run or load a thing. */
const policy = `default-src 'none'; style-src 'sha256-${digest(pageStyle)}'; script-src 'sha256-${digest(pageScript)}'; base-uri 'none'; form-action 'none'`;

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** The report as one page that opens without a network. What servers and documents said is only ever text in it. */
export function renderHtml(report: Report, options: HtmlOptions = {}): string {
  const groups = groupFindings(report.findings);
  const ordered = groups.flatMap((group) => group.findings);
  const numbers = new Map(ordered.map((finding, index) => [finding.id, index + 1]));
  const title = escapeHtml(`${report.document.title} · contract report`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title>
<style>${pageStyle}</style></head>
<body><a class="skip" href="#findings">Skip to the findings</a>
${headerHtml(report)}
<main>
${findingsHtml(report, groups, options)}
<section><h2 id="coverage">Coverage</h2>
${matrixHtml(report, numbers)}</section>
${openHtml(report)}
</main>
<footer>Apidouble ${escapeHtml(report.tool.version)} · ${escapeHtml(report.startedAt)}${seedHtml(report)}</footer>
<script>${pageScript}</script>
</body></html>
`;
}

function seedHtml({ seed }: Report): string {
  return seed === '' ? '' : ` · replay with <code>--seed ${escapeHtml(seed)}</code>`;
}

function placeHtml({ target, source }: Report): string {
  if (source === 'proxy') return 'Traffic that passed through to this server';
  if (source === 'recording') return 'Traffic of this recording';
  const from = target.basePathFrom === 'target' ? 'the target URL' : 'the document';
  return `Base path <code>${escapeHtml(target.basePath || '/')}</code> from ${from}`;
}

function headerHtml(report: Report): string {
  const { document, target, obligations, coverage, source } = report;
  return `<header><h1>${escapeHtml(document.title)} <span class="soft">${escapeHtml(document.version)}</span></h1>
<p class="wire">${escapeHtml(target.url)}</p>
<p class="soft">${placeHtml(report)} · <code>${escapeHtml(document.uri)}</code></p>
${outcomeHtml(report)}
<dl class="counts">${[
    count('passed', obligations.passed, 'good'),
    count('failed', obligations.failed, 'must'),
    count('warned', obligations.warned, 'should'),
    count('inconclusive', obligations.inconclusive, 'should'),
    count('skipped', obligations.skipped, ''),
    tried(source === undefined ? 'operations tried' : 'operations seen', coverage.operations),
    tried('status codes', coverage.statusCodes),
    tried('parameters', coverage.parameters),
    ...(source === undefined ? [tried('keywords', coverage.keywords)] : []),
    `<div><dt>${source === undefined ? 'requests' : 'exchanges'}</dt><dd>${report.requests} <small>in ${report.seconds.toFixed(1)} s</small></dd></div>`,
  ].join('')}</dl></header>`;
}

function count(name: string, value: number, tone: string): string {
  return `<div class="${value > 0 && tone !== '' ? `is-${tone}` : ''}"><dt>${name}</dt><dd>${value}</dd></div>`;
}

function tried(name: string, { promised, tried: done }: CoverageCount): string {
  return `<div><dt>${name}</dt><dd>${done} <small>of ${promised}</small></dd></div>`;
}

function outcomeHtml({ findings, obligations }: Report): string {
  const [gravest] = findings.map(({ grade }) => grade).sort(byGrade);
  if (gravest !== undefined) {
    const tone = gravest === 'must' ? 'must' : 'should';
    const text = `${counted(findings.length, 'finding')}: ${obligations.failed} promises broken, ${obligations.warned} to look at`;
    return `<p class="outcome ${tone}">${text}</p>`;
  }
  if (obligations.inconclusive > 0 || obligations.passed === 0) {
    return `<p class="outcome should">No finding, but ${obligations.inconclusive} inconclusive and ${obligations.skipped} skipped</p>`;
  }
  return '<p class="outcome">No finding: the server keeps every promise that was tried</p>';
}

function findingsHtml(report: Report, groups: readonly FindingGroup[], { root }: HtmlOptions): string {
  if (groups.length === 0)
    return '<section><h2 id="findings">Findings</h2><p class="panel">None.</p></section>';
  const covered = obligationsByFinding(report);
  let number = 0;
  const sections = groups.map(({ cause, findings }) => {
    const articles = findings.map((finding) => {
      number += 1;
      const page: PageFinding = { finding, number, also: covered.get(finding.id) ?? [], root };
      return findingHtml(page);
    });
    return `<section class="cause"><h3>${escapeHtml(cause)}</h3>${articles.join('\n')}</section>`;
  });
  return `<section><h2 id="findings">Findings</h2>\n${filterHtml(report)}\n${sections.join('\n')}</section>`;
}

function filterHtml({ findings }: Report): string {
  return `<form class="filter" aria-label="Filter the findings" hidden>
<label>Text<input type="search" name="words" autocomplete="off" placeholder="words in a finding"></label>
${choice(
  'Grade',
  'grade',
  findings.map(({ grade }) => grade),
)}
${choice(
  'Check',
  'check',
  findings.map(({ check }) => check),
)}
${choice(
  'Operation',
  'operation',
  findings.map(({ operation }) => operationText(operation)),
)}
<output name="shown" aria-live="polite"></output></form>`;
}

function choice(label: string, name: string, values: readonly string[]): string {
  const options = [...new Set(values)].sort().map((value) => {
    return `<option value="${escapeHtml(value)}">${escapeHtml(value)}</option>`;
  });
  return `<label>${label}<select name="${name}"><option value="">all</option>${options.join('')}</select></label>`;
}

function openHtml(report: Report): string {
  const notes = report.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('');
  const notesHtml =
    notes === '' ? '' : `<section><h2>Notes</h2><div class="panel"><ul>${notes}</ul></div></section>`;
  return [reasonsHtml(report, 'inconclusive'), reasonsHtml(report, 'skipped'), notesHtml].join('\n');
}

function reasonsHtml(report: Report, kind: 'inconclusive' | 'skipped'): string {
  const reasons = reasonsOf(report, kind).map(({ reason, ids }) => {
    const items = ids.map((id) => `<li><code>${escapeHtml(id)}</code></li>`).join('');
    return `<details class="panel"><summary>${ids.length} × ${escapeHtml(reason)}</summary><ul>${items}</ul></details>`;
  });
  if (reasons.length === 0) return '';
  const title = kind === 'inconclusive' ? 'Inconclusive' : 'Skipped';
  return `<section><h2>${title}</h2>${reasons.join('')}</section>`;
}
