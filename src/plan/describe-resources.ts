import type { ApiDocument, ApiOperation } from '../document/index.ts';
import type { Schema } from '../schema/index.ts';
import { mediaSchema } from './media-validator.ts';
import type { ApiPlan } from './operation-plan.ts';
import {
  allPropertiesOf,
  correctionOf,
  idPropertyIn,
  inferParts,
  knownListOf,
  type ListFilter,
  listParametersOf,
  type PropertyPath,
  plainName,
  type Resource,
  thingPlaceOf,
} from './resources/index.ts';
import { successMedia } from './success-media.ts';

/** How a list shows its things, in names and paths (`user.name`; `.` is the answer itself). */
export interface DescribedList {
  /** Where the answer has the things; absent where the document describes no list. */
  readonly items?: string;
  readonly size?: string;
  readonly page?: string;
  readonly offset?: string;
  readonly cursor?: string;
  readonly order?: string;
  readonly searches: readonly string[];
  readonly filters: readonly {
    readonly parameter: string;
    readonly property: string;
    readonly operator: string;
  }[];
}

/** What is inferred of a resource: what the state keeps and the contract suite tries. */
export interface DescribedResource {
  /** The path that lists things or makes one. */
  readonly collection: string;
  /** The path of one thing. */
  readonly item: string;
  /** The property that the item's path names a thing by; absent where none is described. */
  readonly key?: string;
  /** Where an answer has the thing: `data`; `.` where the answer is the thing. */
  readonly thing: string;
  /** Role (`list`, `create`, `read`, `replace`, `update`, `delete`) to the key of the operation. */
  readonly operations: Readonly<Record<string, string>>;
  readonly list?: DescribedList;
  /** Whether `x-apidouble` says any of it. */
  readonly corrected: boolean;
}

/** Tells what is inferred of a document's resources: of each that has both a collection and an item. */
export function describeResources(document: ApiDocument, plan: ApiPlan): DescribedResource[] {
  const found = new Map<Resource, Resource['operations']>();
  for (const [operation, { resource, role, owners }] of inferParts(document)) {
    const operations = found.get(resource) ?? resource.operations;
    // Things may be listed and made below others only: `/books/{id}/notes` with `/notes/{id}`.
    const isElsewhere = owners.length > 0 && (role === 'list' || role === 'create');
    const isAdded = isElsewhere && Object.values(resource.operations).every(({ path }) => path.endsWith('}'));
    found.set(resource, isAdded ? { [role]: operation, ...operations } : operations);
  }
  return [...found].flatMap(([resource, operations]) => describe({ ...resource, operations }, plan) ?? []);
}

function describe(resource: Resource, plan: ApiPlan): DescribedResource | undefined {
  const { list, create, read, replace, update, delete: remove } = resource.operations;
  const [collection, item] = [list ?? create, read ?? replace ?? update ?? remove];
  if (collection === undefined || item === undefined) return undefined;
  const place = thingPlaceOf(resource, answerOf(read ?? update ?? replace, plan));
  const shape = list === undefined ? undefined : listOf(resource, list, plan);
  const key =
    idPropertyIn(resource, [place?.schema, shape?.itemSchema]) ??
    ownNameIn(resource, thingPlaceOf(resource, answerOf(create, plan))?.schema);
  const operations = Object.entries(resource.operations);
  return {
    collection: collection.path,
    item: item.path,
    ...(key === undefined ? {} : { key }),
    thing: place?.steps.join('.') || '.',
    operations: Object.fromEntries(operations.map(([role, operation]) => [role, operation.key])),
    ...(list === undefined ? {} : { list: describeList(list, shape) }),
    corrected: operations.some(([, operation]) => Object.keys(correctionOf(operation)).length > 0),
  };
}

/** What only the answer to creating a thing shows is its key where it has the very name that the path has for it. */
function ownNameIn({ idParameter }: Resource, created: Schema | undefined): string | undefined {
  const wanted = plainName(idParameter);
  return [...allPropertiesOf(created).keys()].find((name) => plainName(name) === wanted);
}

function listOf(resource: Resource, list: ApiOperation, plan: ApiPlan): ReturnType<typeof knownListOf> {
  return knownListOf(answerOf(list, plan), [resource.noun], correctionOf(list).items);
}

function describeList(list: ApiOperation, shape: ReturnType<typeof knownListOf>): DescribedList {
  const { paging, order, searches, filters } = listParametersOf(list, {
    itemSchema: shape?.itemSchema ?? true,
  });
  const { size, page, offset, cursor } = paging ?? {};
  return {
    ...(shape === undefined ? {} : { items: shape.items.join('.') || '.' }),
    ...(size === undefined ? {} : { size }),
    ...(page === undefined ? {} : { page }),
    ...(offset === undefined ? {} : { offset }),
    ...(cursor === undefined ? {} : { cursor }),
    ...(order === undefined ? {} : { order: order.parameter }),
    searches,
    filters: filters.map(describeFilter),
  };
}

function describeFilter({ parameter, member, path, operator }: ListFilter): DescribedList['filters'][number] {
  return {
    parameter: member === undefined ? parameter : `${parameter}[${member}]`,
    property: propertyText(path),
    operator,
  };
}

function propertyText({ steps, loose: [words = []] }: PropertyPath): string {
  return [...steps, ...words].join('.');
}

function answerOf(operation: ApiOperation | undefined, plan: ApiPlan): Schema | undefined {
  if (operation === undefined || operation.disabledBy !== undefined) return undefined;
  const media = successMedia(plan.compile(operation));
  return media === undefined ? undefined : mediaSchema(media.object);
}
