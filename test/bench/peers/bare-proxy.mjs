// The floor of the proxies: node:http in front of undici, which passes on and does nothing else.
// Arguments: the port, then the upstream.
import { createServer } from 'node:http';
import { Agent } from 'undici';

const [port, upstream] = process.argv.slice(2);
const agent = new Agent();
const connectionFields = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host', 'te', 'upgrade']);

function passed(raw) {
  const kept = [];
  for (let index = 0; index < raw.length; index += 2) {
    if (!connectionFields.has(raw[index].toLowerCase())) kept.push(raw[index], raw[index + 1]);
  }
  return kept;
}

createServer((request, response) => {
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'];
  agent
    .request({
      origin: upstream,
      path: request.url,
      method: request.method,
      headers: passed(request.rawHeaders),
      body: hasBody ? request : null,
    })
    .then(({ statusCode, headers, body }) => {
      delete headers.connection;
      delete headers['keep-alive'];
      delete headers['transfer-encoding'];
      response.writeHead(statusCode, headers);
      body.pipe(response);
      body.once('error', () => response.destroy());
    })
    .catch(() => response.writeHead(502).end());
}).listen(Number(port), '127.0.0.1');
