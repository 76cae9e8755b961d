import { HeaderList } from './header-list.ts';
import type { HttpResponse } from './message.ts';
import { reasonOf } from './status.ts';

/** The members of a problem beside its status; those that the RFC does not know are extensions. */
export interface ProblemFields {
  /** A URI; `about:blank` where the status says it all. */
  readonly type?: string;
  /** Default: the status's reason phrase. */
  readonly title?: string;
  readonly detail?: string;
  readonly instance?: string;
  readonly [extension: string]: unknown;
}

const problemHeaders: readonly string[] = ['Content-Type', 'application/problem+json'];
const jsonHeaders = new HeaderList(['Content-Type', 'application/json']);

/**
 * A refusal as problem+json. `headers` (Allow, Retry-After) go after the Content-Type.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457#section-3
 */
export function problem(
  status: number,
  fields: ProblemFields = {},
  headers?: Iterable<readonly [string, string]>,
): HttpResponse {
  const { type = 'about:blank', title = reasonOf(status), detail, instance, ...extensions } = fields;
  const flat = [...problemHeaders];
  for (const [name, value] of headers ?? []) flat.push(name, value);
  return {
    status,
    headers: new HeaderList(flat),
    body: Buffer.from(JSON.stringify({ type, title, detail, instance, ...extensions, status })),
  };
}

/** An answer whose body is the value as JSON. Throws as `JSON.stringify` does. */
export function jsonResponse(status: number, value: unknown): HttpResponse {
  return { status, headers: jsonHeaders, body: Buffer.from(JSON.stringify(value) ?? 'null') };
}
