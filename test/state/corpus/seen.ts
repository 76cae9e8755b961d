import { loadDocument } from '../../../src/document/index.ts';
import { compilePlan, type DescribedResource, describeResources } from '../../../src/plan/index.ts';

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
  const found = describeResources(document, compilePlan(document));
  return Object.fromEntries(found.map((resource) => [resource.collection, factsOf(resource)]));
}

function factsOf({ item, key, thing, list }: DescribedResource): CollectionFacts {
  const { items, size, page, offset, cursor } = list ?? { searches: [], filters: [] };
  return {
    item,
    ...(key === undefined ? {} : { key }),
    ...(items === undefined ? {} : { items }),
    ...(thing === '.' ? {} : { wrap: thing }),
    ...(size === undefined ? {} : { size }),
    ...(page === undefined ? {} : { page }),
    ...(offset === undefined ? {} : { offset }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
