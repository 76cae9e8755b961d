import type { HttpRequest, HttpResponse, TargetOptions } from '../../http/index.ts';
import { refusalOfAdmin } from '../../server/index.ts';
import type { Mock, MockOptions } from '../mock.ts';

/** Answers the admin pages; `undefined` for every other path. */
export type Admin = (request: HttpRequest, options: TargetOptions) => Promise<HttpResponse> | undefined;

/** Where the pages are, and who may see them. */
export interface AdminPlace {
  readonly path: string;
  readonly remote: boolean;
}

/**
 * The admin pages are a mock too: of their own document, with a handler for each operation, so that requests are checked and
 * answers judged as everywhere. It is loaded and made when the first of them is asked for.
 */
export function createAdmin(
  { path, remote }: AdminPlace,
  getMock: () => Mock,
  make: (options: MockOptions) => Promise<Mock>,
): Admin {
  const prefix = `${path}/`;
  const health = `${path}/health`;
  let pages: Promise<Mock> | undefined;
  return (request, options) => {
    if (!request.target.startsWith(prefix)) return undefined;
    // Health is for those who wait for the mock, wherever they are.
    const refusal = request.target === health ? undefined : refusalOfAdmin(request, options, remote);
    if (refusal !== undefined) return Promise.resolve(refusal);
    pages ??= makePages(path, getMock(), make);
    return pages.then((mock) => mock.send(request));
  };
}

async function makePages(
  path: string,
  mock: Mock,
  make: (options: MockOptions) => Promise<Mock>,
): Promise<Mock> {
  const [{ adminDocument }, { adminHandlers }] = await Promise.all([
    import('./admin-document.ts'),
    import('./admin-handlers.ts'),
  ]);
  const document = adminDocument(path, '1');
  const handlers = adminHandlers(mock, document);
  return make({ document, handlers, adminPath: false, journal: 0, seed: 'admin' });
}
