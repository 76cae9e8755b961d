import { ApidoubleError, type Finding } from '../core/index.ts';
import type { ApiOperation } from '../document/index.ts';
import type { HttpRequest } from '../http/index.ts';
import type { ApiPlan, OperationPlan } from '../plan/index.ts';
import { type RequestReading, readRequest } from '../request/index.ts';
import { readWish, type Wish } from '../response/index.ts';
import type { RouteMatch } from '../route/index.ts';
import type { RawParameters } from '../wire/index.ts';
import type { JournalEntry } from './mock.ts';
import { sessionOf } from './session.ts';

/** One request on its way through the mock: what is known of it so far. Made once, filled in as it goes. */
export interface Call {
  readonly request: HttpRequest;
  readonly wish: Wish;
  /** The world that it belongs to; `''` is the one that all share. */
  readonly session: string;
  match?: RouteMatch;
  operation?: ApiOperation;
  plan?: OperationPlan;
  reading?: RequestReading;
  readonly findings: Finding[];
  /** What the schemes of all alternatives lack: findings only where no alternative holds. */
  readonly lacking: Finding[];
  /** Why the answer is as it is; `giveReason` adds to it. */
  reason: readonly string[];
  /** What the scenarios have done about it. */
  played?: Played;
  /** The answer may break the document, even where errors are asked for: its scenario says so. */
  mayBreak?: true;
}

/** The rule of a scenario that answered, or those that stand for the operation where none of them fitted. */
export type Played = Pick<JournalEntry, 'scenario' | 'near'>;

/** A request at the beginning of its way: its wish and its session are read, nothing else. */
export function createCall(request: HttpRequest): Call {
  return {
    request,
    wish: readWish(request),
    session: sessionOf(request),
    findings: [],
    lacking: [],
    reason: nothing,
  };
}

const nothing: readonly string[] = [];

/** Adds lines to a call's reason. Most answers have the lines of their choice alone: those are kept, not copied. */
export function giveReason(call: Call, lines: readonly string[]): void {
  call.reason = call.reason.length === 0 ? lines : [...call.reason, ...lines];
}

/** The request decoded and judged; done once, when it is first asked for. */
export function readingOf(call: Call, plan: OperationPlan): RequestReading {
  call.reading ??= readRequest(plan, call.request, rawParameters(call));
  return call.reading;
}

function rawParameters({ request, match }: Call): RawParameters {
  const found = match?.kind === 'found' ? match : undefined;
  return {
    path: found?.rawPathParameters ?? {},
    query: found?.query ?? '',
    header: (name) => request.headers.get(name),
    cookie: request.headers.get('cookie') ?? '',
  };
}

/** The compiled operation of a call. Throws what `compile` throws for a broken one. */
export function planOf(call: Call, plan: ApiPlan): OperationPlan {
  if (call.operation === undefined)
    throw new ApidoubleError(
      'ERR_INTERNAL',
      'Cannot plan a call: no operation was found for it. This is a bug.',
    );
  call.plan ??= plan.compile(call.operation);
  return call.plan;
}
