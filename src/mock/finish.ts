import { violationsHeader } from '../check/index.ts';
import { HeaderList, type HttpResponse } from '../http/index.ts';
import type { Call } from './call.ts';
import type { Engine } from './engine.ts';
import { mockProblem } from './problems.ts';
import { withoutBody } from './respond.ts';
import type { Settings } from './settings.ts';
import { heldBack } from './with-fate.ts';

/** The answer to a request whose wish cannot be understood. */
export function refuseWish(fault: string): HttpResponse {
  return mockProblem(422, { code: 'request.preference', detail: `${fault}.` });
}

/** What becomes of an answer on its way out: it is judged where errors are asked for, told about, cut for HEAD, held back. */
export function finish(engine: Engine, settings: Settings, call: Call, response: HttpResponse): HttpResponse {
  const judged =
    settings.errors && call.mayBreak !== true ? refuseViolations(engine, call, response) : response;
  const noted = withoutBody(call.request, withNotes(judged, call, settings));
  const { wait } = call.wish;
  return wait === undefined ? noted : heldBack(noted, wait);
}

/** Prism's `--errors`: an answer that breaks the document is not given. */
function refuseViolations(engine: Engine, call: Call, response: HttpResponse): HttpResponse {
  const findings = call.findings.filter(
    (finding) => finding.side === 'response' && finding.severity === 'error',
  );
  if (findings.length === 0) return response;
  const detail = 'The answer breaks the document, and errors are asked for.';
  return mockProblem(500, { code: 'response.violations', detail, findings, document: engine.document });
}

/** The headers that tell of findings and of reasons. */
function withNotes(
  response: HttpResponse,
  { findings, reason, wish }: Call,
  settings: Settings,
): HttpResponse {
  const explains = settings.explain || wish.explain === true;
  if (findings.length === 0 && !explains) return response;
  const flat = [...response.headers.flat];
  if (findings.length > 0) flat.push('sl-violations', violationsHeader(findings));
  if (explains) flat.push('apidouble-reason', reason.join('; ').replace(/[^\x20-\x7e]/g, '?'));
  return { ...response, headers: new HeaderList(flat) };
}
