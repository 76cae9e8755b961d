import { type ContractFinding, type Recheck, recheckFinding } from '../contract/index.ts';
import { ApidoubleError, printable } from '../core/index.ts';
import { loadedConfig, loadNamed, settingsFor } from './config.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { refuseOption } from './option-values.ts';
import type { RecheckFlags } from './recheck-flags.ts';
import { httpOf, identityOf, readNamed } from './request-options.ts';
import type { Terminal } from './terminal.ts';

interface Asked {
  readonly report: string;
  readonly id: string | undefined;
  readonly flags: RecheckFlags;
}

/** `apidouble recheck`: 1 where a finding still holds, else 3 where one could not be told, else 0. */
export async function runRecheck({ report, id, flags }: Asked, terminal: Terminal): Promise<ExitCode> {
  const { findings, uri, url } = await readReport(report);
  const wanted = id === undefined ? findings : findings.filter((finding) => isNamed(finding, id));
  if (id !== undefined && wanted.length === 0) throw noSuchFinding(id, report);
  const loaded = await loadedConfig(flags);
  const document = await loadNamed(flags.document ?? uri, { flags, loaded, terminal });
  const { options: configured } = await settingsFor(loaded, flags.target ?? (isUrl(url) ? url : undefined));
  const origin = flags.target === undefined ? undefined : originOf(String(configured.target));
  const identity = identityOf(flags, configured, document);
  const { token } = identity;
  const timeout = flags.timeout ?? configured.timeout;
  let asked: string | Promise<string> | undefined;
  const options = {
    document,
    ...identity,
    ...(token === undefined ? {} : { token: () => (asked ??= token()) }),
    http: await httpOf(flags, configured.http),
    ...(timeout === undefined ? {} : { timeout }),
    ...(origin === undefined ? {} : { origin }),
  };
  const kinds = new Set<Recheck['kind']>();
  for (const finding of wanted) {
    const result = await recheckFinding(finding, options);
    kinds.add(result.kind);
    terminal.out.write(lineOf(finding, result));
  }
  if (wanted.length === 0) terminal.out.write('The report has no finding.\n');
  if (kinds.has('holds')) return exitCodes.findings;
  return kinds.has('unknown') ? exitCodes.inconclusive : exitCodes.done;
}

/** By its own id, or by that of an obligation that it broke. */
function isNamed({ id, instances }: ContractFinding, wanted: string): boolean {
  return id === wanted || instances.some(({ obligation }) => obligation === wanted);
}

function lineOf({ id, message }: ContractFinding, result: Recheck): string {
  const said = result.kind === 'unknown' ? result.reason : `the server answered ${result.status}`;
  const first = `${result.kind.padEnd(7)} ${printable(id)} (${printable(said)})\n`;
  return result.kind === 'holds' ? `${first}        ${printable(message)}\n` : first;
}

async function readReport(
  file: string,
): Promise<{ findings: readonly ContractFinding[]; uri: string; url: string }> {
  const text = await readNamed('report', file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (isReport(value)) {
    return { findings: value.findings, uri: value.document.uri, url: value.target?.url ?? '' };
  }
  throw new ApidoubleError(
    'ERR_OPTION',
    `Cannot use report "${file}": it is no report of version 1. Name a file that verify wrote with --reporter json=FILE.`,
  );
}

function isReport(value: unknown): value is {
  version: 1;
  findings: readonly ContractFinding[];
  document: { uri: string };
  target?: { url?: string };
} {
  if (typeof value !== 'object' || value === null) return false;
  const { version, findings, document } = value as Record<string, unknown>;
  const uri = (document as { uri?: unknown } | undefined)?.uri;
  return version === 1 && typeof uri === 'string' && Array.isArray(findings) && findings.every(isFinding);
}

/** What is used of a finding is there; the rest is the report's schema. */
function isFinding(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { id, check, message, labels, instances, request, response, operation } = value as Record<
    string,
    unknown
  >;
  const { url, headers, body } = (request ?? {}) as Record<string, unknown>;
  return (
    [id, check, message].every((one) => typeof one === 'string') &&
    [labels, headers].every(Array.isArray) &&
    isListOfInstances(instances) &&
    [response, operation, body].every((one) => typeof one === 'object' && one !== null) &&
    typeof url === 'string' &&
    URL.canParse(url)
  );
}

function isListOfInstances(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((one: unknown) => typeof one === 'object' && one !== null && 'obligation' in one)
  );
}

function noSuchFinding(id: string, report: string): ApidoubleError {
  return new ApidoubleError(
    'ERR_OPTION',
    `Cannot recheck "${id}": report "${report}" has no such finding. Leave the id away to recheck all.`,
  );
}

function isUrl(text: string): boolean {
  return /^https?:\/\//.test(text);
}

function originOf(target: string): string {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url.origin;
  throw refuseOption('--target', target, 'that is no http URL. Give one such as http://127.0.0.1:8000.');
}
