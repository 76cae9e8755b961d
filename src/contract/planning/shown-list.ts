import type { ApiOperation } from '../../document/index.ts';
import { correctionOf, type ListShape, listShapeOf, mediaSchema, nounOf } from '../../plan/index.ts';

/** The list that an operation's first success shows, by its schema and by what `x-apidouble` says; `undefined` where it shows none. */
export function shownListOf(operation: ApiOperation): ListShape | undefined {
  const success = [...operation.responses].find(([status]) => /^2/.test(status))?.[1];
  const media = success?.content.values().next().value;
  const schema = media === undefined ? undefined : mediaSchema(media);
  return listShapeOf(schema, [nounOf(operation.path)], correctionOf(operation).items);
}
