import type { ApiDocument, ApiOperation } from '../document/index.ts';
import {
  type ApiPlan,
  correctionOf,
  findProperty,
  inferResources,
  type ListParameters,
  type ListShape,
  listParametersOf,
  listShapeOf,
  mediaSchema,
  type Resource,
  type ResourcePart,
  successMedia,
} from '../plan/index.ts';
import { type Kind, kindOf, type MakerSettings } from './kind.ts';
import type { OrderKey } from './order.ts';

/** How a list shows what is kept. */
export interface ListFacts {
  readonly shape: ListShape;
  readonly parameters: ListParameters;
  readonly created: OrderKey | undefined;
}

/** What a document's operations have to do with what is kept. */
export interface Kinds {
  /** The part of an operation; `undefined` where its answer is not the state's. */
  partOf(operation: ApiOperation): (ResourcePart & { readonly kind: Kind }) | undefined;
  kindOf(resource: Resource): Kind | undefined;
  /** The kind that the things of a resource stand below: `/users` for `/users/{}/posts`. */
  parentOf(resource: Resource): Kind | undefined;
  listFacts(operation: ApiOperation, kind: Kind): ListFacts | undefined;
  readonly resources: readonly Resource[];
}

/** Finds the kinds of a document; the schemas of each are read on its first use. */
export function createKinds(document: ApiDocument, plan: ApiPlan, settings: MakerSettings): Kinds {
  const index = inferResources(document);
  const resources = [...new Set([...index.values()].map(({ resource }) => resource))];
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  const kinds = new Map<Resource, Kind | undefined>();
  const lists = new Map<ApiOperation, ListFacts | undefined>();

  function find(resource: Resource): Kind | undefined {
    if (!kinds.has(resource)) kinds.set(resource, readKind(resource, plan, settings));
    return kinds.get(resource);
  }

  return {
    resources,
    kindOf: find,
    partOf(operation) {
      const part = index.get(operation);
      const kind = part === undefined ? undefined : find(part.resource);
      return part === undefined || kind === undefined ? undefined : { ...part, kind };
    },
    parentOf({ name }) {
      const end = name.lastIndexOf('/{}');
      const parent = end === -1 ? undefined : byName.get(name.slice(0, end));
      return parent === undefined ? undefined : find(parent);
    },
    listFacts(operation, kind) {
      if (!lists.has(operation)) lists.set(operation, readList(operation, plan, kind));
      return lists.get(operation);
    },
  };
}

/** What cannot be compiled is not kept: its operations answer with what is wrong, as they do without state. */
function readKind(resource: Resource, plan: ApiPlan, settings: MakerSettings): Kind | undefined {
  try {
    return kindOf(resource, plan, settings);
  } catch {
    return undefined;
  }
}

function readList(operation: ApiOperation, plan: ApiPlan, { resource, schema }: Kind): ListFacts | undefined {
  const media = successMedia(plan.compile(operation));
  const shape =
    media === undefined
      ? undefined
      : listShapeOf(mediaSchema(media.object), [resource.noun], correctionOf(operation).items);
  if (shape === undefined) return undefined;
  const parameters = listParametersOf(operation, { itemSchema: schema });
  const path = parameters.newestFirst
    ? (findProperty(schema, 'created') ?? findProperty(schema, 'created_at'))
    : undefined;
  return { shape, parameters, created: path === undefined ? undefined : { path, descending: true } };
}
