import { ApidoubleError } from '../../core/index.ts';
import type { ApiDocument, ServerObject } from '../../document/index.ts';
import type { RequestDestination } from '../../request/index.ts';
import type { ContractOptions } from '../options.ts';
import type { Report } from '../report.ts';

/** Where requests go, and who said so. */
export interface Destination extends RequestDestination {
  readonly url: string;
  readonly basePathFrom: Report['target']['basePathFrom'];
}

/** The target's own path where it has one, else that of the document's first server. Throws `ERR_OPTION` for no http URL. */
export function destinationOf(
  { target, basePath }: Pick<ContractOptions, 'target' | 'basePath'>,
  document: ApiDocument,
): Destination {
  if (typeof target === 'function') {
    const path = trimmed(basePath ?? serverPath(document.servers[0]));
    const basePathFrom = basePath === undefined ? 'document' : 'target';
    return { origin: 'http://localhost', basePath: path, url: 'in process', basePathFrom };
  }
  const url = parseUrl(String(target));
  const own = trimmed(basePath ?? url.pathname);
  if (own !== '' || basePath !== undefined) {
    return { origin: url.origin, basePath: own, url: String(target), basePathFrom: 'target' };
  }
  return {
    origin: url.origin,
    basePath: trimmed(serverPath(document.servers[0])),
    url: String(target),
    basePathFrom: 'document',
  };
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  throw new ApidoubleError(
    'ERR_OPTION',
    `Cannot run against target "${text}": that is no http URL. Give one such as http://127.0.0.1:4010.`,
  );
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, '');
}

/** The path of a server, its variables at their defaults. */
function serverPath(server: ServerObject | undefined): string {
  if (server === undefined) return '';
  const url = server.url.replace(
    /\{([^{}]*)\}/g,
    (_, name: string) => server.variables.get(name)?.default ?? name,
  );
  return URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : '';
}
