import { wellFormed } from '../../core/index.ts';
import type { ContractFinding, Grade, Report, ReportedBody } from '../report.ts';
import { adviceFor } from './advice.ts';
import { groupFindings } from './group-findings.ts';
import { operationText, relativeFile } from './places.ts';

/** How findings are written as SARIF. */
export interface SarifOptions {
  /** The folder that file names are relative to. */
  readonly root?: string;
}

type Json = Readonly<Record<string, unknown>>;

const levels: Readonly<Record<Grade, string>> = { must: 'error', should: 'warning', may: 'note' };

/**
 * The findings as SARIF 2.1.0: a rule per check, a result per finding at its line of the document, the same finding
 * known again by the id of its obligation.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: Report, options: SarifOptions = {}): string {
  const findings = groupFindings(report.findings).flatMap((group) => group.findings);
  const checks = [...new Map(findings.map((finding) => [finding.check, finding])).values()];
  const ruleIndex = new Map(checks.map(({ check }, index) => [check, index]));
  const run = {
    tool: {
      driver: { name: 'Apidouble', semanticVersion: report.tool.version, rules: checks.map(ruleOf) },
    },
    invocations: [{ executionSuccessful: true, startTimeUtc: report.startedAt }],
    columnKind: 'utf16CodeUnits',
    results: findings.map((finding) => ({
      ruleIndex: ruleIndex.get(finding.check) ?? -1,
      ...resultOf(finding, report, options),
    })),
    properties: { seed: report.seed, target: report.target.url, obligations: report.obligations },
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(finding: ContractFinding): Json {
  return {
    id: finding.check,
    shortDescription: { text: `The check ${finding.check}` },
    help: { text: adviceFor(finding) },
    defaultConfiguration: { level: levels[finding.grade] },
  };
}

function resultOf(finding: ContractFinding, report: Report, options: SarifOptions): Json {
  const { request, response, expected, seen } = finding;
  return {
    ruleId: finding.check,
    level: levels[finding.grade],
    message: { text: `${finding.message} Expected: ${expected}. Seen: ${seen}.` },
    locations: [locationOf(finding, report, options)],
    partialFingerprints: { 'apidoubleObligation/v1': finding.id },
    occurrenceCount: Math.max(1, finding.occurrences),
    webRequest: { method: request.method, target: request.url, ...partsOf(request) },
    webResponse: { statusCode: response.status, ...partsOf(response) },
    properties: {
      title: finding.title,
      cause: finding.cause,
      labels: finding.labels,
      secondOpinion: finding.secondOpinion,
      curl: request.curl,
    },
  };
}

/** Where no place is known it is the document itself: viewers leave out results without a place. */
function locationOf(finding: ContractFinding, report: Report, { root }: SarifOptions): Json {
  const place = finding.document;
  const uri = uriOf(relativeFile(place?.file ?? report.document.uri, root));
  const region = { startLine: place?.line ?? 1, startColumn: place?.column ?? 1 };
  return {
    physicalLocation: { artifactLocation: { uri }, region },
    logicalLocations: [{ fullyQualifiedName: operationText(finding.operation), kind: 'member' }],
  };
}

/** A file name, or an address as it is, as a URI reference. */
function uriOf(file: string): string {
  if (/^https?:\/\//.test(file) && URL.canParse(file)) return new URL(file).href;
  const path = wellFormed(file).split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return `file://${path}`;
  return /^[a-z]%3A\//i.test(path) ? `file:///${path.replace('%3A', ':')}` : path;
}

function partsOf(message: {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ReportedBody;
}): Json {
  return { headers: joined(message.headers), body: contentOf(message.body) };
}

/** SARIF holds one value per name, so repeated fields are joined (RFC 9110, 5.2). */
function joined(headers: readonly (readonly [string, string])[]): Json {
  const byName = new Map<string, string>();
  for (const [name, value] of headers) {
    const known = byName.get(name);
    byName.set(name, known === undefined ? value : `${known}, ${value}`);
  }
  return Object.fromEntries(byName);
}

function contentOf({ encoding, content }: ReportedBody): Json {
  return encoding === 'base64' ? { binary: content } : { text: content };
}
