import type { Finding } from '../core/index.ts';
import type { HttpResponse } from '../http/index.ts';
import type { OperationPlan } from '../plan/index.ts';
import { checkBody } from './check-body.ts';
import { checkHeaders } from './check-headers.ts';
import { checkMediaType } from './check-media-type.ts';
import { checkStatus } from './check-status.ts';
import type { KnownBodies } from './known-bodies.ts';
import { type ResponseView, viewResponse } from './response-view.ts';

const checks: readonly ((view: ResponseView, known?: KnownBodies) => Finding[])[] = [
  checkStatus,
  checkMediaType,
  checkHeaders,
  checkBody,
];

/**
 * Everything about a response that breaks what the document says of the operation; an empty list where nothing does. With `known`,
 * a body that was found good before is not read again.
 */
export function checkResponse(
  plan: OperationPlan,
  method: string,
  response: HttpResponse,
  known?: KnownBodies,
): Finding[] {
  const view = viewResponse(plan, method, response);
  const findings: Finding[] = [];
  for (const check of checks) {
    const found = check(view, known);
    if (found.length > 0) findings.push(...found);
  }
  return findings;
}
