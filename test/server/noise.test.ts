import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { request, statusOf, talk, withServer } from './raw.ts';

/** A valid request with some of its characters put out, doubled or replaced. */
function damaged(): fc.Arbitrary<string> {
  const whole = fc.constantFrom(
    request('GET /a?b=c', ['Accept: */*', 'Origin: http://a.test']),
    request('POST /a', ['Content-Type: application/json', 'Content-Length: 7'], '{"a":1}'),
    request('POST /a', ['Transfer-Encoding: chunked', 'Content-Encoding: gzip'], '7\r\n{"a":1}\r\n0\r\n\r\n'),
    request('OPTIONS *', ['Expect: 100-continue', 'Upgrade: x', 'TE: trailers']),
    request('HEAD http://u@h:1/x', ['Range: bytes=0-1']),
  );
  const damage = fc.record({
    at: fc.nat(200),
    length: fc.nat(6),
    put: fc.oneof(fc.constantFrom('', '\r', '\n', '\r\n\r\n', ':', ' ', '\0', '%', '\xff'), fc.string()),
  });
  return fc.tuple(whole, fc.array(damage, { minLength: 1, maxLength: 5 })).map(([text, damages]) => {
    let result = text;
    for (const { at, length, put } of damages) {
      const start = at % (result.length + 1);
      result = result.slice(0, start) + put + result.slice(start + length);
    }
    return result;
  });
}

describe('damaged requests', () => {
  it('each get an answer or an end, and nothing is reported as our own fault', async () => {
    const errors: unknown[] = [];
    const limits = { headersTimeoutMs: 80, requestTimeoutMs: 80, keepAliveTimeoutMs: 20, lingerMs: 20 };
    await withServer({ limits, onError: (error) => errors.push(error) }, async ({ port }) => {
      const texts = fc.sample(damaged(), { numRuns: 400, seed: 20_261_123 });
      const answers = await Promise.all(texts.map((text) => talk(port, text)));
      const unanswered = texts.filter((_text, index) => statusOf(answers[index] ?? '') === 0);
      expect(unanswered).toEqual([]);
      expect(answers.filter((answer) => statusOf(answer) >= 500)).toEqual([]);
    });
    expect(errors).toEqual([]);
  });

  it('so does noise', async () => {
    const limits = { headersTimeoutMs: 80, requestTimeoutMs: 80, keepAliveTimeoutMs: 20, lingerMs: 20 };
    await withServer({ limits }, async ({ port }) => {
      const noise = fc.sample(fc.string({ unit: 'binary', minLength: 1 }), { numRuns: 200, seed: 5 });
      const answers = await Promise.all(noise.map((text) => talk(port, text)));
      for (const answer of answers) expect([400, 408]).toContain(statusOf(answer));
    });
  });
});
