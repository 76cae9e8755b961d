import { expect, it } from 'vitest';
import { createLoggable } from '../../src/cli/loggable-entry.ts';
import { createLog } from '../../src/cli/request-log.ts';
import { plainOutput } from '../../src/cli/terminal.ts';
import type { Secrets } from '../../src/recording/index.ts';
import { passSecrets } from '../contract/report/secret-traffic.ts';

const secrets = /SECRET.{0,9}|xxxx|7351984|api_key=xy/g;

async function logged(
  level: 'info' | 'trace',
  format: 'json' | 'pretty',
  redact: Secrets | false,
): Promise<string> {
  const written: string[] = [];
  const output = plainOutput((text) => written.push(text));
  const log = createLog({ output, level, format, clock: { now: () => 0 }, reasons: true });
  const loggable = createLoggable(redact, log);
  await passSecrets({ onExchange: (entry) => log.exchange(loggable(entry)) });
  return written.join('');
}

it.each([
  ['info', 'json'],
  ['info', 'pretty'],
  ['trace', 'json'],
  ['trace', 'pretty'],
] as const)('no secret stands in the log of the proxy: %s, %s', async (level, format) => {
  const log = await logged(level, format, { names: ['api_key'] });
  expect(log.match(secrets)).toBe(null);
  expect(log).toContain('/nope?api_key=%5Bredacted%5D');
  expect(log).toContain('must have at most 3 characters');
});

it('is told as it is where that is asked for', async () => {
  expect((await logged('trace', 'pretty', false)).match(secrets)?.length).toBeGreaterThan(8);
});
