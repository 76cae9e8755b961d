import type { Target } from '../http/index.ts';
import { listen, type Server } from '../server/index.ts';
import type { ListenOptions } from './mock.ts';

/** Serves a mock's target. Pages of other origins may not read the admin pages. Throws what `listen` throws. */
export function listenFor(
  target: Target,
  { bodyLimit, ...given }: ListenOptions,
  adminPath: string | false,
): Promise<Server> {
  return listen(target, {
    ...given,
    ...(adminPath === false ? {} : { corsExcept: `${adminPath}/` }),
    ...(bodyLimit === undefined ? {} : { limits: { bodyBytes: bodyLimit } }),
  });
}
