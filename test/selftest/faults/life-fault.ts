import type { Breach, Scope } from '../breach/breach.ts';
import type { Ask, Client } from '../client.ts';
import type { Node } from '../document.ts';
import { fullBook } from '../messages.ts';
import type { Around } from './around.ts';
import { type Fault, type Plant, scopeOf } from './fault.ts';

/** A fault in the life of a resource, in short. */
export interface LifeRow {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly plant: Plant | Around;
  readonly probe: (send: Client) => Promise<unknown>;
  readonly clean: unknown;
  readonly faulty: unknown;
  /** Others that may rightly be blamed. */
  readonly orElse?: readonly string[];
}

/** A fault in the life of a resource. A bare handler is put around the operation's own. */
export function inLife({ operation, about, plant, orElse = [], ...row }: LifeRow): Fault {
  return {
    ...row,
    id: `life/${operation}/${about}`,
    group: 'life',
    plant:
      typeof plant === 'function' ? { by: 'server', options: { around: { [operation]: plant } } } : plant,
    expects: { operations: [operation, ...orElse], about },
  };
}

/** A breach of one operation's promise. */
export function wrapped(operation: string, breach: Breach, scope: Scope = {}): Plant {
  return { by: 'wrapper', scope: scopeOf(operation, scope), breach };
}

/** The path of the first book. */
export const first = '/books/00000001-0000-4000-8000-000000000001';
/** That of the second. */
export const second = '/books/00000002-0000-4000-8000-000000000002';
const merge = 'application/merge-patch+json';

/** Creates a book, and gives its path. */
export async function create(send: Client, change: Node = {}): Promise<string> {
  const answer = await send('POST /books', { body: { ...fullBook, ...change } });
  return `/books/${answer.at('id')}`;
}

/** A change of a book. */
export const patch = (body: Node): Ask => ({ body, type: merge });

/** The ids of the things in a list. */
export async function idsOf(send: Client, path: string, list: string): Promise<unknown[]> {
  const items = (await send(path)).at(list);
  return Array.isArray(items) ? items.map((item) => Object(item).id) : [];
}
