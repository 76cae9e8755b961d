import type { Capability } from '../contract/index.ts';
import type { HttpRequest, Target } from '../http/index.ts';

/** What a suite can run on: a URL, a mock (or anything that sends), or a function from request to response. */
export type ContractTarget = string | URL | Target | { readonly send: Target };

/** A target in the form that the engine takes, with what it cannot do. */
export interface ResolvedTarget {
  readonly target: string | URL | Target;
  readonly without: readonly Capability[];
}

/** Our mock keeps nothing: what was created is not there afterwards. */
const withoutState: readonly Capability[] = ['lifecycle', 'paging', 'filters', 'concurrency'];

/** Reads a target. A mock without state declares what it cannot promise; a URL can do everything. */
export function resolveTarget(target: ContractTarget): ResolvedTarget {
  if (typeof target === 'string' || typeof target === 'function' || target instanceof URL) {
    return { target, without: [] };
  }
  const isStateless = 'document' in target && !('state' in target);
  return {
    target: (request: HttpRequest, options) => target.send(request, options),
    without: isStateless ? withoutState : [],
  };
}
