// Prints one line per answer of a seeded mock: its status and the hash of its bytes. Plain JavaScript, so that any
// Node can run it on the built package.
import { createHash } from 'node:crypto';
import { createMock, HeaderList } from '../../dist/index.js';

const headers = new HeaderList(['authorization', 'Bearer any', 'content-type', 'application/json']);
const origin = 'http://mock.test';
const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

const requests = [
  ['GET', '/api/v3/events/events/?page_size=50'],
  ['GET', `/api/v3/events/events/${id}/`],
  ['POST', '/api/v3/events/events/', '{"action":"login","app":"authentik.events"}'],
  ['POST', '/api/v3/events/events/', '{"action":"none","app":""}'],
  ['GET', '/api/v3/events/events/per_month/'],
  ['GET', '/api/v3/events/events/actions/'],
];

for (const [seed, locale] of [
  ['1', 'en'],
  ['two', 'de'],
]) {
  const document = new URL('../../openapi.yaml', import.meta.url);
  const mock = await createMock({ document, seed, locale, source: 'dynamic' });
  for (const [method, target, text = ''] of requests) {
    const { status, body } = await mock.send({ method, target, origin, headers, body: Buffer.from(text) });
    const hash = createHash('sha256').update(body).digest('hex');
    console.log(`${seed} ${locale} ${method} ${target} ${status} ${body.length} ${hash}`);
  }
}
