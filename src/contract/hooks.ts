import { ApidoubleError } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import type { Exchange, HttpRequest } from '../http/index.ts';
import type { ContractIdentity, ExampleData } from './options.ts';
import type { OperationReference } from './report.ts';

/** What a hook before or after the requests is told. */
export interface RunContext {
  readonly document: ApiDocument;
  /** The target as it was named: a URL, or `in process`. */
  readonly target: string;
  readonly seed: string;
  /** Sends a request of the hook's own, from the target's origin; it counts for nothing, and no credential is added. */
  send(request: HookRequest): Promise<Exchange['response']>;
  /** Puts a line into the report's notes. */
  note(text: string): void;
}

/** A request of a hook's own. */
export interface HookRequest {
  readonly method?: string;
  /** From the target's origin: `/api/login?once`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text or bytes as they are; anything else as JSON. */
  readonly body?: unknown;
}

/** What a hook around one request is told. */
export interface RequestContext {
  readonly operation?: OperationReference;
  /** The id of the obligation that it is sent for, where it is one alone. */
  readonly obligation?: string;
}

/** What `setup` may give a run. */
export type Prepared = Pick<ContractIdentity, 'auth' | 'headers'> & { readonly exampleData?: ExampleData };

/** Functions of the user's own that a run calls. One that throws ends the run: `ERR_HOOK` says which, and what it said. */
export interface ContractHooks {
  /** Once, before the first request: makes what the run needs. What it gives is added to the options. */
  setup?(context: RunContext): Prepared | undefined | void | Promise<Prepared | undefined> | Promise<void>;
  /** Puts the server back to where it was: before the first request, between the phases, and at the end. */
  reset?(context: RunContext): void | Promise<void>;
  /** Before each request; what it gives is sent instead. */
  beforeRequest?(
    request: HttpRequest,
    context: RequestContext,
  ): HttpRequest | undefined | void | Promise<HttpRequest | undefined> | Promise<void>;
  /** After each answer, before it is judged. */
  afterResponse?(exchange: Exchange, context: RequestContext): void | Promise<void>;
}

/** Calls a hook, where there is one. Throws `ERR_HOOK` where it throws, unless that is because there is no server. */
export async function callHook<Result>(
  name: keyof ContractHooks,
  call: (() => Result | Promise<Result>) | undefined,
): Promise<Result | undefined> {
  if (call === undefined) return undefined;
  try {
    return await call();
  } catch (error) {
    if (error instanceof ApidoubleError && error.code === 'ERR_TARGET') throw error;
    throw new ApidoubleError(
      'ERR_HOOK',
      `Cannot run hook "${name}": it threw ${said(error)}. Correct the hook, or leave it out.`,
      { cause: error },
    );
  }
}

/** What a thrown thing says, with the place in the user's code where it was thrown. */
export function said(error: unknown): string {
  if (!(error instanceof Error)) return `"${String(error)}"`;
  const place = /^\s+at .*?\(?(?:file:\/\/)?([^\s()]+:\d+:\d+)\)?$/m.exec(error.stack ?? '')?.[1];
  return place === undefined ? `"${error.message}"` : `"${error.message}" (${place})`;
}
