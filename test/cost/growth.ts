import { runContract } from '../../src/contract/index.ts';
import { createMock } from '../../src/index.ts';

/** Requests of whole runs on documents that grow in operations, and in parameters. */
export async function growth(): Promise<string> {
  const lines: string[] = [];
  for (const [operations, parameters] of [
    [5, 4],
    [10, 4],
    [20, 4],
    [40, 4],
    [5, 8],
    [5, 16],
  ] as const) {
    const document = documentWith(operations, parameters);
    const mock = await createMock({ document, seed: 1 });
    const { requests } = await runContract({ document, target: mock.send, seed: 1 });
    const each = (requests / (operations * parameters)).toFixed(1);
    lines.push(
      `requests: ${operations} operations with ${parameters} parameters each: ${requests}, ${each} a parameter`,
    );
  }
  return lines.join('\n');
}

function documentWith(operations: number, parameters: number): object {
  const paths: Record<string, object> = {};
  for (let index = 0; index < operations; index += 1) {
    paths[`/things-${index}`] = {
      get: {
        parameters: Array.from({ length: parameters }, (_, number) => ({
          name: `size-${number}`,
          in: 'query',
          schema: { type: 'integer', minimum: 1, maximum: 100 },
        })),
        responses: { 200: { description: 'Things.' }, 400: { description: 'No.' } },
      },
    };
  }
  return { openapi: '3.1.0', info: { title: 'Growing', version: '1' }, paths };
}
