import type { Target } from '../../../src/http/index.ts';
import type { Breach, Scope } from '../breach/breach.ts';
import { breakPromise } from '../breach/break-promise.ts';
import type { Client } from '../client.ts';
import { type Operation, readOperations } from '../document.ts';
import { createReferenceServer, type ReferenceOptions } from '../server/serve.ts';

/** The parts of the suite's design, each with faults of its own. */
export const groups = [
  'exchange',
  'rejected',
  'accepted',
  'life',
  'credentials',
  'concurrency',
  'crash',
] as const;

export type Group = (typeof groups)[number];

/** How a fault gets into the clean server: the server is made otherwise, or a promise is broken around it. */
export type Plant =
  | { readonly by: 'server'; readonly options: ReferenceOptions }
  | { readonly by: 'wrapper'; readonly scope: Scope; readonly breach: Breach };

/** One promise of the document, broken. */
export interface Fault {
  /** Readable and stable: `rejected/listBooks/query.page_size/maximum`. */
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  readonly plant: Plant;
  /** What the suite should blame: one of these operations, for something like this. */
  readonly expects: { readonly operations: readonly string[]; readonly about: string };
  /** Shows only where bytes go over a socket as they are: it needs `listenVerbatim`. */
  readonly onWire?: true;
  /** A short script whose outcome is `clean` on the clean server and `faulty` on the one with the fault. */
  readonly probe: (send: Client) => Promise<unknown>;
  readonly clean: unknown;
  readonly faulty: unknown;
}

/** A target with the fault in it. It shares nothing with other targets. */
export function plantFault({ plant }: Fault): Target {
  if (plant.by === 'server') return createReferenceServer(plant.options).target;
  return breakPromise(createReferenceServer().target, plant.scope, plant.breach);
}

const operations = readOperations();

/** The scope of one operation's exchanges. */
export function scopeOf(operationId: string, rest: Scope = {}): Scope {
  const { method, path } = operationOf(operationId);
  return { method, path, ...rest };
}

/** Throws where the document has no such operation. */
export function operationOf(operationId: string): Operation {
  const operation = operations.get(operationId);
  if (operation === undefined)
    throw new Error(`Cannot plant a fault in ${operationId}: there is no such operation.`);
  return operation;
}
