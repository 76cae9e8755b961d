import type { ApiDocument } from '../document/index.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, noBody, problem } from '../http/index.ts';
import { adminPathOf, refusalOfAdmin, type StreamingCall } from '../server/index.ts';
import { adminDocument } from './admin-document.ts';
import type { ProxyOptions } from './proxy.ts';
import type { Traffic } from './traffic/tally.ts';

/** Answers what is asked of the proxy itself; `undefined` for all that is the upstream's to answer. */
export type AdminPages = (call: StreamingCall) => HttpResponse | undefined;

/** What the pages tell of. */
export interface AdminSubject {
  readonly document: ApiDocument;
  readonly upstream: string;
  readonly traffic: () => Traffic;
}

/** Makes the pages under `/__apidouble`: `health`, `coverage`, and their document. Throws `ERR_OPTION` for a path that is no plain one. */
export function createAdminPages(
  subject: AdminSubject,
  options: Pick<ProxyOptions, 'adminPath' | 'adminRemote'>,
): AdminPages {
  const path = adminPathOf(options);
  if (path === false) return () => undefined;
  const pages: ReadonlyMap<string, () => object> = new Map([
    [`${path}/health`, () => healthOf(subject)],
    [`${path}/coverage`, () => coverageOf(subject.traffic())],
    [`${path}/openapi.json`, () => adminDocument(path)],
  ]);
  return (call) => {
    const { target, method } = call;
    if (!target.startsWith(`${path}/`)) return undefined;
    const page = pages.get(target.replace(/\?.*$/s, ''));
    // It may be the page of a mock behind the proxy.
    if (page === undefined) return undefined;
    // Health is for those who wait for the proxy, wherever they are.
    const isHealth = target === `${path}/health`;
    const { peer } = call;
    const seen = peer === undefined ? {} : { peer };
    const refusal = isHealth
      ? undefined
      : refusalOfAdmin(requestOf(call), seen, options.adminRemote ?? false);
    if (refusal !== undefined) return refusal;
    if (method === 'GET' || method === 'HEAD') return jsonResponse(200, page());
    return problem(405, { detail: 'The pages of the proxy are only read.' }, [['Allow', 'GET, HEAD']]);
  };
}

function requestOf({ method, target, origin, headers }: StreamingCall): HttpRequest {
  return { method, target, origin, headers, body: noBody };
}

function healthOf({ document, upstream }: AdminSubject): object {
  const { info, version, operations } = document;
  return {
    status: 'ok',
    upstream,
    document: { title: info.title, version: info.version, openapi: version, operations: operations.length },
  };
}

/** The shape of the report's `traffic`, and what else is known of it. */
function coverageOf({ operations, findings, undecided, ...counts }: Traffic): object {
  return {
    ...counts,
    findings: findings.length,
    operations: operations.map(({ operation, statuses, parameters, ...seen }) => ({
      operation: operation.key,
      method: operation.method,
      path: operation.path,
      ...seen,
      statuses: Object.fromEntries(statuses),
      parameters: [...parameters],
      findings: findings.filter((one) => one.operation === operation).length,
    })),
    undecided: Object.fromEntries(undecided),
  };
}
