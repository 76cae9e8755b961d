import type { ApiOperation } from '../../document/index.ts';
import { type PathSource, type PathSources, plainPath } from './path-sources.ts';

/** A kind of thing that can be made and read again, by the operations of its life. */
export interface Life {
  readonly create: ApiOperation;
  readonly read: ApiOperation;
  readonly list?: ApiOperation;
  readonly replace?: ApiOperation;
  readonly update?: ApiOperation;
  readonly remove?: ApiOperation;
  /** The variable of the item's path that names it. */
  readonly variable: string;
  readonly source: PathSource;
}

/** The life that an operation begins: its items stand one step below it, or where a link leads. `undefined` where none can be seen. */
export function lifeOf(create: ApiOperation, paths: PathSources): Life | undefined {
  if (create.method !== 'POST' || create.requestBody === undefined) return undefined;
  const read = readOf(create, paths);
  const variable = read === undefined ? undefined : paths.variables(read.path).at(-1);
  if (read === undefined || variable === undefined) return undefined;
  const source = paths.of(read.path, variable);
  if (source === undefined) return undefined;
  const at = (method: string): ApiOperation | undefined =>
    paths.at(read.path).find((one) => one.method === method);
  const [replace, update, remove] = [at('PUT'), at('PATCH'), at('DELETE')];
  const list = paths.at(create.path).find((one) => one.method === 'GET');
  return {
    create,
    read,
    variable,
    source,
    ...(list === undefined ? {} : { list }),
    ...(replace?.requestBody === undefined ? {} : { replace }),
    ...(update?.requestBody === undefined ? {} : { update }),
    ...(remove === undefined ? {} : { remove }),
  };
}

function readOf(create: ApiOperation, paths: PathSources): ApiOperation | undefined {
  const below = paths.at(`${plainPath(create.path)}/{}`).find((one) => one.method === 'GET');
  if (below !== undefined) return below;
  for (const [status, response] of create.responses) {
    if (!/^2/.test(status)) continue;
    for (const link of response.links.values()) {
      const target = paths.byKey(link.operation ?? '');
      const variable = target === undefined ? undefined : paths.variables(target.path).at(-1);
      const isItem = target?.path.replace(/\/+$/, '').endsWith(`{${variable}}`) === true;
      if (target?.method === 'GET' && isItem) return target;
    }
  }
  return undefined;
}
