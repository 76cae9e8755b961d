import { type Clock, type Finding, printable } from '../core/index.ts';
import type { JournalEntry } from '../mock/index.ts';
import { type VerboseLevel, verboseLevels } from './serving-flags.ts';
import type { Output } from './terminal.ts';

/** What a line of the log may say beside its message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** A level that a line can have. */
export type LineLevel = Exclude<VerboseLevel, 'silent'>;

/** Where the command says what happens while the mock runs. */
export interface Log {
  /** Whether lines of this level are written at all. */
  writes(level: LineLevel): boolean;
  /** One line: its words for people, its fields for machines. */
  say(level: LineLevel, message: string, fields?: LogFields): void;
  /** One line for an exchange: `info`, `warn` where the request or the answer breaks the document, `error` for a 5xx. */
  exchange(entry: JournalEntry): void;
}

/** How a log is written. */
export interface LogOptions {
  readonly output: Output;
  readonly level: VerboseLevel;
  readonly format: 'pretty' | 'json';
  readonly clock: Clock;
  /** Whether the reasons of an exchange are told at any level: where they are the exception. */
  readonly reasons?: boolean;
}

/** A log on an output: one pretty line per event, or one JSON object per line. */
export function createLog(options: LogOptions): Log {
  const least = verboseLevels.indexOf(options.level);
  const writes = (level: LineLevel): boolean => verboseLevels.indexOf(level) >= least;
  const write = options.format === 'json' ? jsonWriter(options) : prettyWriter(options);
  const say = (level: LineLevel, message: string, fields: LogFields = {}): void => {
    if (writes(level)) write(level, message, fields);
  };
  const exchange = (entry: JournalEntry): void => {
    const level = levelOf(entry);
    if (!writes(level)) return;
    const detail = { reasons: options.reasons === true || writes('debug'), messages: writes('trace') };
    if (options.format === 'json') write(level, '', exchangeFields(entry, detail));
    else write(level, exchangeText(entry, options.output, detail), {});
  };
  return { writes, say, exchange };
}

/** How much more than the line is wanted. */
interface Detail {
  readonly reasons: boolean;
  readonly messages: boolean;
}

function levelOf(entry: JournalEntry): LineLevel {
  if (entry.response.status >= 500) return 'error';
  return entry.findings.some((finding) => finding.severity === 'error') ? 'warn' : 'info';
}

type Writer = (level: LineLevel, message: string, fields: LogFields) => void;

function jsonWriter({ output, clock }: LogOptions): Writer {
  return (level, message, fields) => {
    const head = { time: new Date(clock.now()).toISOString(), level };
    output.write(`${JSON.stringify({ ...head, ...(message === '' ? {} : { message }), ...fields })}\n`);
  };
}

function prettyWriter({ output, clock }: LogOptions): Writer {
  const { colors } = output;
  const paint = { trace: colors.dim, debug: colors.dim, info: colors.cyan, warn: colors.yellow };
  return (level, message) => {
    const time = new Date(clock.now()).toTimeString().slice(0, 8);
    const color = level === 'error' || level === 'fatal' ? colors.red : paint[level];
    output.write(`${colors.dim(time)} ${color(level.padEnd(5))} ${message}\n`);
  };
}

function exchangeText(entry: JournalEntry, output: Output, detail: Detail): string {
  const { colors } = output;
  const { status } = entry.response;
  const paint = status >= 500 ? colors.red : status >= 400 ? colors.yellow : colors.green;
  const words = [
    colors.bold(printable(entry.request.method)),
    printable(entry.request.target),
    paint(String(status)),
    colors.dim(`${printable(entry.operation ?? 'no operation')} ${entry.milliseconds.toFixed(1)} ms`),
  ];
  const lines = [[...words, ...findingWords(entry.findings)].join(' ')];
  if (detail.reasons) lines.push(...entry.reason.map((reason) => `  ${colors.dim(printable(reason))}`));
  if (detail.messages) lines.push(...messageLines(entry).map((line) => `  ${colors.dim(line)}`));
  return lines.join('\n');
}

/** The first finding in words and the number of the others, so that the line stays one line. */
function findingWords(findings: readonly Finding[]): string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const more = findings.length === 1 ? '' : ` (+${findings.length - 1} more)`;
  return [`${first.code}: ${printable(first.message)}${more}`];
}

/** The longest body that `trace` shows. */
const shownBody = 2000;

function messageLines(entry: JournalEntry): string[] {
  return [
    ...[...entry.request.headers].map(([name, value]) => printable(`> ${name}: ${value}`)),
    `> ${bodyText(entry.request.body)}`,
    ...[...entry.response.headers].map(([name, value]) => printable(`< ${name}: ${value}`)),
    `< ${bodyText(entry.response.body)}`,
  ];
}

function bodyText(body: Uint8Array): string {
  const text = printable(new TextDecoder().decode(body.subarray(0, shownBody)));
  return body.length > shownBody ? `${text}… (${body.length} bytes)` : text;
}

function exchangeFields(entry: JournalEntry, detail: Detail): LogFields {
  return {
    id: entry.id,
    method: entry.request.method,
    target: entry.request.target,
    status: entry.response.status,
    ...(entry.operation === undefined ? {} : { operation: entry.operation }),
    bytes: entry.response.body.length,
    milliseconds: entry.milliseconds,
    ...(entry.findings.length === 0 ? {} : { findings: entry.findings.map(findingFields) }),
    ...(detail.reasons && entry.reason.length > 0 ? { reason: entry.reason } : {}),
    ...(detail.messages ? messageFields(entry) : {}),
  };
}

function findingFields(finding: Finding): LogFields {
  const { code, severity, message, side, place } = finding;
  return { code, severity, message, side, place };
}

function messageFields(entry: JournalEntry): LogFields {
  return {
    requestHeaders: [...entry.request.headers],
    requestBody: bodyText(entry.request.body),
    responseHeaders: [...entry.response.headers],
    responseBody: bodyText(entry.response.body),
  };
}
