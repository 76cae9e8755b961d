import { validationEntry, violationsHeader } from '../check/index.ts';
import type { WireFailure } from '../client/index.ts';
import type { Finding } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import { type HttpResponse, problem } from '../http/index.ts';
import { refusalStatuses } from '../response/index.ts';

/** The answer where none came from the upstream. */
export function noAnswer(upstream: string, { kind, message }: WireFailure): HttpResponse {
  const status = kind === 'timeout' ? 504 : 502;
  const remedy =
    kind === 'refused'
      ? 'Start it, or correct the URL of the upstream'
      : kind === 'unreachable'
        ? 'Correct its URL, or say which certificate to trust'
        : 'See its log';
  return problem(status, {
    type: `urn:apidouble:problem:upstream.${kind}`,
    title: 'The upstream does not answer',
    detail: `Cannot get an answer from "${upstream}": ${message}. ${remedy}.`,
  });
}

/** The answer of `--errors` to a request that breaks the document. */
export function refusedRequest(findings: readonly Finding[], document: ApiDocument): HttpResponse {
  const [status = 422] = refusalStatuses(findings);
  const detail = 'The request breaks the document, and errors are asked for. It was not passed on.';
  return violations(status, { code: 'request.violations', detail, findings, document });
}

/** The answer of `--errors` in place of one that breaks the document. */
export function refusedAnswer(findings: readonly Finding[], document: ApiDocument): HttpResponse {
  const detail = 'The answer of the upstream breaks the document, and errors are asked for.';
  return violations(500, { code: 'response.violations', detail, findings, document });
}

interface Violations {
  readonly code: string;
  readonly detail: string;
  readonly findings: readonly Finding[];
  readonly document: ApiDocument;
}

function violations(status: number, { code, detail, findings, document }: Violations): HttpResponse {
  const title = 'The document is broken';
  const validation = findings.map((finding) => validationEntry(finding, document));
  return problem(status, { type: `urn:apidouble:problem:${code}`, title, detail, validation }, [
    ['sl-violations', violationsHeader(findings)],
  ]);
}

/** The answer where the recording cannot go on: what is not written down is not acknowledged. */
export function cannotRecord(error: unknown): HttpResponse {
  const detail = error instanceof Error ? error.message : String(error);
  return problem(507, {
    type: 'urn:apidouble:problem:recording',
    title: 'The recording cannot go on',
    detail,
  });
}
