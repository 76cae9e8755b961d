import { type ApiDocument, loadDocument } from '../../../src/document/index.ts';
import {
  type ApiPlan,
  compilePlan,
  correctionOf,
  idPropertyOf,
  inferResources,
  listParametersOf,
  listShapeOf,
  mediaSchema,
  type Resource,
  thingPlaceOf,
} from '../../../src/plan/index.ts';
import type { Schema } from '../../../src/schema/index.ts';
import { successMedia } from '../../../src/state/kind.ts';

/** What is known of a collection, as `truth.yaml` writes it. */
export interface CollectionFacts {
  readonly item: string;
  readonly key?: string | readonly string[];
  readonly items?: string;
  readonly wrap?: string;
  readonly size?: string;
  readonly page?: string;
  readonly offset?: string;
  readonly cursor?: string;
}

/** The facts beside the item's path. */
export const factNames = ['key', 'items', 'wrap', 'size', 'page', 'offset', 'cursor'] as const;

/** Collections by their path. */
export type Collections = Readonly<Record<string, CollectionFacts>>;

/** What the inference sees in a document. */
export async function seenCollections(file: string): Promise<Collections> {
  const document = await loadDocument(file);
  const plan = compilePlan(document);
  const resources = new Set([...inferResources(document).values()].map(({ resource }) => resource));
  const seen: Record<string, CollectionFacts> = {};
  for (const resource of resources) {
    const { list, create, read, replace, update, delete: remove } = resource.operations;
    const [collection, item] = [list ?? create, read ?? replace ?? update ?? remove];
    if (collection === undefined || item === undefined) continue;
    seen[collection.path] = { item: item.path, ...factsOf(resource, plan, document) };
  }
  return seen;
}

function factsOf(resource: Resource, plan: ApiPlan, document: ApiDocument): Omit<CollectionFacts, 'item'> {
  const { list, read, replace, update } = resource.operations;
  const answered = list === undefined ? undefined : answerOf(list.key, plan, document);
  const correction = list === undefined ? undefined : correctionOf(list).items;
  const shape = listShapeOf(answered, [resource.noun], correction);
  const one = [read, update, replace].find((operation) => operation !== undefined);
  const place = one === undefined ? undefined : thingPlaceOf(resource, answerOf(one.key, plan, document));
  const key = idPropertyOf(resource, place?.schema) ?? idPropertyOf(resource, shape?.itemSchema);
  const paging =
    list === undefined ? undefined : listParametersOf(list, { itemSchema: shape?.itemSchema ?? true }).paging;
  return {
    ...(key === undefined ? {} : { key }),
    ...(shape === undefined ? {} : { items: shape.items.join('/') || '.' }),
    ...(place === undefined || place.steps.length === 0 ? {} : { wrap: place.steps.join('/') }),
    ...(paging?.size === undefined ? {} : { size: paging.size }),
    ...(paging?.page === undefined ? {} : { page: paging.page }),
    ...(paging?.offset === undefined ? {} : { offset: paging.offset }),
    ...(paging?.cursor === undefined ? {} : { cursor: paging.cursor }),
  };
}

function answerOf(key: string, plan: ApiPlan, document: ApiDocument): Schema | undefined {
  const operation = document.operations.find((one) => one.key === key);
  if (operation === undefined || operation.disabledBy !== undefined) return undefined;
  const media = successMedia(plan.compile(operation));
  return media === undefined ? undefined : mediaSchema(media.object);
}
