// openapi-backend as shipped: its router, its validation, its mock handler.
// Arguments: the port, the document as JSON, the folder that the package is installed in.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [port, definition, installed] = process.argv.slice(2);
const { OpenAPIBackend } = createRequire(join(installed, 'package.json'))('openapi-backend');

const options = {
  definition: withoutTrailingSlashes(JSON.parse(readFileSync(definition, 'utf8'))),
  // Formats are checked only where ajv-formats is added; without this each one it does not know is printed.
  ajvOpts: { logger: false },
  handlers: {
    validationFail: (context) => ({ status: 400, body: { err: context.validation.errors } }),
    notFound: () => ({ status: 404, body: { err: 'not found' } }),
    notImplemented: (context) => {
      const { status, mock } = context.api.mockResponseForOperation(context.operation.operationId);
      return { status, body: mock };
    },
  },
};
const api = await start();

/** Its router trims the slash from a request's path but not from the document's, so it finds no such path. */
function withoutTrailingSlashes(document) {
  const paths = Object.entries(document.paths).map(([path, item]) => [path.replace(/\/$/, ''), item]);
  return { ...document, paths: Object.fromEntries(paths) };
}

/** It ends on any schema that ajv refuses (authentik has one); `quick` compiles on first use instead. */
async function start() {
  try {
    return await initialise(new OpenAPIBackend(options));
  } catch {
    return await initialise(new OpenAPIBackend({ ...options, quick: true }));
  }
}

async function initialise(backend) {
  backend.registerSecurityHandler('authentik', (context) =>
    context.request.headers.authorization?.startsWith('Bearer '),
  );
  await backend.init();
  return backend;
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const { status, body } = await answer(request, Buffer.concat(chunks).toString());
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  });
}).listen(Number(port), '127.0.0.1');

async function answer(request, text) {
  try {
    const [path, query] = request.url.split('?');
    const body = text === '' ? undefined : JSON.parse(text);
    return await api.handleRequest({ method: request.method, path, query, body, headers: request.headers });
  } catch (error) {
    return { status: 500, body: { err: String(error) } };
  }
}
