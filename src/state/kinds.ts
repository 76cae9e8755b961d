import { isApidoubleError } from '../core/index.ts';
import type { ApiDocument, ApiOperation } from '../document/index.ts';
import {
  type ApiPlan,
  ancestorsOf,
  correctionOf,
  findProperty,
  inferParts,
  type KeptPart,
  knownListOf,
  type ListParameters,
  type ListShape,
  listParametersOf,
  mediaSchema,
  type PartIndex,
  type PartRole,
  type PathMember,
  type PropertyPath,
  plainPath,
  type Resource,
  successMedia,
} from '../plan/index.ts';
import { type Kind, kindOf, type MakerSettings } from './kind.ts';
import type { OrderKey } from './order.ts';

/** How a list shows what is kept. */
export interface ListFacts {
  readonly shape: ListShape;
  readonly parameters: ListParameters;
  readonly created: OrderKey | undefined;
  /** The properties that filters look up by their value. */
  readonly filtered: readonly PropertyPath[];
}

/** An operation's part in the things of a kind. */
export interface KindPart extends KeptPart {
  readonly kind: Kind;
  /** The path of the collection that it acts in, variables without names: of a list below another thing, that of the list itself. */
  readonly collectionPath: string;
  /** The members of a thing that name its owners. */
  readonly ownedBy: readonly (PathMember | undefined)[];
}

/** What a document's operations have to do with what is kept. */
export interface Kinds {
  /** The part of an operation; `undefined` where its answer is not the state's. */
  partOf(operation: ApiOperation): KindPart | undefined;
  kindOf(resource: Resource): Kind | undefined;
  /** The kind that what is at a path stands below: `/users` for `/users/{}/posts`. */
  parentOf(path: string): Kind | undefined;
  listFacts(operation: ApiOperation, kind: Kind): ListFacts | undefined;
  readonly resources: readonly Resource[];
}

/** Finds the kinds of a document; the schemas of each are read on its first use. */
export function createKinds(document: ApiDocument, plan: ApiPlan, settings: MakerSettings): Kinds {
  const index = inferParts(document);
  const resources = [...new Set([...index.values()].map(({ resource }) => resource))];
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  const kinds = new Map<Resource, Kind | undefined>();
  const parts = new Map<ApiOperation, KindPart>();
  const lists = new Map<ApiOperation, ListFacts | undefined>();

  function find(resource: Resource): Kind | undefined {
    if (!kinds.has(resource))
      kinds.set(resource, readKind(resource, plan, { settings, elsewhere: elsewhereOf(index, resource) }));
    return kinds.get(resource);
  }

  return {
    resources,
    kindOf: find,
    partOf(operation) {
      const known = parts.get(operation);
      if (known !== undefined) return known;
      const part = index.get(operation);
      const kind = part === undefined ? undefined : find(part.resource);
      if (part === undefined || kind === undefined) return undefined;
      const members = ancestorsOf(operation.path, kind.properties, kind.idProperty);
      const ownedBy = part.owners.map((name) => members.get(name));
      const found = { ...part, kind, collectionPath: collectionPathOf(operation, part), ownedBy };
      parts.set(operation, found);
      return found;
    },
    parentOf(name) {
      const end = name.lastIndexOf('/{}');
      const parent = end === -1 ? undefined : byName.get(name.slice(0, end));
      return parent === undefined ? undefined : find(parent);
    },
    listFacts(operation, kind) {
      if (!lists.has(operation))
        lists.set(operation, readList(operation, plan, { kind, part: index.get(operation) }));
      return lists.get(operation);
    },
  };
}

function collectionPathOf({ path }: ApiOperation, { owners, role }: KeptPart): string {
  const plain = plainPath(path);
  if (owners.length > 0 || role === 'list' || role === 'create') return plain;
  const end = role === 'action' || plain.endsWith('/{}') ? plain.lastIndexOf('/{}') : plain.length;
  return plain.slice(0, end);
}

/** The roles of operations whose paths are not the resource's own. */
function elsewhereOf(index: PartIndex, resource: Resource): ReadonlySet<PartRole> {
  const own = new Set(Object.values(resource.operations));
  const others = [...index].filter(([operation, part]) => part.resource === resource && !own.has(operation));
  return new Set(others.map(([, { role }]) => role));
}

/** What cannot be compiled is not kept: its operations answer with what is wrong, as they do without state. */
function readKind(
  resource: Resource,
  plan: ApiPlan,
  parts: { readonly settings: MakerSettings; readonly elsewhere: ReadonlySet<PartRole> },
): Kind | undefined {
  try {
    return kindOf(resource, plan, parts);
  } catch (fault) {
    if (!isApidoubleError(fault) || fault.code === 'ERR_OPTION' || fault.code === 'ERR_INTERNAL') throw fault;
    return undefined;
  }
}

function readList(
  operation: ApiOperation,
  plan: ApiPlan,
  { kind: { resource, schema }, part }: { readonly kind: Kind; readonly part: KeptPart | undefined },
): ListFacts | undefined {
  const media = successMedia(plan.compile(operation));
  const shape =
    media === undefined
      ? undefined
      : knownListOf(mediaSchema(media.object), [resource.noun], correctionOf(operation).items);
  if (shape === undefined) return undefined;
  const named = new Set([...(part?.parents ?? []), ...(part?.owners ?? []), part?.id]);
  const free = operation.parameters.flatMap(({ name, in: place }) =>
    place === 'path' && !named.has(name) ? name : [],
  );
  const parameters = listParametersOf(operation, { itemSchema: schema }, free);
  const path = parameters.newestFirst
    ? (findProperty(schema, 'created') ?? findProperty(schema, 'created_at'))
    : undefined;
  return {
    shape,
    parameters,
    created: path === undefined ? undefined : { path, descending: true },
    filtered: parameters.filters.flatMap((one) => (one.operator === 'equals' ? [one.path] : [])),
  };
}
