import { createMock, type Mock, type MockHandler } from '../../src/index.ts';
import type { Capability, ClientOptions, DescribeContractOptions } from '../../src/vitest/index.ts';

/*
 * What the suite runs on. Without APIDOUBLE_TARGET: the mock, in process. With it: the deployment at that URL, which is only read
 * unless APIDOUBLE_WRITES=1. Credentials are APIDOUBLE_AUTH_<SCHEME>; the document's scheme is called "authentik".
 */

const url = process.env.APIDOUBLE_TARGET;
const capabilities: readonly Capability[] = ['lifecycle', 'paging', 'filters', 'credentials', 'concurrency'];
const mockToken = 'a-token-that-the-mock-takes';

/** The token of a user who may do everything. */
export const token: string | undefined =
  process.env.APIDOUBLE_AUTH_AUTHENTIK ?? (url === undefined ? mockToken : undefined);

/** Whether tests may change anything. */
export const mayWrite: boolean = url === undefined || process.env.APIDOUBLE_WRITES === '1';

/** What a deployment cannot do, such as a mock that listens: APIDOUBLE_WITHOUT=lifecycle,paging,filters,concurrency. */
const without: DescribeContractOptions['without'] = process.env.APIDOUBLE_WITHOUT?.split(',').map(capability);

function capability(name: string): Capability {
  const known = capabilities.find((one) => one === name);
  if (known !== undefined) return known;
  throw new Error(
    `Cannot do without "${name}" in APIDOUBLE_WITHOUT: it is no capability. Choose among ${capabilities.join(', ')}.`,
  );
}

/** Whether what is written is there afterwards. */
export const keepsState: boolean = without?.includes('lifecycle') !== true;

/** Whether the figures are in the order that they have in authentik: the mock of this suite is taught it, others are not. */
export const keepsOrder: boolean = keepsState;

export const document: string = new URL('../../openapi.yaml', import.meta.url).pathname;

/** Teaches the mock what the document cannot say: that an answer is sorted. */
function sortedBy(field: string, direction: 1 | -1): MockHandler {
  return async (_context, _request, tools) => {
    const answer = await tools.generate();
    const rows = answer.body as Record<string, number>[];
    const body = rows.toSorted((left, right) => direction * ((left[field] ?? 0) - (right[field] ?? 0)));
    return { ...answer, body };
  };
}

const mock: Mock | undefined =
  url === undefined
    ? await createMock({
        document,
        source: 'dynamic',
        seed: 'contracts',
        fixtures: new URL('../../fixtures/events', import.meta.url).pathname,
        credentials: { authentik: mockToken },
        handlers: {
          events_events_per_month_list: sortedBy('x_cord', 1),
          events_events_top_per_user_list: sortedBy('counted_events', -1),
        },
      })
    : undefined;

/** What `createClient` takes. */
export const client: ClientOptions = {
  document,
  target: mock ?? url ?? '',
  ...(token === undefined ? {} : { auth: { authentik: token } }),
};

/** What `describeContract` takes. */
export const contract: DescribeContractOptions = {
  ...client,
  writes: mayWrite,
  seed: 'contracts',
  ...(without === undefined ? {} : { without }),
};
