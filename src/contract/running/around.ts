import { isWireFailure } from '../../client/index.ts';
import type { ApiDocument } from '../../document/index.ts';
import { HeaderList, type HttpRequest, noBody, type Target } from '../../http/index.ts';
import { callHook, type HookRequest, type RunContext } from '../hooks.ts';
import type { ContractOptions } from '../options.ts';
import type { Destination } from './destination.ts';
import { nothingListens } from './nothing-listens.ts';

/** What a user's own functions do before, between and after the phases of a run. */
export interface Around {
  /** The options with what `setup` gave. Throws `ERR_HOOK`. */
  setUp(): Promise<ContractOptions>;
  /** Absent where there is no such hook. Throws `ERR_HOOK`. */
  readonly reset: (() => Promise<void>) | undefined;
}

interface Surroundings {
  readonly options: ContractOptions;
  readonly document: ApiDocument;
  readonly destination: Destination;
  readonly target: Target;
  readonly seed: string;
  readonly note: (text: string) => void;
}

/** Makes what goes around a run of the hooks in its options. */
export function createAround({ options, document, destination, target, seed, note }: Surroundings): Around {
  const { hooks } = options;
  const context: RunContext = {
    document,
    target: destination.url,
    seed,
    note,
    async send(request) {
      try {
        return await target(requestOf(request, destination));
      } catch (error) {
        throw isWireFailure(error) && error.kind === 'refused' ? nothingListens(destination.origin) : error;
      }
    },
  };
  return {
    async setUp() {
      const given =
        hooks?.setup === undefined ? undefined : await callHook('setup', () => hooks.setup?.(context));
      if (given === undefined || given === null) return options;
      const { auth, headers, exampleData } = given;
      return {
        ...options,
        auth: { ...options.auth, ...auth },
        headers: { ...options.headers, ...headers },
        ...(exampleData === undefined
          ? {}
          : { exampleData: mergeExampleData(options.exampleData, exampleData) }),
      };
    },
    reset:
      hooks?.reset === undefined
        ? undefined
        : async () => {
            await callHook('reset', () => hooks.reset?.(context));
          },
  };
}

/** Example data with more of it; where both have something, the latter wins. */
export function mergeExampleData(
  first: ContractOptions['exampleData'],
  second: ContractOptions['exampleData'],
): NonNullable<ContractOptions['exampleData']> {
  return {
    operations: { ...first?.operations, ...second?.operations },
    parameters: { ...first?.parameters, ...second?.parameters },
    properties: { ...first?.properties, ...second?.properties },
  };
}

function requestOf({ method, path, headers = {}, body }: HookRequest, { origin }: Destination): HttpRequest {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const own = HeaderList.from(Object.entries(headers));
  const typed = body === undefined || isRaw || own.has('content-type');
  return {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    target: path.startsWith('/') ? path : `/${path}`,
    origin,
    headers: typed ? own : own.with('Content-Type', 'application/json'),
    body: body === undefined ? noBody : Buffer.from(isRaw ? body : JSON.stringify(body)),
  };
}
