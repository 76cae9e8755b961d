import type {
  ContractFinding,
  Grade,
  ObligationGroup,
  ObligationResult,
  OperationReference,
  Report,
  ReportedStep,
  Verdict,
} from '../../../src/contract/report.ts';

export const listEvents: OperationReference = {
  key: 'events_events_list',
  method: 'GET',
  path: '/events/events/',
  operationId: 'events_events_list',
  tags: ['events'],
};

export const createEvent: OperationReference = {
  key: 'events_events_create',
  method: 'POST',
  path: '/events/events/',
  operationId: 'events_events_create',
  tags: ['events'],
};

export const readEvent: OperationReference = {
  key: 'events_events_retrieve',
  method: 'GET',
  path: '/events/events/{event_uuid}/',
  operationId: 'events_events_retrieve',
  tags: ['events'],
};

const place = { file: '/repo/openapi.yaml', line: 120, column: 13, pointer: '/paths/~1events~1events~1/get' };
const json = ['Content-Type', 'application/json'] as const;

const made: ReportedStep = {
  request: {
    method: 'POST',
    url: 'http://127.0.0.1:8000/api/v3/events/events/',
    headers: [json],
    body: { encoding: 'utf8', content: '{"action":"login"}' },
    curl: `curl -X POST 'http://127.0.0.1:8000/api/v3/events/events/' --data-raw '{"action":"login"}'`,
  },
  status: 201,
};

export function makeFinding(more: Partial<ContractFinding> = {}): ContractFinding {
  return {
    id: 'events_events_list/query.page_size/maximum/rejected',
    check: 'rejected.maximum',
    operation: { method: 'GET', path: '/events/events/', operationId: 'events_events_list' },
    grade: 'must',
    title: 'a page_size above 100 is refused',
    message: 'The server answered 200 to page_size=101, which no lenient reading makes valid.',
    cause: 'GET /events/events/ does not check its query parameters as documented',
    labels: ['deterministic'],
    secondOpinion: 'confirmed',
    expected: 'a status from 400 to 499, because page_size is at most 100',
    seen: '200 OK with 101 rows',
    request: {
      method: 'GET',
      url: 'http://127.0.0.1:8000/api/v3/events/events/?page_size=101',
      headers: [
        ['Accept', 'application/json'],
        ['Authorization', 'Bearer [redacted]'],
      ],
      body: { encoding: 'utf8', content: '' },
      curl: "curl 'http://127.0.0.1:8000/api/v3/events/events/?page_size=101' -H 'Accept: application/json' -H 'Authorization: Bearer [redacted]'",
    },
    response: {
      status: 200,
      headers: [json, ['Date', 'Mon, 23 Nov 2026 10:00:00 GMT']],
      body: {
        encoding: 'utf8',
        content: '{"pagination":{"count":101,"total_pages":1},"results":[{"pk":"7d1c","action":"login"}]}',
        cutFrom: 90123,
      },
    },
    document: place,
    occurrences: 3,
    instances: [
      { obligation: 'events_events_list/query.page_size/maximum/rejected', statuses: [200] },
      { obligation: 'events_events_list/query.page/minimum/rejected', statuses: [200] },
    ],
    ...more,
  };
}

const findings: readonly ContractFinding[] = [
  makeFinding({
    id: 'events_events_create/exchange/header',
    check: 'exchange.header',
    operation: { method: 'POST', path: '/events/events/', operationId: 'events_events_create' },
    grade: 'should',
    title: 'a 429 says when to come back',
    message: 'The 429 has no Retry-After header.',
    cause: 'Answers of POST /events/events/ lack headers of good manners',
    labels: ['flaky'],
    secondOpinion: 'silent',
    expected: 'Retry-After: a number of seconds or a date',
    seen: 'no such header',
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:8000/api/v3/events/events/',
      headers: [json],
      body: { encoding: 'utf8', content: '{"action":"login","app":"authentik.core"}' },
      curl: `curl -X POST http://127.0.0.1:8000/api/v3/events/events/ -H 'Content-Type: application/json' --data-raw '{"action":"login","app":"authentik.core"}'`,
    },
    response: { status: 429, headers: [], body: { encoding: 'base64', content: 'AAEC/w==' } },
    occurrences: 1,
    instances: [{ obligation: 'events_events_create/exchange/header', statuses: [429] }],
  }),
  makeFinding(),
  makeFinding({
    id: 'events_events_list/query.ordering/enum/rejected',
    check: 'rejected.enum',
    title: 'an ordering that is not listed is refused',
    message: 'The server answered 200 to ordering=__nope__.',
    expected: 'a status from 400 to 499',
    seen: '200 OK',
    occurrences: 1,
    instances: [{ obligation: 'events_events_list/query.ordering/enum/rejected', statuses: [200] }],
  }),
  makeFinding({
    id: 'events_events_retrieve/exchange/body',
    check: 'exchange.body',
    operation: { method: 'GET', path: '/events/events/{event_uuid}/', operationId: 'events_events_retrieve' },
    title: 'the body of a 200 is valid',
    message: 'created is no date-time: "2026-11-23 10:00:00".',
    cause: 'GET /events/events/{event_uuid}/ writes dates that are no date-times',
    labels: ['deterministic', 'state-dependent'],
    secondOpinion: 'disputed',
    opinions: { ours: 'RFC 3339 wants a T and a zone.', prism: 'The body is valid.' },
    expected: 'an RFC 3339 date-time such as 2026-11-23T10:00:00Z',
    seen: '"2026-11-23 10:00:00"',
    document: { ...place, line: 312, column: 9 },
    steps: [made, { request: makeFinding().request, status: 200 }],
    occurrences: 12,
    instances: [{ obligation: 'events_events_retrieve/exchange/body', statuses: [200] }],
  }),
];

interface Row {
  readonly operation: OperationReference;
  readonly group: ObligationGroup;
  readonly id: string;
  readonly check: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly grade?: Grade;
}

function failed(finding: string): Verdict {
  return { kind: 'failed', finding };
}

const list = { operation: listEvents, group: 'rejected' } as const;
const passed: Verdict = { kind: 'passed' };
const refused: Verdict = {
  kind: 'inconclusive',
  reason: 'the twin was refused with 401: "Authentication credentials were not provided."',
};
const noState: Verdict = { kind: 'skipped', reason: 'the target cannot keep a life cycle' };
const page = 'events_events_list/query.page_size/maximum/rejected';

const rows: readonly Row[] = [
  {
    ...list,
    id: 'query.page_size/maximum/rejected',
    check: 'rejected.maximum',
    title: 'a page_size above 100 is refused',
    verdict: failed(page),
  },
  {
    ...list,
    id: 'query.page/minimum/rejected',
    check: 'rejected.minimum',
    title: 'a page below 1 is refused',
    verdict: failed(page),
  },
  {
    ...list,
    id: 'query.ordering/enum/rejected',
    check: 'rejected.enum',
    title: 'an ordering that is not listed is refused',
    verdict: failed('events_events_list/query.ordering/enum/rejected'),
  },
  {
    ...list,
    id: 'query.page/type/rejected',
    check: 'rejected.type',
    title: 'a page that is no integer is refused',
    verdict: passed,
  },
  {
    ...list,
    group: 'accepted',
    id: 'query.page/minimum/accepted',
    check: 'accepted.minimum',
    title: 'a page of 1 is accepted',
    verdict: passed,
  },
  {
    ...list,
    group: 'exchange',
    id: 'exchange/status',
    check: 'exchange.status',
    title: 'each status is documented',
    verdict: passed,
  },
  {
    ...list,
    group: 'exchange',
    id: 'exchange/body',
    check: 'exchange.body',
    title: 'each body is valid',
    verdict: passed,
  },
  {
    ...list,
    group: 'credentials',
    id: 'credentials/none',
    check: 'credentials.none',
    title: 'without credentials it is refused',
    verdict: passed,
  },
  {
    operation: createEvent,
    group: 'exchange',
    id: 'exchange/header',
    check: 'exchange.header',
    title: 'a 429 says when to come back',
    grade: 'should',
    verdict: failed('events_events_create/exchange/header'),
  },
  {
    operation: createEvent,
    group: 'rejected',
    id: 'body/required/rejected',
    check: 'rejected.required',
    title: 'a body without action is refused',
    verdict: refused,
  },
  {
    operation: createEvent,
    group: 'rejected',
    id: 'body.app/type/rejected',
    check: 'rejected.type',
    title: 'an app that is no text is refused',
    verdict: refused,
  },
  {
    operation: createEvent,
    group: 'concurrency',
    id: 'concurrency/ids',
    check: 'concurrency.ids',
    title: 'parallel creates have different ids',
    verdict: noState,
  },
  {
    operation: createEvent,
    group: 'lifecycle',
    id: 'lifecycle/read-equals-written',
    check: 'lifecycle.read-equals-written',
    title: 'what was written is read back',
    verdict: noState,
  },
  {
    operation: readEvent,
    group: 'exchange',
    id: 'exchange/body',
    check: 'exchange.body',
    title: 'the body of a 200 is valid',
    verdict: failed('events_events_retrieve/exchange/body'),
  },
  {
    operation: readEvent,
    group: 'exchange',
    id: 'exchange/status',
    check: 'exchange.status',
    title: 'each status is documented',
    verdict: passed,
  },
  {
    operation: readEvent,
    group: 'credentials',
    id: 'credentials/none',
    check: 'credentials.none',
    title: 'without credentials it is refused',
    verdict: passed,
  },
];

function resultOf({ operation, group, id, check, title, verdict, grade = 'must' }: Row): ObligationResult {
  const obligation = { id: `${operation.key}/${id}`, group, check, operation, grade, title };
  return { obligation, verdict };
}

/** A report with every verdict, grade, label and opinion in it. */
export const sampleReport: Report = {
  version: 1,
  tool: { name: 'apidouble', version: '0.1.0' },
  document: { uri: '/repo/openapi.yaml', title: 'authentik events', version: '2024.6.0' },
  target: { url: 'http://127.0.0.1:8000/api/v3', basePath: '/api/v3', basePathFrom: 'target' },
  seed: '4f2a9c',
  startedAt: '2026-11-23T10:00:00.000Z',
  seconds: 4.21,
  requests: 412,
  obligations: { total: 16, passed: 7, failed: 4, warned: 1, inconclusive: 2, skipped: 2 },
  coverage: {
    operations: { promised: 3, tried: 3 },
    statusCodes: { promised: 12, tried: 7 },
    parameters: { promised: 14, tried: 11 },
    keywords: { promised: 40, tried: 33 },
  },
  results: rows.map(resultOf),
  findings,
  notes: ['POST /events/events/ refuses valid requests with 429: "Slow down." Give --rate.'],
};

/** Text that would run, break out or mislead in each of the formats. */
export const hostileText: string = [
  '</script><script>window.hacked=1</script>',
  '<img src=x onerror="window.hacked=1">',
  `"' onmouseover='window.hacked=1' x="`,
  '<!--',
  ']]>',
  '&amp;&#0;',
  '::error::owned',
  '\r\n::add-mask::x\n%0A',
  '\u0000\u0008\u001b[31m\ufffe\ud800',
  '`code` | **bold** [link](javascript:alert(1)) ```',
  '\u2028\u202e',
  '$& $1',
].join(' ');

/** The sample with the hostile text wherever a server or a document has a say. */
export function hostileReport(text: string = hostileText): Report {
  const request = {
    method: text,
    url: text,
    headers: [[text, text]] as const,
    body: { encoding: 'utf8', content: text } as const,
    curl: text,
  };
  const finding = makeFinding({
    id: text,
    check: text,
    operation: { method: 'GET', path: text, operationId: text },
    title: text,
    message: text,
    cause: text,
    opinions: { ours: text, prism: text },
    expected: text,
    seen: text,
    request,
    steps: [{ request, status: 200 }],
    response: { status: 200, headers: [[text, text]], body: { encoding: 'utf8', content: text } },
    document: { file: text, line: 1, column: 1, pointer: text },
  });
  const operation: OperationReference = {
    key: text,
    method: 'GET',
    path: text,
    operationId: text,
    tags: [text],
  };
  const base = { id: text, group: 'exchange', check: text, operation, grade: 'must', title: text } as const;
  return {
    ...sampleReport,
    document: { uri: text, title: text, version: text },
    target: { url: text, basePath: text, basePathFrom: 'document' },
    seed: text,
    results: [
      { obligation: base, verdict: { kind: 'failed', finding: text } },
      { obligation: base, verdict: { kind: 'inconclusive', reason: text } },
      { obligation: base, verdict: { kind: 'skipped', reason: text } },
    ],
    findings: [finding],
    notes: [text],
  };
}
