/** Prints how long one generated value takes (median of nine rounds): `npx tsx test/bench/generate.ts`. */
import { createRandom } from '../../src/core/index.ts';
import { compileGenerator } from '../../src/generate/index.ts';
import type { Schema } from '../../src/schema/index.ts';

const event: Schema = {
  type: 'object',
  required: ['pk', 'user', 'action', 'app'],
  properties: {
    pk: { type: 'string', format: 'uuid' },
    username: { type: 'string' },
    action: { enum: ['login', 'logout', 'model_created', 'model_updated'] },
    app: { type: 'string' },
    client_ip: { type: ['string', 'null'] },
    created: { type: 'string', format: 'date-time' },
    expires: { type: 'string', format: 'date-time' },
    email: { type: 'string', format: 'email' },
    is_active: { type: 'boolean' },
    count: { type: 'integer', minimum: 0 },
  },
};
const realEvent: Schema = {
  ...event,
  properties: { ...event.properties, user: {}, context: {}, brand: {}, description: { type: 'string' } },
};
const cases: Readonly<Record<string, { schema: Schema; items: number }>> = {
  'object of 10 fields': { schema: event, items: 1 },
  'event with free-form members': { schema: realEvent, items: 1 },
  'list of 20 objects of 10 fields': {
    schema: { type: 'array', items: event, minItems: 20, maxItems: 20 },
    items: 20,
  },
  'list of 20 events': { schema: { type: 'array', items: realEvent, minItems: 20, maxItems: 20 }, items: 20 },
};

const now = Date.parse('2024-01-01T00:00:00Z');
const root = createRandom('bench');

for (const [name, { schema, items }] of Object.entries(cases)) {
  const generator = compileGenerator(schema, { direction: 'response', source: 'faker' });
  const rounds = Math.ceil(4_000 / items);
  const times: number[] = [];
  for (let repeat = 0; repeat < 9; repeat += 1) {
    const start = process.hrtime.bigint();
    for (let round = 0; round < rounds; round += 1) generator.generate({ random: root.fork(round), now });
    times.push(Number(process.hrtime.bigint() - start) / 1000 / rounds);
  }
  const median = times.sort((one, other) => one - other)[4] ?? 0;
  console.log(
    `${name.padEnd(34)} ${median.toFixed(1).padStart(8)} µs  ${(median / items).toFixed(2)} µs per item (best ${(times[0] ?? 0).toFixed(1)})`,
  );
}
