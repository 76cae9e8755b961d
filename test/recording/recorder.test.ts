import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeaderList, undoCoding } from '../../src/http/index.ts';
import { createRecorder, eachExchange, type RecordedExchange } from '../../src/recording/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apidouble-recorder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sample: RecordedExchange = {
  startedAt: Date.parse('2024-01-01T00:00:00Z'),
  milliseconds: 12.5,
  exchange: {
    request: {
      method: 'POST',
      origin: 'http://up',
      target: '/things?api_key=abc',
      headers: new HeaderList(['Authorization', 'Bearer abc', 'Content-Type', 'application/json']),
      body: Buffer.from('{"password":"abc"}'),
    },
    response: {
      status: 201,
      reason: 'Created',
      headers: new HeaderList(['Set-Cookie', 'a=b', 'Set-Cookie', 'c=d', 'Content-Type', 'image/png']),
      body: Buffer.from([255, 0, 1]),
    },
  },
};

function withBody(body: Uint8Array): RecordedExchange {
  const { exchange } = sample;
  return { ...sample, exchange: { ...exchange, response: { ...exchange.response, body } } };
}

describe('a recording of JSON lines', () => {
  it('hides secrets unless it is told not to', () => {
    for (const [name, redact] of [
      ['a.jsonl', undefined],
      ['b.jsonl', false],
    ] as const) {
      const file = join(folder, name);
      const recorder = createRecorder(file, redact === undefined ? {} : { redact });
      recorder.record(sample);
      recorder.close();
      const text = readFileSync(file, 'utf8');
      expect(text.includes('abc')).toBe(redact === false);
      expect(text.includes('[redacted]')).toBe(redact !== false);
    }
  });

  it('is on the disk when it has been recorded, and is added to by the next', () => {
    const file = join(folder, 'a.jsonl');
    const recorder = createRecorder(file);
    recorder.record(sample);
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(2);
    recorder.close();
    // A killed process left half a line, which nobody was told of.
    appendFileSync(file, '{"startedAt":"2024');
    const next = createRecorder(file);
    next.record(sample);
    next.close();
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual([
      'apidouble',
      'startedAt',
      'startedAt',
    ]);
  });

  it('keeps long bodies in files beside it', () => {
    const file = join(folder, 'a.jsonl');
    const recorder = createRecorder(file);
    recorder.record(withBody(Buffer.alloc(70_000, 255)));
    recorder.close();
    expect(readFileSync(file, 'utf8')).toContain('"body":{"file":"000001-response.bin"}');
    expect(readFileSync(join(`${file}.bodies`, '000001-response.bin'))).toHaveLength(70_000);
  });

  it('belongs to one process; a lock whose process is gone is taken over', () => {
    const file = join(folder, 'a.jsonl');
    const recorder = createRecorder(file);
    expect(() => createRecorder(file)).toThrow(`the process ${process.pid} writes to it`);
    recorder.close();
    expect(existsSync(`${file}.lock`)).toBe(false);
    writeFileSync(`${file}.lock`, '4194303999');
    createRecorder(file).close();
  });

  it.each([
    [
      'a full disk',
      'no space is left on the device. Free some',
      (file: string) => symlinkSync('/dev/full', file),
    ],
    ['something else', 'it holds something else', (file: string) => writeFileSync(file, 'my notes\n')],
  ])('says so where there is %s', (_, want, prepare) => {
    const file = join(folder, 'a.jsonl');
    prepare(file);
    expect(() => createRecorder(file)).toThrow(want);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it.each(['a.jsonl', 'a.har'])('goes on in %s when a fault is over, and says what was lost', (name) => {
    const file = join(folder, name);
    const resumed: number[] = [];
    const recorder = createRecorder(file, { retryMs: 0, onResume: (lost) => resumed.push(lost) });
    recorder.record(sample);
    // No text: a fault of one exchange, which leaves nothing behind.
    const broken = { ...sample, startedAt: Number.NaN };
    expect(() => recorder.record(broken)).toThrow();
    expect(recorder.fault()).toBeDefined();
    expect(recorder.refusal()).toBeUndefined();
    expect([recorder.fault(), recorder.count, recorder.lost, resumed]).toEqual([undefined, 1, 1, [1]]);
    recorder.record(sample);
    recorder.close();
    const text = readFileSync(file, 'utf8');
    if (name.endsWith('.har')) expect(JSON.parse(text).log.entries).toHaveLength(2);
    else
      expect(
        text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as object),
      ).toHaveLength(3);
  });

  it('refuses while a fault stands, and looks no more often than it is to', () => {
    const file = join(folder, 'a.jsonl');
    const recorder = createRecorder(file, { retryMs: 60_000 });
    // Where the folder of long bodies should be.
    writeFileSync(`${file}.bodies`, '');
    expect(() => recorder.record(withBody(Buffer.alloc(70_000)))).toThrow('Cannot write recording');
    expect(recorder.refusal()?.message).toContain('Cannot write recording');
    rmSync(`${file}.bodies`);
    expect(recorder.refusal()).toBeDefined();
    expect([recorder.count, recorder.lost]).toEqual([0, 3]);
    recorder.close();
  });

  it('keeps no long body of an exchange that failed, and no other file is touched', () => {
    const file = join(folder, 'a.jsonl');
    const long = withBody(Buffer.alloc(70_000));
    const { request, response } = long.exchange;
    const twice = { ...long, exchange: { request: { ...request, body: Buffer.alloc(70_000) }, response } };
    const recorder = createRecorder(file, { retryMs: 0 });
    recorder.record(twice);
    mkdirSync(join(`${file}.bodies`, '000004-response.bin'));
    expect(() => recorder.record(twice)).toThrow('Cannot write recording');
    expect(recorder.refusal()).toBeUndefined();
    recorder.record(twice);
    recorder.close();
    expect(readdirSync(`${file}.bodies`)).toEqual([
      '000001-request.bin',
      '000002-response.bin',
      '000004-response.bin',
      '000005-request.bin',
      '000006-response.bin',
    ]);
  });

  it('refuses a name that tells no format', () => {
    expect(() => createRecorder(join(folder, 'a.txt'))).toThrow('End it in .jsonl or .har');
  });
});

const secret = JSON.stringify({ id: 1, access_token: 'SECRET' });
const form = Buffer.concat([
  Buffer.from('--b\r\nContent-Disposition: form-data; name="password"\r\n\r\nSECRET\r\n--b\r\n'),
  Buffer.from('Content-Disposition: form-data; name="file"; filename="a"\r\n\r\n'),
  Buffer.from([0, 255, 254, 0]),
  Buffer.from('\r\n--b--\r\n'),
]);

/** An exchange with one body both ways. */
function bothWays(body: Uint8Array, fields: readonly string[]): RecordedExchange {
  const { request, response } = sample.exchange;
  const headers = new HeaderList(fields);
  return {
    ...sample,
    exchange: {
      request: { ...request, headers, body },
      response: { ...response, headers, body },
    },
  };
}

/** All bytes of a recording with codings undone, as text. */
async function everythingIn(file: string): Promise<string> {
  const texts: string[] = [];
  await eachExchange(file, ({ exchange }) => {
    for (const message of [exchange.request, exchange.response]) {
      const uncoded = undoCoding(message);
      const { body } = 'message' in uncoded ? uncoded.message : message;
      texts.push(Buffer.from(body).toString('latin1'));
    }
  });
  return texts.join('\n');
}

describe.each(['a.jsonl', 'a.har'])('the bodies in %s', (name) => {
  const json = ['Content-Type', 'application/json'];

  it.each([
    ['gzip', gzipSync(secret), [...json, 'Content-Encoding', 'gzip'], '"id":1,"access_token":"[redacted]"'],
    ['br', brotliCompressSync(secret), [...json, 'Content-Encoding', 'br'], '"access_token":"[redacted]"'],
    ['a form with a file', form, ['Content-Type', 'multipart/form-data; boundary=b'], '\xff\xfe'],
    ['a coding that it has not', Buffer.from(secret), [...json, 'Content-Encoding', 'gzip'], '"[redacted]"'],
  ])('hold no secret: %s', async (_, body, fields, kept) => {
    const file = join(folder, name);
    const recorder = createRecorder(file);
    recorder.record(bothWays(body, fields));
    recorder.close();
    const all = await everythingIn(file);
    expect(all).not.toContain('SECRET');
    expect(all).toContain(kept);
  });

  it('are left out where nobody can look into them, and say so', async () => {
    const file = join(folder, name);
    const zstd = bothWays(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), [...json, 'Content-Encoding', 'zstd']);
    const cut = bothWays(gzipSync(secret).subarray(0, 20), [...json, 'Content-Encoding', 'gzip']);
    const recorder = createRecorder(file);
    recorder.record(zstd);
    recorder.record(cut);
    recorder.close();
    const reasons: string[] = [];
    await eachExchange(file, ({ responseLeftOut }) => reasons.push(responseLeftOut?.reason ?? 'is there'));
    expect(reasons).toHaveLength(2);
    expect(reasons[0]).toContain('may hold secrets that cannot be taken out: the content coding "zstd"');
    expect(reasons[1]).toContain('may hold secrets that cannot be taken out');
  });
});

it('compressed bodies without secrets stay the bytes that came', async () => {
  const file = join(folder, 'a.jsonl');
  const body = gzipSync('{"id":1}');
  const recorder = createRecorder(file);
  recorder.record(bothWays(body, ['Content-Type', 'application/json', 'Content-Encoding', 'gzip']));
  recorder.close();
  await eachExchange(file, ({ exchange: { response } }) => {
    expect(Buffer.from(response.body)).toEqual(body);
    expect(response.headers.get('content-encoding')).toBe('gzip');
  });
});

describe('a HAR', () => {
  it('is valid, without secrets, and there when it is closed', () => {
    const file = join(folder, 'a.har');
    const recorder = createRecorder(file);
    recorder.record(sample);
    recorder.record({ ...withBody(new Uint8Array()), responseLeftOut: { bytes: 9, reason: 'is too long' } });
    expect(existsSync(file)).toBe(false);
    recorder.close();
    const text = readFileSync(file, 'utf8');
    const validate = harValidator();
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
    expect(text).not.toContain('abc');
  });
});

function harValidator(): ValidateFunction {
  const schemas = createRequire(import.meta.url)('har-schema') as Record<string, Record<string, unknown>>;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  for (const { $schema: _draft, ...schema } of Object.values(schemas)) ajv.addSchema(schema);
  const validate = ajv.getSchema('har.json#') ?? ajv.getSchema('har.json');
  if (validate === undefined) throw new Error('har-schema has no har.json');
  return validate as ValidateFunction;
}
