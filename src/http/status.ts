/** A key of a responses object: one status, a hundred of them, or all. */
export type StatusPattern =
  | { readonly kind: 'exact'; readonly text: string; readonly status: number }
  | { readonly kind: 'range'; readonly text: string; readonly hundreds: number }
  | { readonly kind: 'default'; readonly text: string };

/**
 * Reads `200`, `2XX` (also in small letters) or `default`; `undefined` for anything else.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#patterned-fields-0
 */
export function parseStatusPattern(text: string): StatusPattern | undefined {
  if (text === 'default') return { kind: 'default', text };
  if (/^[1-9]\d\d$/.test(text)) return { kind: 'exact', text, status: Number(text) };
  if (/^[1-9]xx$/i.test(text)) return { kind: 'range', text, hundreds: Number(text[0]) };
  return undefined;
}

/** The pattern that a status falls under: its own, else its range, else `default`; `undefined` where none fits. */
export function matchStatus<Pattern extends StatusPattern>(
  patterns: Iterable<Pattern>,
  status: number,
): Pattern | undefined {
  let best: Pattern | undefined;
  for (const pattern of patterns) {
    if (pattern.kind === 'exact' && pattern.status === status) return pattern;
    if (pattern.kind === 'range' && pattern.hundreds === Math.floor(status / 100)) best = pattern;
    if (pattern.kind === 'default') best ??= pattern;
  }
  return best;
}

/**
 * Tells whether a response of this status, or to this method, has no body on the wire.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1
 */
export function hasNoBody(status: number, method?: string): boolean {
  return status === 204 || status === 304 || status < 200 || method === 'HEAD';
}

/** The usual reason phrase of a status: its own, else that of its class. Never empty for 100 to 599. */
export function reasonOf(status: number): string {
  return reasons.get(status) ?? reasons.get(Math.floor(status / 100) * 100) ?? 'Unknown';
}

/** @see https://www.iana.org/assignments/http-status-codes/http-status-codes.xhtml */
const reasons: ReadonlyMap<number, string> = new Map([
  [100, 'Continue'],
  [101, 'Switching Protocols'],
  [102, 'Processing'],
  [103, 'Early Hints'],
  [200, 'OK'],
  [201, 'Created'],
  [202, 'Accepted'],
  [203, 'Non-Authoritative Information'],
  [204, 'No Content'],
  [205, 'Reset Content'],
  [206, 'Partial Content'],
  [207, 'Multi-Status'],
  [208, 'Already Reported'],
  [226, 'IM Used'],
  [300, 'Multiple Choices'],
  [301, 'Moved Permanently'],
  [302, 'Found'],
  [303, 'See Other'],
  [304, 'Not Modified'],
  [305, 'Use Proxy'],
  [307, 'Temporary Redirect'],
  [308, 'Permanent Redirect'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [402, 'Payment Required'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [406, 'Not Acceptable'],
  [407, 'Proxy Authentication Required'],
  [408, 'Request Timeout'],
  [409, 'Conflict'],
  [410, 'Gone'],
  [411, 'Length Required'],
  [412, 'Precondition Failed'],
  [413, 'Content Too Large'],
  [414, 'URI Too Long'],
  [415, 'Unsupported Media Type'],
  [416, 'Range Not Satisfiable'],
  [417, 'Expectation Failed'],
  [418, "I'm a Teapot"],
  [421, 'Misdirected Request'],
  [422, 'Unprocessable Content'],
  [423, 'Locked'],
  [424, 'Failed Dependency'],
  [425, 'Too Early'],
  [426, 'Upgrade Required'],
  [428, 'Precondition Required'],
  [429, 'Too Many Requests'],
  [431, 'Request Header Fields Too Large'],
  [451, 'Unavailable For Legal Reasons'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
  [505, 'HTTP Version Not Supported'],
  [506, 'Variant Also Negotiates'],
  [507, 'Insufficient Storage'],
  [508, 'Loop Detected'],
  [510, 'Not Extended'],
  [511, 'Network Authentication Required'],
]);
