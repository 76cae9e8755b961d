import type { MediaTypePlan, OperationPlan, PageWindow } from '../plan/index.ts';

/** What is asked of what is kept: a request that was decoded and judged. */
export interface Asked {
  readonly plan: OperationPlan;
  /** The media type that the success is written in; absent where it has no body. */
  readonly media: MediaTypePlan | undefined;
  readonly session: string;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Declared headers, decoded. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly header: (name: string) => string | undefined;
  /** The decoded body, and the media type that it was read as. */
  readonly body: { readonly value: unknown; readonly plan?: MediaTypePlan };
}

/** What came of it; how it is said is the mock's. */
export type Outcome =
  /** A success with this body; `undefined`: whatever its schema allows. */
  | {
      readonly kind: 'shown';
      readonly body: unknown;
      readonly tag?: string;
      readonly id?: string;
      readonly isNew?: boolean;
    }
  | { readonly kind: 'listed'; readonly rows: readonly unknown[]; readonly page: PageWindow }
  | { readonly kind: 'missing'; readonly detail: string }
  | { readonly kind: 'conflict'; readonly detail: string }
  /** What was sent cannot be taken, though the document lets it through. */
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'stale'; readonly detail: string }
  | { readonly kind: 'unchanged'; readonly tag: string }
  | { readonly kind: 'full'; readonly detail: string };
