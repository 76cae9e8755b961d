import { valueAt } from '../../core/index.ts';
import type { ApiOperation } from '../../document/index.ts';
import type { HttpRequest } from '../../http/index.ts';
import {
  correctionOf,
  type ListShape,
  listShapeOf,
  nounOf,
  type OperationPlan,
  type Paging,
} from '../../plan/index.ts';
import { follow } from '../../schema/index.ts';
import { pagingFor } from '../planning/plan-values.ts';
import { bodyOf, responseSchema } from '../running/read-thing.ts';
import { type CallOptions, isSuccess, type Run } from '../running/run.ts';
import { authorize } from '../sending/authorize.ts';
import { ask, type Seen } from './journey.ts';

/** One page of a list. */
export interface Page {
  readonly items: readonly unknown[];
  readonly total: number | undefined;
  /** Whether the document lets a page be empty: else none tells that the list is over. */
  readonly mayBeEmpty: boolean;
  /** The cursor, or the address, of the page that follows; `null` where the list says that there is none. */
  readonly next: string | number | null | undefined;
  readonly seen: Seen;
}

/** A list from its first page to its last. */
export interface WholeList {
  readonly items: readonly unknown[];
  readonly pages: readonly Page[];
  readonly total: number | undefined;
  /** Whether the end was reached. */
  readonly complete: boolean;
  /** Whether there may be more, and nothing says how to ask for it. */
  readonly lost: boolean;
}

/** What is asked of a list. */
export interface ListAsk {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly cookie?: Readonly<Record<string, unknown>>;
  /** Items on a page. Default: as many as are allowed, at most 100. */
  readonly size?: number;
  readonly mostPages?: number;
  readonly as?: NonNullable<CallOptions['as']>;
}

/** Asks for one page. */
export async function readPage(run: Run, operation: ApiOperation, asked: ListAsk): Promise<Page | undefined> {
  const { size: _, mostPages: __, ...parts } = asked;
  const query = { ...startOf(operation, pagingFor(operation)), ...parts.query };
  const seen = await ask(run, operation, { name: 'list', ...parts, query });
  return seen === undefined ? undefined : pageOf(run.api.compile(operation), seen);
}

/** Where the answer of an operation has its items, by its 200; `undefined` where it is no list. */
export function shapeOfList(plan: OperationPlan): ListShape | undefined {
  const { operation } = plan;
  return listShapeOf(responseSchema(plan, 200), [nounOf(operation.path)], correctionOf(operation).items);
}

function pageOf(plan: OperationPlan, seen: Seen): Page | undefined {
  const shape = shapeOfList(plan);
  if (shape === undefined || !isSuccess(seen.status)) return undefined;
  const items = valueAt(seen.body, shape.items.map((key) => `/${key}`).join(''));
  if (!Array.isArray(items)) return undefined;
  const array = follow(shape.arraySchema);
  const mayBeEmpty = typeof array === 'boolean' || (array.minItems ?? 0) === 0;
  return { items, total: totalOf(shape, seen), mayBeEmpty, next: nextOf(shape, seen), seen };
}

function memberWith(shape: ListShape, seen: Seen, role: ListShape['members'][number]['role']): unknown {
  const member = shape.members.find((one) => one.role === role);
  return member === undefined ? undefined : valueAt(seen.body, member.path.map((key) => `/${key}`).join(''));
}

function totalOf(shape: ListShape, seen: Seen): number | undefined {
  const total = memberWith(shape, seen, 'total');
  return typeof total === 'number' ? total : undefined;
}

function nextOf(shape: ListShape, seen: Seen): Page['next'] {
  for (const role of ['cursor', 'next'] as const) {
    const value = memberWith(shape, seen, role);
    if (value === null || value === '') return null;
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return value === 0 ? null : value;
  }
  return undefined;
}

/** Reads a list page by page to its end. */
export async function readWholeList(
  run: Run,
  operation: ApiOperation,
  asked: ListAsk = {},
): Promise<WholeList | undefined> {
  const paging = pagingFor(operation);
  const size = Math.min(asked.size ?? 100, paging?.maxSize ?? 1000);
  const pages: Page[] = [];
  const mostPages = asked.mostPages ?? 40;
  let turn: Turn = firstTurn(paging, size);
  while (typeof turn === 'object' && pages.length < mostPages) {
    const page: Page | undefined = await readPage(run, operation, {
      ...asked,
      query: { ...asked.query, ...turn },
    });
    if (page === undefined) return pages.length === 0 ? undefined : whole(pages, 'end');
    pages.push(page);
    turn = nextTurn(paging, { size, pages, page });
  }
  return pages.length === 0 ? undefined : whole(pages, turn);
}

/** The query of the next page; or there is none, or none that is known. */
type Turn = Readonly<Record<string, unknown>> | 'end' | 'lost';

function whole(pages: readonly Page[], turn: Turn): WholeList {
  const items = pages.flatMap((page) => page.items);
  return { items, pages, total: pages[0]?.total, complete: turn === 'end', lost: turn === 'lost' };
}

function firstTurn(paging: Paging | undefined, size: number): Readonly<Record<string, unknown>> {
  return paging?.size === undefined ? {} : { [paging.size]: size };
}

/** Where the list begins, for a list that has to be told. */
function startOf(
  { parameters }: ApiOperation,
  paging: Paging | undefined,
): Readonly<Record<string, unknown>> {
  const isRequired = (name: string | undefined): name is string =>
    parameters.some((one) => one.name === name && one.in === 'query' && one.required);
  return {
    ...(isRequired(paging?.offset) ? { [paging.offset]: 0 } : {}),
    ...(isRequired(paging?.page) ? { [paging.page]: paging.firstPage } : {}),
  };
}

interface Turning {
  readonly size: number;
  readonly pages: readonly Page[];
  readonly page: Page;
}

function nextTurn(paging: Paging | undefined, { size, pages, page }: Turning): Turn {
  if (paging === undefined || page.items.length === 0 || page.next === null) return 'end';
  const first = firstTurn(paging, size);
  const count = pages.reduce((sum, { items }) => sum + items.length, 0);
  const told = toldTurn(paging, page);
  if (told !== undefined) return { ...first, ...told };
  if (page.next === undefined && page.total !== undefined && count >= page.total) return 'end';
  if (!page.mayBeEmpty && page.items.length < size) return 'lost';
  if (paging.page !== undefined) return { ...first, [paging.page]: paging.firstPage + pages.length };
  if (paging.offset !== undefined) return { ...first, [paging.offset]: count };
  return page.next === undefined && page.items.length < size ? 'end' : 'lost';
}

/** Where the page says that the list goes on: by a cursor, or by an address that has one. */
function toldTurn(
  { cursor, page: number }: Paging,
  { next, seen }: Page,
): Record<string, unknown> | undefined {
  if (cursor === undefined || typeof next !== 'string') return undefined;
  if (!/[/?]/.test(next)) return { [cursor]: next };
  const here = seen.exchange.request.origin + seen.exchange.request.target;
  const query = URL.canParse(next, here) ? new URL(next, here).searchParams : undefined;
  const token = query?.get(cursor);
  if (query === undefined || token === undefined || token === null) return undefined;
  const page = number === undefined ? null : query.get(number);
  return { [cursor]: token, ...(number === undefined || page === null ? {} : { [number]: Number(page) }) };
}

/** Follows the address of the next page as it was given, on the same origin only. */
export async function followNext(run: Run, plan: OperationPlan, page: Page): Promise<Page | undefined> {
  const { request } = page.seen.exchange;
  if (typeof page.next !== 'string' || !URL.canParse(page.next, request.origin + request.target))
    return undefined;
  const url = new URL(page.next, request.origin + request.target);
  if (url.origin !== new URL(request.origin).origin || !/[/?]/.test(page.next)) return undefined;
  const next: HttpRequest = { ...request, target: url.pathname + url.search };
  const outcome = await run.session.send(authorize(next, plan, { headers: {} }), { plan });
  if (outcome.kind !== 'answered') return undefined;
  const body = bodyOf(plan, outcome.exchange.response);
  return pageOf(plan, { status: outcome.status, body, exchange: outcome.exchange });
}
