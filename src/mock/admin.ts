import { type HttpRequest, type HttpResponse, jsonResponse } from '../http/index.ts';
import type { Engine } from './engine.ts';

/** Answers the mock's own pages; `undefined` for every other path. */
export function answerAdmin(base: string, request: HttpRequest, engine: Engine): HttpResponse | undefined {
  if (!request.target.startsWith(`${base}/`)) return undefined;
  const path = request.target.slice(base.length).split('?', 1)[0];
  if (path !== '/health')
    return jsonResponse(404, { detail: `There is no page ${path ?? ''} here. There is: /health.` });
  const { info, version, operations } = engine.document;
  return jsonResponse(200, {
    status: 'ok',
    document: { title: info.title, version: info.version, openapi: version, operations: operations.length },
  });
}
