import type { ApiDocument } from '../document/index.ts';
import type { HttpRequest, HttpResponse, TargetOptions } from '../http/index.ts';
import { adminPathOf } from '../server/index.ts';
import type { BuiltMock } from './build-mock.ts';
import { listenFor } from './listen-for.ts';
import type { ListenOptions, Mock, MockOptions, MockServer } from './mock.ts';
import type { AnyOperations } from './operation-types.ts';
import { readServed } from './served-document.ts';

/**
 * Makes a test double of the API that a document describes.
 *
 * Throws an `ApidoubleError` where the document cannot be read (`ERR_DOCUMENT_…`), has no operation
 * (`ERR_DOCUMENT_EMPTY`), an option is of no use (`ERR_OPTION`), or a handler names an operation that the document
 * does not have (`ERR_OPERATION_UNKNOWN`).
 *
 * @example
 * const mock = await createMock({ document: 'openapi.yaml', seed: 1 });
 * const response = await mock.fetch(new Request('http://mock/api/v3/events/events/'));
 */
export async function createMock<Operations = AnyOperations>(
  options: MockOptions,
): Promise<Mock<Operations>> {
  const { mock } = await build<Operations>(await readServed(options.document, options), options);
  return mock;
}

/** A mock and the server that answers for it. */
export interface ServedMock {
  readonly mock: Mock;
  readonly server: MockServer;
}

/**
 * Makes a mock that listens as soon as its document is read: what answers is loaded meanwhile, and the requests of that
 * time wait for it. Throws what `createMock` and `listen` throw.
 */
export async function serveMock(options: MockOptions, where: ListenOptions): Promise<ServedMock> {
  const document = await readServed(options.document, options);
  const opening = listenFor(waitForMock, where, adminPathOf(options));
  const whole = opening.then(() => build(document, options));

  async function waitForMock(request: HttpRequest, context?: TargetOptions): Promise<HttpResponse> {
    const { answer } = await whole;
    return answer(request, context);
  }

  try {
    const { mock, adopt } = await whole;
    const server = await opening;
    adopt(server);
    return { mock, server };
  } catch (fault) {
    await opening.then(
      (server) => server.close(),
      () => undefined,
    );
    throw fault;
  }
}

async function build<Operations>(
  document: ApiDocument,
  options: MockOptions,
): Promise<BuiltMock<Operations>> {
  const { buildMock } = await import('./build-mock.ts');
  return buildMock<Operations>(document, options);
}
