import { type Exchange, type HttpRequest, splitTarget } from '../../http/index.ts';
import { isSafe } from '../sending/is-safe.ts';
import { isSuccess } from './run.ts';

/** Writes down the exchanges of a run, so that a promise about several of them can be shown with all that led to its end. */
export interface Tape {
  heard(exchange: Exchange): void;
  /** Does some work, and gives what it came to with the exchanges that it took. */
  during<Result>(work: () => Promise<Result>): Promise<{ result: Result; exchanges: readonly Exchange[] }>;
  /**
   * The steps that lead to the last exchange: what was made and changed on the way, and what was read at the same place before.
   * What only made other things is left out, but where things were done `together` on purpose.
   */
  storyOf(
    exchanges: readonly Exchange[],
    last: Exchange,
    options?: { readonly together?: boolean },
  ): readonly Exchange[];
}

const mostSteps = 12;
const mostWrites = 300;
/** Bytes of an answer that is kept to know what was made by it. */
const longestKept = 65_536;

/** Makes an empty tape. */
export function createTape(): Tape {
  const running = new Set<Exchange[]>();
  const writes: Exchange[] = [];
  return {
    heard(exchange) {
      for (const exchanges of running) exchanges.push(exchange);
      const { request, response } = exchange;
      const isKept = /^(?:POST|DELETE)$/.test(request.method) && isSuccess(response.status);
      if (!isKept || exchange.response.body.length > longestKept) return;
      writes.push(exchange);
      if (writes.length > mostWrites) writes.shift();
    },
    async during(work) {
      const exchanges: Exchange[] = [];
      running.add(exchanges);
      try {
        return { result: await work(), exchanges };
      } finally {
        running.delete(exchanges);
      }
    },
    storyOf(exchanges, last, { together = false } = {}) {
      const end = exchanges.lastIndexOf(last);
      const before = end === -1 ? exchanges : exchanges.slice(0, end);
      const own = before.filter((one) => !isSafe(one.request.method) || pathOf(one) === pathOf(last));
      const steps = withoutRepeats(together ? [...own, last] : needed(own, last));
      const earlier = writes.filter(
        (one) => !steps.includes(one) && steps.some((step) => leadsTo(one, step)),
      );
      const inList = own.some(isWrite) ? undefined : writes.findLast((one) => isIn(one, last));
      const listed = inList === undefined || earlier.includes(inList) ? [] : [inList];
      return [...earlier, ...listed, ...steps].slice(-mostSteps);
    },
  };
}

/** Of what was done before, the last change, and what it and the last exchange need: no thing that nobody asks for later. */
function needed(before: readonly Exchange[], last: Exchange): readonly Exchange[] {
  const cause = before.findLast(isWrite);
  const steps = [last];
  for (const one of before.toReversed()) {
    const isNeeded =
      one === cause ||
      !isWrite(one) ||
      (isSuccess(one.response.status) && steps.some((step) => leadsTo(one, step) || isIn(one, step)));
    if (isNeeded) steps.unshift(one);
  }
  return steps;
}

function isWrite({ request }: Exchange): boolean {
  return !isSafe(request.method);
}

/** Whether a write changed which things there are in the list that a step reads. */
function isIn(write: Exchange, step: Exchange): boolean {
  if (isWrite(step)) return false;
  const [list, path] = [step, write].map((one) => pathOf(one).replace(/\/+$/, ''));
  if (list === undefined || path === undefined) return false;
  if (write.request.method === 'POST') return path === list;
  return write.request.method === 'DELETE' && path.slice(0, path.lastIndexOf('/')) === list;
}

/** Of a request that was sent again while nothing was written, the last one: it was asked whether something shows yet. */
function withoutRepeats(steps: readonly Exchange[]): readonly Exchange[] {
  return steps.filter((step, index) => {
    const later = steps.slice(index + 1);
    const nextWrite = later.findIndex(isWrite);
    const until = nextWrite === -1 ? later : later.slice(0, nextWrite);
    return isWrite(step) || !until.some((one) => isSame(one.request, step.request));
  });
}

function isSame(one: HttpRequest, other: HttpRequest): boolean {
  return (
    one.method === other.method &&
    one.target === other.target &&
    one.headers.flat.join('\n') === other.headers.flat.join('\n')
  );
}

function pathOf({ request }: Exchange): string {
  return splitTarget(request.target).path;
}

/** Whether a step is about what an exchange made, or removed. */
function leadsTo(write: Exchange, step: Exchange): boolean {
  return write.request.method === 'POST' ? names(write, step) : pathOf(write) === pathOf(step);
}

/** Whether a path goes on from that of a creation with something that its answer names. */
function names(making: Exchange, step: Exchange): boolean {
  const collection = pathOf(making).replace(/\/+$/, '');
  const path = pathOf(step);
  if (!path.startsWith(`${collection}/`)) return false;
  const [id = ''] = path.slice(collection.length + 1).split('/');
  const { headers, body } = making.response;
  const answer = `${headers.get('location') ?? ''} ${Buffer.from(body).toString('utf8')}`;
  return id !== '' && answer.split(/[^\w%.~-]+/).includes(id);
}
