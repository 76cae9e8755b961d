import { describe, expect, it } from 'vitest';
import { normalizeArguments } from '../../src/cli/arguments.ts';
import { reportFailure } from '../../src/cli/failure.ts';
import type { LintFlags } from '../../src/cli/lint-flags.ts';
import type { MockFlags } from '../../src/cli/mock-flags.ts';
import { createProgram } from '../../src/cli/program.ts';
import type { ProxyFlags } from '../../src/cli/proxy-flags.ts';
import { plainOutput } from '../../src/cli/terminal.ts';
import type { VerifyFlags } from '../../src/cli/verify-flags.ts';

interface Parsed {
  code: number;
  text: string;
  mock?: { document: string | undefined; flags: MockFlags };
  verify?: { document: string | undefined; flags: VerifyFlags };
  proxy?: { document: string | undefined; upstream: string | undefined; flags: ProxyFlags };
  lint?: { documents: readonly string[]; flags: LintFlags };
}

async function parse(line: string): Promise<Parsed> {
  const parsed: Parsed = { code: 0, text: '' };
  const output = plainOutput((text) => {
    parsed.text += text;
  });
  const program = await createProgram(
    {
      mock: async (document, flags) => {
        parsed.mock = { document, flags };
      },
      proxy: async (document, upstream, flags) => {
        parsed.proxy = { document, upstream, flags };
      },
      check: async () => {},
      replay: async () => {},
      learn: async () => {},
      lint: async (documents, flags) => {
        parsed.lint = { documents, flags };
      },
      verify: async (document, flags) => {
        parsed.verify = { document, flags };
      },
      recheck: async () => {},
    },
    output,
  );
  try {
    await program.parseAsync(normalizeArguments(line.split(' ').filter(Boolean)), { from: 'user' });
  } catch (error) {
    parsed.code = reportFailure(error, output);
  }
  return parsed;
}

describe('the flags of apidouble proxy', () => {
  it("has Prism's defaults", async () => {
    const { proxy } = await parse('proxy api.yaml http://up');
    expect(proxy).toMatchObject({ document: 'api.yaml', upstream: 'http://up' });
    expect(proxy?.flags).toMatchObject({
      port: 4010,
      host: '127.0.0.1',
      cors: true,
      errors: false,
      validateRequest: true,
      verboseLevel: 'info',
    });
    expect(proxy?.flags.upstreamProxy).toBeUndefined();
  });

  it.each([
    ['--errors', { errors: true }],
    ['--validateRequest=false', { validateRequest: false }],
    ['--upstreamProxy http://p:1', { upstreamProxy: 'http://p:1' }],
    ['--mock-on down,501', { mockOn: ['down', 501] }],
    ['--no-redact', { redact: false }],
    ['--judge-limit 1MB', { judgeLimit: 1_000_000 }],
  ])('%s', async (line, want) => {
    expect((await parse(`proxy api.yaml http://up ${line}`)).proxy?.flags).toMatchObject(want);
  });

  it('refuses a case of --mock-on that is none', async () => {
    const { code, text } = await parse('proxy api.yaml http://up --mock-on never');
    expect([code, text]).toEqual([2, expect.stringContaining('"never" is neither down nor a status')]);
  });
});

describe('the flags of apidouble mock', () => {
  it("has Prism's defaults", async () => {
    const { mock } = await parse('mock api.yaml');
    expect(mock?.document).toBe('api.yaml');
    expect(mock?.flags).toMatchObject({
      port: 4010,
      host: '127.0.0.1',
      cors: true,
      errors: false,
      verboseLevel: 'info',
      multiprocess: false,
      source: 'example',
      ignoreExamples: false,
      fillProperties: true,
      validateRequest: true,
      explain: false,
      admin: true,
    });
    expect(mock?.flags.watch).toBeUndefined();
  });

  const table: [line: string, want: Partial<MockFlags>][] = [
    ['-p 0 -h 0.0.0.0', { port: 0, host: '0.0.0.0' }],
    ['--port=8080 --host localhost', { port: 8080, host: 'localhost' }],
    ['--no-cors --errors -m', { cors: false, errors: true, multiprocess: true }],
    ['-v trace', { verboseLevel: 'trace' }],
    ['--verboseLevel silent', { verboseLevel: 'silent' }],
    ['-d', { source: 'dynamic' }],
    ['--static', { source: 'static' }],
    ['-d --static', { source: 'static' }],
    ['--static --dynamic', { source: 'dynamic' }],
    ['--dynamic=false', { source: 'example' }],
    ['--seed 7 --now 2024-05-06T07:08:09Z', { seed: '7', now: '2024-05-06T07:08:09Z' }],
    ['--ignoreExamples', { ignoreExamples: true }],
    ['--json-schema-faker-fillProperties=false', { fillProperties: false }],
    ['--no-validate-request', { validateRequest: false }],
    ['--no-validate-request --validate-request', { validateRequest: true }],
    ['--credential bearer=a=b --credential key=c', { credential: { bearer: 'a=b', key: 'c' } }],
    ['--credential __proto__=x', { credential: JSON.parse('{"__proto__":"x"}') }],
    ['--allow-host a.test --allow-host b.test', { allowHost: ['a.test', 'b.test'] }],
    ['--no-watch', { watch: false }],
    ['--watch', { watch: true }],
    ['--body-limit 2MB', { bodyLimit: 2_000_000 }],
    ['--body-limit 1MiB', { bodyLimit: 1_048_576 }],
    ['--no-admin', { admin: false }],
    ['--admin-path /-', { adminPath: '/-' }],
    ['--journal 5 --log-format json --list all', { journal: 5, logFormat: 'json', list: 'all' }],
    ['--locale de --explain', { locale: 'de', explain: true }],
  ];
  for (const [line, want] of table) {
    it(`reads ${line}`, async () => {
      for (const words of [`mock api.yaml ${line}`, `mock ${line} api.yaml`]) {
        const { mock } = await parse(words);
        expect(mock?.document).toBe('api.yaml');
        expect(mock?.flags).toMatchObject(want);
      }
    });
  }
});

describe('the flags of apidouble lint', () => {
  it('takes several documents', async () => {
    const { lint } = await parse('lint a.yaml b.yaml --format json --failOn warning');
    expect(lint?.documents).toEqual(['a.yaml', 'b.yaml']);
    expect(lint?.flags).toMatchObject({ format: 'json', failOn: 'warning' });
  });
});

describe('what is refused', () => {
  const table: [line: string, want: RegExp][] = [
    ['mock api.yaml --prot 1', /Cannot use option "--prot".*Did you mean --port\?/],
    ['mock api.yaml --verboseLvl debug', /Cannot use option "--verbose-lvl".*Did you mean --verbose-level\?/],
    ['moc api.yaml', /Cannot run command "moc".*Did you mean mock\?/],
    ['mock a.yaml b.yaml', /too many arguments/],
    ['mock api.yaml -h', /-h is the host/],
    ['mock api.yaml --port 70000', /Cannot use --port "70000": it is not a whole number from 0 to 65535/],
    ['mock api.yaml --port 1e3', /Cannot use --port "1e3"/],
    ['mock api.yaml --now yesterday', /Cannot use --now "yesterday"/],
    ['mock api.yaml -v loud', /Cannot use --verbose-level "loud".*trace, debug/],
    ['mock api.yaml --credential token', /Cannot use --credential "token"/],
    ['mock api.yaml --body-limit much', /Cannot use --body-limit "much"/],
    ['lint api.yaml --format xml', /Cannot use --format "xml".*human, json, github, gitlab/],
    ['', /no command was given/],
  ];
  for (const [line, want] of table) {
    it(`refuses ${line || 'nothing'}`, async () => {
      const { code, text, mock } = await parse(line);
      expect(text).toMatch(want);
      expect(text.trim().split('\n')).toHaveLength(1);
      expect(code).toBe(2);
      expect(mock).toBeUndefined();
    });
  }
});

describe('help', () => {
  const table: [line: string, want: RegExp[]][] = [
    ['--help', [/mock/, /lint/, /Exit codes:/]],
    ['help mock', [/--dynamic/, /Examples:/, /Prefer:/, /Exit codes:/]],
    ['mock --help', [/-h, --host/, /Exit codes:/]],
    ['help lint', [/--fail-on/, /Exit codes:/]],
    ['--version', [/^\d+\.\d+\.\d+/]],
  ];
  for (const [line, wants] of table) {
    it(`prints ${line}`, async () => {
      const { code, text } = await parse(line);
      for (const want of wants) expect(text).toMatch(want);
      expect(code).toBe(0);
    });
  }
});

describe('the flags of verify', () => {
  it('belong to the identity that was begun last', async () => {
    const line = 'verify a.yaml --header X:1 --auth a=b --as other --header Y:2 --auth a=c --header Z:3';
    const { verify } = await parse(line);
    expect(verify?.flags).toMatchObject({
      header: ['X:1'],
      auth: { a: 'b' },
      second: { header: ['Y:2', 'Z:3'], auth: { a: 'c' } },
    });
  });

  it('give the first identity nothing that stands after --as', async () => {
    const { verify } = await parse('verify a.yaml --as other --header Y:2');
    expect(verify?.flags.header).toBeUndefined();
    expect(verify?.flags.second).toEqual({ header: ['Y:2'] });
  });

  const misuses = [
    '--header nonsense',
    '--reporter',
    '--without sleep',
    '--max-inconclusive 2',
    '--requests 0',
    '--fail-on may',
  ];
  for (const words of misuses) {
    it(`refuse ${words}`, async () => {
      expect((await parse(`verify a.yaml ${words}`)).code).toBe(2);
    });
  }
});
