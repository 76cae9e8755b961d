import type { HttpRequest, HttpResponse } from '../../../src/http/index.ts';
import type { Node, Operation } from '../document.ts';
import { Refusal } from './answer.ts';
import type { Room } from './room.ts';

/** Somebody the server knows. */
export interface Identity {
  readonly name: string;
  readonly roles: readonly string[];
}

/** A request that was let in and keeps the document: what a handler works on. */
export interface Call {
  readonly request: HttpRequest;
  readonly operation: Operation;
  /** Values of parameters by place and name: `query.page_size`. Defaults are filled in. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly body: unknown;
  /** `nobody` where the operation is public. */
  readonly who: Identity;
  readonly room: Room;
  /** `true` where the server shows things as missing that belong to somebody else. */
  readonly hidesOthers: boolean;
}

/** Answers a call. May throw a `Refusal`. */
export type Handler = (call: Call) => HttpResponse | Promise<HttpResponse>;

/** The book that the path names; refuses with 404 where there is none. */
export function bookOf(call: Call, books: ReadonlyMap<string, Node>): Node {
  const book = books.get(String(call.values.get('path.bookId')).toLowerCase());
  if (book === undefined) throw new Refusal(404, 'There is no such book.');
  return book;
}
