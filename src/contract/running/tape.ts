import { type Exchange, type HttpRequest, splitTarget } from '../../http/index.ts';
import { isSafe } from '../sending/is-safe.ts';
import { isSuccess } from './run.ts';

/** Writes down the exchanges of a run, so that a promise about several of them can be shown with all that led to its end. */
export interface Tape {
  heard(exchange: Exchange): void;
  /** Does some work, and gives what it came to with the exchanges that it took. */
  during<Result>(work: () => Promise<Result>): Promise<{ result: Result; exchanges: readonly Exchange[] }>;
  /** The steps that lead to the last exchange: what was made and changed on the way, and what was read at the same place before. */
  storyOf(exchanges: readonly Exchange[], last: Exchange): readonly Exchange[];
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
    storyOf(exchanges, last) {
      const end = exchanges.lastIndexOf(last);
      const before = end === -1 ? exchanges : exchanges.slice(0, end);
      const own = before.filter((one) => !isSafe(one.request.method) || pathOf(one) === pathOf(last));
      const steps = withoutRepeats([...own, last]);
      const earlier = writes.filter(
        (one) => !steps.includes(one) && steps.some((step) => leadsTo(one, step)),
      );
      return [...earlier, ...steps].slice(-mostSteps);
    },
  };
}

/** Of a request that was sent again while nothing was written, the last one: it was asked whether something shows yet. */
function withoutRepeats(steps: readonly Exchange[]): readonly Exchange[] {
  return steps.filter((step, index) => {
    const later = steps.slice(index + 1);
    const nextWrite = later.findIndex(({ request }) => !isSafe(request.method));
    const until = nextWrite === -1 ? later : later.slice(0, nextWrite);
    return !isSafe(step.request.method) || !until.some((one) => isSame(one.request, step.request));
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
