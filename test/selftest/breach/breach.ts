/** Something that a request has or lacks. */
export type Condition =
  | { readonly has: 'query' | 'header'; readonly name: string; readonly with?: string }
  | { readonly lacks: 'query' | 'header'; readonly name: string }
  | { readonly body: string }
  | { readonly target: string };

/** Which exchanges a breach is about: those that everything given fits. */
export interface Scope {
  readonly method?: string;
  /** A path template with the base path: `/api/books/{bookId}`. */
  readonly path?: string;
  /** A status, or a hundred of them: `2`. Says nothing to a breach that does not wait for the answer. */
  readonly status?: number;
  /** Part of the answer's Content-Type. */
  readonly type?: string;
  readonly when?: readonly Condition[];
}

/** What becomes of a place in a JSON body. */
export type Change =
  | { readonly drop: true }
  | { readonly set: unknown }
  /** Changes the value with what it is. */
  | { readonly map: (value: unknown) => unknown };

/** One promise that is broken, told so that it can be broken for any target and document. */
export type Breach =
  | { readonly kind: 'status'; readonly to: number }
  /** Without a value the field is removed. */
  | { readonly kind: 'header'; readonly name: string; readonly value?: string }
  | { readonly kind: 'body'; readonly to: 'empty' | 'half' | 'html' | 'latin1' | 'text' }
  /** `at` is a path of keys with `*` for every item: `results.*.title`. Places that are not there are made, not dropped. */
  | { readonly kind: 'member'; readonly at: string; readonly change: Change }
  | { readonly kind: 'text'; readonly from: string; readonly to: string }
  /** The answer is a 500 with a stack trace for a body. */
  | { readonly kind: 'crash' }
  /** The trace stands in the detail of a problem. */
  | { readonly kind: 'trace' }
  /** The request is refused, whatever it is. */
  | { readonly kind: 'refuse'; readonly status: number }
  /** The target sees another field, or none. */
  | { readonly kind: 'request-header'; readonly name: string; readonly value?: string }
  /** The target sees another parameter, or none. */
  | { readonly kind: 'request-query'; readonly name: string; readonly value?: string }
  /** What would be refused is answered like a request before it that was good. */
  | { readonly kind: 'swallow'; readonly statuses: readonly number[] }
  /** The first answer to a target is the answer to it for ever. */
  | { readonly kind: 'stale' }
  /** What was deleted is still answered. */
  | { readonly kind: 'undead' }
  /** A DELETE of what is there is not passed on, but answered with a 204. */
  | { readonly kind: 'pretend' }
  /** The request is passed on twice. */
  | { readonly kind: 'twice' }
  /** Of requests that come together each is given the target of the last. */
  | { readonly kind: 'mix' };
