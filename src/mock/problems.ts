import { validationEntry } from '../check/index.ts';
import type { Finding } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import { HeaderList, type HttpResponse, problem } from '../http/index.ts';
import { mostTold } from '../response/index.ts';

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be parsed',
  401: 'Credentials are missing or not good',
  403: 'Not allowed',
  404: 'Nothing is there',
  405: 'The path does not have this method',
  406: 'No documented media type is acceptable',
  409: 'Something else has this already',
  412: 'It has changed meanwhile',
  415: 'The media type of the body is not documented',
  422: 'The request breaks the document',
  500: 'The mock cannot answer',
  507: 'The mock keeps too much already',
};

/** What a problem of ours says beside its status. */
export interface ProblemDetail {
  readonly code: string;
  readonly detail: string;
  readonly findings?: readonly Finding[];
  readonly document?: ApiDocument;
  readonly headers?: readonly (readonly [string, string])[];
}

/**
 * A problem+json of the mock's own, with one entry of `validation` per finding, for the first 100; `omitted` counts the rest.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function mockProblem(
  status: number,
  { code, detail, findings = [], document, headers = [] }: ProblemDetail,
): HttpResponse {
  const response = problem(status, {
    type: `urn:apidouble:problem:${code}`,
    title: titles[status] ?? 'The mock cannot answer',
    detail,
    ...(findings.length === 0
      ? {}
      : { validation: findings.slice(0, mostTold).map((finding) => validationEntry(finding, document)) }),
    ...(findings.length > mostTold ? { omitted: findings.length - mostTold } : {}),
  });
  if (headers.length === 0) return response;
  return { ...response, headers: HeaderList.from([...response.headers, ...headers]) };
}
