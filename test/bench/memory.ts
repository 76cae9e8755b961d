import { createRandom } from '../../src/core/index.ts';
import { loadDocument } from '../../src/document/index.ts';
import type { HttpRequest } from '../../src/http/index.ts';
import { compilePlan } from '../../src/plan/index.ts';
import { sampleRequest } from '../../src/request/index.ts';
import type { BenchDocument } from './documents.ts';
import type { BenchFigures } from './goals.ts';
import { ask, startServer } from './server-process.ts';
import type { Server } from './servers.ts';

/** Uses every operation of a document once, with a valid request, and tells the most memory that the server had. */
export async function measureMemoryAfterAll(
  document: BenchDocument,
  server: Server,
): Promise<NonNullable<BenchFigures['memoryAfterAll']>> {
  const requests = await requestsFor(document, server.prefix);
  const running = await startServer((port) => server.command(document, port, 'json'), requests[0] ?? '');
  try {
    for (const request of requests) await ask(running.port, request);
    return { operations: requests.length, megabytes: running.peakMemory() ?? Number.NaN };
  } finally {
    await running.stop();
  }
}

async function requestsFor(document: BenchDocument, basePath: string): Promise<string[]> {
  const loaded = await loadDocument(document.json);
  const plan = compilePlan(loaded);
  const requests: string[] = [];
  for (const operation of loaded.operations) {
    const compiled = plan.compile(operation);
    const random = createRandom(operation.key);
    const make = (optional: boolean): HttpRequest =>
      sampleRequest(compiled, { random, now: 0, optional }, { origin: 'http://127.0.0.1', basePath });
    requests.push(textOf(attempt(() => make(true)) ?? make(false)));
  }
  return requests;
}

/** Not every made-up value can be written in a form: then the required ones must do. */
function attempt(make: () => HttpRequest): HttpRequest | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function textOf({ method, target, headers, body }: HttpRequest): string {
  const fields = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const own = `Host: 127.0.0.1\r\nAuthorization: Bearer bench\r\n`;
  const length = body.length === 0 ? '' : `Content-Length: ${body.length}\r\n`;
  // As latin1 each byte is one character; `ask` writes it back the same way.
  return `${method} ${target} HTTP/1.1\r\n${own}${fields}${length}\r\n${Buffer.from(body).toString('latin1')}`;
}
