import { createRandom } from '../../src/core/index.ts';
import { HeaderList } from '../../src/http/index.ts';
import type { TemplateScope } from '../../src/scenario/template/scope.ts';

/** What templates are filled from, for a request with this body. */
export function scopeWith(body: unknown): TemplateScope {
  const counters = new Map<string, number>();
  return {
    facts: {
      request: {
        method: 'POST',
        target: '/pets/7?page=2&free=a%20b',
        origin: 'http://localhost',
        headers: new HeaderList(['X-Tenant', 'acme']),
        body: Buffer.from('{}'),
      },
      values: { path: { id: 7 }, query: { page: 2 }, header: {}, cookie: {} },
      body,
    },
    state: 'open',
    count: 3,
    session: 's1',
    random: createRandom(1),
    now: Date.UTC(2024, 0, 1),
    locale: undefined,
    counter(name) {
      counters.set(name, (counters.get(name) ?? 0) + 1);
      return counters.get(name) ?? 0;
    },
  };
}
