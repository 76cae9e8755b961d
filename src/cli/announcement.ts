import { type Finding, printable } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import type { Colors } from './terminal.ts';

/** A finding about a document as one line: `api.yaml:12:7 error path.ambiguous: …`. */
export function findingLine(finding: Finding, document: ApiDocument, colors: Colors): string {
  const paint = finding.severity === 'error' ? colors.red : colors.yellow;
  const text = `${paint(finding.severity)} ${finding.code}: ${printable(finding.message)}`;
  return finding.origin === undefined ? text : `${placeText(finding, document)} ${text}`;
}

function placeText(finding: Finding, document: ApiDocument): string {
  if (finding.origin === undefined) return printable(document.uri);
  const { file, line, column } = document.locate(finding.origin);
  return `${printable(file)}:${line}:${column}`;
}

/** What is said once, when the mock listens: the operations, the seed, the document's faults, and last the ready line. */
export interface Announcement {
  readonly document: ApiDocument;
  readonly operations: readonly string[];
  readonly seed: string;
  /** Whether the seed was given; a drawn one comes with how to get it again. */
  readonly seedGiven: boolean;
  readonly faults: readonly Finding[];
  /** Names of the scenarios that are played. */
  readonly scenarios: readonly string[];
  readonly url: string;
  readonly colors: Colors;
}

/** The text of an announcement. Its last line is the one that scripts wait for: plain, also in a terminal. */
export function announcementText(announcement: Announcement): string {
  const { document, colors, seed } = announcement;
  const lines = [
    colors.bold(`${printable(document.info.title)} ${printable(document.info.version)}`.trim()),
    ...announcement.operations,
    announcement.seedGiven ? `seed ${printable(seed)}` : `seed ${seed} (repeat with --seed ${seed})`,
    ...scenarioLines(announcement.scenarios),
    ...announcement.faults.map((fault) => findingLine(fault, document, colors)),
    `Apidouble is listening on ${announcement.url}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Names that one line shows. */
const mostNames = 10;

function scenarioLines(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return [
    `${names.length === 1 ? 'scenario' : 'scenarios'} ${printable(names.slice(0, mostNames).join(', '))}${more}`,
  ];
}
