import type { ApiOperation } from '../../document/index.ts';
import type { ResourceRole } from './infer-resources.ts';
import type { Paging } from './paging.ts';

/** What a person says of an operation, where the inference would say something else. What is absent is inferred. */
export interface Correction {
  /** What the operation does to a resource; `false`: it has no part in the life of any. */
  readonly role?: ResourceRole | false;
  /** The path of the collection that it belongs to: `/events/events/`. */
  readonly collection?: string;
  /** The property of an item that the last variable of the path names. */
  readonly id?: string;
  /** The place of the items in the answer, as a JSON pointer; empty where the answer is the list. `false`: it is no list. */
  readonly items?: string | false;
  /** The query parameters by which it is paged; `false`: by none. */
  readonly paging?:
    | (Partial<Pick<Paging, 'page' | 'size' | 'offset' | 'cursor'>> & { readonly firstPage?: number })
    | false;
  /** Query parameter to the property of the items that it filters by; `false`: it is no filter. */
  readonly filters?: Readonly<Record<string, string | false>>;
  /** The query parameter that orders the list; `false`: none does. */
  readonly ordering?: string | false;
  /** The query parameter that searches the list; `false`: none does. */
  readonly search?: string | false;
  /** The property of the body that carries the marker of a run, as a JSON pointer; `false`: none can. */
  readonly marker?: string | false;
}

const known = new WeakMap<ApiOperation, Correction>();
const nothing: Correction = Object.freeze({});

/** What `x-apidouble` says of an operation, in the document or in the configuration. Members of a wrong type are left out; `lint` tells them. */
export function correctionOf(operation: ApiOperation): Correction {
  const given = operation.extensions['x-apidouble'];
  if (given === undefined) return nothing;
  const correction = known.get(operation) ?? readCorrection(given);
  known.set(operation, correction);
  return correction;
}

const roles: readonly unknown[] = [
  'list',
  'create',
  'read',
  'replace',
  'update',
  'delete',
] satisfies ResourceRole[];
const isText = (value: unknown): boolean => typeof value === 'string';
const isPointer = (value: unknown): boolean => typeof value === 'string' && /^(?:\/.*)?$/s.test(value);
const orNone =
  (is: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === false || is(value);

const shapes: Readonly<Record<keyof Correction, (value: unknown) => boolean>> = {
  role: orNone((value) => roles.includes(value)),
  collection: isText,
  id: isText,
  items: orNone(isPointer),
  paging: orNone(isPaging),
  filters: (value) => isRecord(value) && Object.values(value).every(orNone(isText)),
  ordering: orNone(isText),
  search: orNone(isText),
  marker: orNone(isPointer),
};

function isPaging(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { firstPage, ...names } = value;
  return (
    (firstPage === undefined || firstPage === 0 || firstPage === 1) && Object.values(names).every(isText)
  );
}

function readCorrection(given: unknown): Correction {
  if (!isRecord(given)) return nothing;
  const good = Object.entries(shapes).filter(
    ([name, isGood]) => Object.hasOwn(given, name) && isGood(given[name]),
  );
  return Object.freeze(Object.fromEntries(good.map(([name]) => [name, given[name]])));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
