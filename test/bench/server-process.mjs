/** One of the two servers of `server.ts`: `bare` or `ours`. Tells its port, then its processor time whenever it is asked. */
import { createServer } from 'node:http';

const answer = JSON.stringify({ pk: 'f1c5', action: 'login', app: 'authentik.events', context: { a: 1 } });

function bare() {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString());
      const length = Buffer.byteLength(answer);
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': length });
      response.end(answer);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}

async function ours() {
  const { listen } = await import('../../dist/server/index.js');
  const { HeaderList } = await import('../../dist/http/index.js');
  const headers = new HeaderList(['Content-Type', 'application/json']);
  const target = async (request) => {
    JSON.parse(Buffer.from(request.body).toString());
    return { status: 200, headers, body: Buffer.from(answer) };
  };
  return (await listen(target)).port;
}

process.send(process.argv[2] === 'bare' ? await bare() : await ours());
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send(user + system);
});
