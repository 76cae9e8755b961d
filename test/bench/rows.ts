/** What the servers are asked, as complete requests but for the server's own prefix. */
export interface Row {
  readonly name: string;
  readonly method: string;
  readonly status: number;
  /** Path and query of the n-th request. */
  readonly target: (index: number) => string;
  readonly body?: (index: number) => unknown;
}

/** How many distinct requests a row has: enough that an answer kept for an identical request is of no use. */
export const distinctRequests = 400;

/** How many items the list is asked for. */
export const pageSize = 20;

/** The rows of the bench, on authentik's events. */
export const rows: readonly Row[] = [
  {
    name: 'POST create',
    method: 'POST',
    status: 201,
    target: () => '/events/events/',
    body: eventBody,
  },
  {
    name: 'GET list',
    method: 'GET',
    status: 200,
    target: (index) => `/events/events/?page=1&page_size=${pageSize}&search=term-${index}`,
  },
  {
    name: 'GET one',
    method: 'GET',
    status: 200,
    target: (index) => `/events/events/${uuid(index)}/`,
  },
];

/** The n-th of the valid bodies of a create; no two are equal. */
export function eventBody(index: number): Record<string, unknown> {
  const actions = ['login', 'logout', 'user_write', 'model_created', 'model_updated', 'email_sent'];
  return {
    user: { pk: index, username: `user-${index}`, email: `user-${index}@example.com` },
    action: actions[index % actions.length],
    app: `authentik.${['core', 'flows', 'policies'][index % 3]}.${index}`,
    context: { http_request: { path: `/if/flow/${index}/`, method: 'GET', args: { next: `/${index}` } } },
    client_ip: `192.0.2.${index % 256}`,
    expires: new Date(Date.UTC(2025, index % 12, 1 + (index % 28), index % 24)).toISOString(),
    brand: { pk: uuid(index), app: 'authentik_brands', name: `Brand ${index}`, model_name: 'brand' },
  };
}

/** The n-th of as many distinct ids of version 4 as anybody wants. */
export function uuid(index: number): string {
  const digits = Math.imul(index + 1, 0x9e3779b1) >>> 0;
  const head = digits.toString(16).padStart(8, '0');
  return `${head}-2f37-4a16-8471-${(index + 0x4e8e40c30000).toString(16).padStart(12, '0')}`;
}

/** The bytes of each of a row's requests, for a server that has the API under a prefix. */
export function requestTexts(row: Row, prefix: string, count: number = distinctRequests): string[] {
  return Array.from({ length: count }, (_, index) => requestText(row, prefix, index));
}

function requestText(row: Row, prefix: string, index: number): string {
  const body = row.body === undefined ? '' : JSON.stringify(row.body(index));
  const head = [
    `${row.method} ${prefix}${row.target(index)} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Accept: application/json',
    'Authorization: Bearer bench',
    ...(body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
