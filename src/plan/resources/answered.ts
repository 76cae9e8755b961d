import type { ApiOperation, MediaTypeObject } from '../../document/index.ts';
import { follow, type Schema } from '../../schema/index.ts';
import { mediaSchema } from '../media-validator.ts';
import { correctionOf } from './correction.ts';
import { nounOf, type Resource } from './infer-resources.ts';
import { type ListShape, listShapeOf } from './list-shape.ts';
import { pagingOf } from './paging.ts';
import { plainName } from './properties.ts';
import { allPropertiesOf } from './property-path.ts';
import { thingPlaceOf } from './thing-place.ts';

/** The schema of what an operation answers where it succeeds, JSON before all else; `undefined` where none is described. */
export function answeredSchema(operation: ApiOperation): Schema | undefined {
  const media = answeredMedia(operation);
  return media === undefined ? undefined : mediaSchema(media);
}

function answeredMedia(operation: ApiOperation): MediaTypeObject | undefined {
  try {
    const found = [...operation.responses].find(
      ([status, { content }]) => /^2/.test(status) && content.size > 0,
    );
    const content = [...(found?.[1].content.values() ?? [])];
    return content.find(({ mediaType }) => /json/i.test(mediaType)) ?? content[0];
  } catch {
    // What is broken is told elsewhere, and is not kept.
    return undefined;
  }
}

/** How an operation's answer holds a list; `undefined` where it holds none. */
export function answeredList(operation: ApiOperation | undefined): ListShape | undefined {
  if (operation === undefined) return undefined;
  return listShapeOf(answeredSchema(operation), [nounOf(operation.path)], correctionOf(operation).items);
}

/** What reading a thing of a resource shows of it, or a row of its list. */
export function answeredThing(resource: Resource): Schema | undefined {
  const { read, list } = resource.operations;
  const whole = read === undefined ? undefined : thingPlaceOf(resource, answeredSchema(read))?.schema;
  return whole ?? answeredList(list)?.itemSchema;
}

/**
 * Whether what stands at the path of a collection is one thing: no list, and not paged, but what the path of an item answers as
 * well, or the property that the item's path is named by. At a path that ends in a variable, any object is.
 */
export function showsOne(operation: ApiOperation, resource: Resource): boolean {
  const { role, paging } = correctionOf(operation);
  if (role !== undefined || answeredList(operation) !== undefined) return false;
  if (pagingOf(operation.parameters, paging) !== undefined) return false;
  const place = thingPlaceOf(resource, answeredSchema(operation));
  const properties = allPropertiesOf(place?.schema);
  if (place === undefined || properties.size === 0) return false;
  if (resource.name.endsWith('/{}')) return true;
  const wanted = plainName(resource.idParameter);
  if ([...properties.keys()].some((name) => plainName(name) === wanted)) return true;
  const { read } = resource.operations;
  const own = read === undefined ? undefined : thingPlaceOf(resource, answeredSchema(read))?.schema;
  return own !== undefined && follow(own) === follow(place.schema);
}
