import { type ApidoubleError, type Finding, isApidoubleError } from '../core/index.ts';
import { type ApiDocument, loadDocument } from '../document/index.ts';
import { compilePlan, describeParts, describeResources, lintDocument } from '../plan/index.ts';
import { loadOptions } from './document-source.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { lintExamplesElsewhere } from './lint-examples.ts';
import type { LintFlags } from './lint-flags.ts';
import { counts, type LintedDocument, type LintFinding, lintReport } from './lint-report.ts';
import type { Terminal } from './terminal.ts';

/** `apidouble lint`: prints the faults of every document, those that cannot be read among them, and gives the exit code. */
export async function runLint(
  names: readonly string[],
  flags: LintFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const documents: LintedDocument[] = [];
  for (const name of names) documents.push(await lintOne(name, flags, terminal));
  terminal.out.write(lintReport(documents, flags.format, terminal.out.colors));
  if (documents.some((one) => !one.readable)) return exitCodes.misuse;
  const { error, warning } = counts(documents);
  const counted = flags.failOn === 'warning' ? error + warning : error;
  return counted > 0 ? exitCodes.findings : exitCodes.done;
}

async function lintOne(name: string, flags: LintFlags, terminal: Terminal): Promise<LintedDocument> {
  try {
    const document = await loadDocument(name, { ...loadOptions(flags), stdin: terminal.input });
    const found = [...lintDocument(document), ...(await lintExamplesElsewhere(document))];
    const findings = found.map((finding) => lintFinding(finding, document, name));
    return {
      document: name,
      readable: true,
      operations: document.operations.length,
      findings,
      ...(flags.resources
        ? { resources: describeResources(document, compilePlan(document)), parts: describeParts(document) }
        : {}),
    };
  } catch (error) {
    if (!isApidoubleError(error) || error.code === 'ERR_INTERNAL') throw error;
    return { document: name, readable: false, operations: 0, findings: [unreadable(error, name)] };
  }
}

function lintFinding(finding: Finding, document: ApiDocument, name: string): LintFinding {
  const { code, severity, message, expected, seen, origin } = finding;
  const place = origin === undefined ? undefined : document.locate(origin);
  return {
    code,
    severity,
    message,
    file: place?.file ?? name,
    ...(place === undefined ? {} : { line: place.line, column: place.column, pointer: place.pointer }),
    ...(expected === undefined ? {} : { expected }),
    ...(seen === undefined ? {} : { seen }),
  };
}

function unreadable({ code, message, location }: ApidoubleError, name: string): LintFinding {
  const place = location === undefined ? {} : { line: location.line, column: location.column };
  return { code, severity: 'error', message, file: location?.file ?? name, ...place };
}
