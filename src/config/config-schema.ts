import { correctionSchema } from '../plan/index.ts';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string', minLength: 1 };
const flag: Schema = { type: 'boolean' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const map = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });
const whole = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum });
const record = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
  additionalProperties: false,
});
const said = (schema: Schema, description: string): Schema => ({ ...schema, description });
const reference = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

const values: Readonly<Record<string, Schema>> = {
  path: map({}),
  query: map({}),
  header: map({}),
  cookie: map({}),
  body: {},
};

const loginStep: Schema = record({
  ...values,
  operation: said(text, 'An operation of the document, by operationId or METHOD path.'),
  request: said({ type: 'string', pattern: '^([A-Z]+ )?/' }, 'POST /login/, from the origin of the target.'),
  contentType: text,
  token: said(
    { type: 'string', pattern: '^(/.*)?$' },
    'Where the token stands in the JSON answer: /access_token.',
  ),
  scheme: said(text, 'The security scheme that the token is for. Default: every one without auth.'),
  csrf: record({ header: text, cookie: text, token: { type: 'string', pattern: '^(/.*)?$' } }, ['header']),
});

const identity: Readonly<Record<string, Schema>> = {
  auth: said(
    map(reference('secret')),
    'Security scheme to its value: a token, a key, or user:password for basic.',
  ),
  headers: said(map(reference('secret')), 'Sent with every request.'),
  roles: said(list(text), 'The scopes or roles that it has.'),
  tokenCommand: said(
    text,
    'Its first line of output is the token of every scheme without auth; run again after a 401.',
  ),
  login: said(
    { anyOf: [reference('loginStep'), list(reference('loginStep'))] },
    'Requests that log in. {"env": NAME} may stand for any value.',
  ),
};

const settings: Readonly<Record<string, Schema>> = {
  ...identity,
  second: said(record(identity), 'A second identity: it must not reach what is the first one’s alone.'),
  basePath: text,
  writes: said(flag, 'Whether other requests than GET, HEAD and OPTIONS are sent.'),
  allowWritesTo: said(list(text), 'Hosts that may be written to.'),
  leaveBehind: said(flag, 'Whether things are made that cannot be removed again.'),
  without: list({ enum: ['lifecycle', 'paging', 'filters', 'credentials', 'concurrency'] }),
  exampleData: said(
    { anyOf: [text, reference('exampleData')] },
    'Values that the server knows, or a file that has them.',
  ),
  include: said(list(text), 'Globs over METHOD path, operationId, tag, check or id.'),
  exclude: list(text),
  budget: record({ requests: whole(1, 10_000_000), seconds: whole(1, 86_400) }),
  concurrency: whole(1, 64),
  rate: said(whole(1, 100_000), 'Requests a second, at most.'),
  timeout: said(whole(1, 600_000), 'Milliseconds for one exchange.'),
  tls: said(
    record({ ca: text, cert: text, key: text, insecure: flag }),
    'Files (PEM), and whether any certificate is taken.',
  ),
  baseline: said(text, 'A file of findings to bear with.'),
  hooks: said(
    record({ setup: {}, reset: {}, beforeRequest: {}, afterResponse: {} }),
    'Functions; only in a configuration of .ts, .js or .mjs.',
  ),
};

/** The commands whose flags a configuration may say. */
export const commandsWithFlags = ['mock', 'proxy', 'check', 'replay', 'learn'] as const;

function flagsOf(command: string): Schema {
  const one = { type: ['string', 'number', 'boolean'] };
  return said(
    map({ anyOf: [one, list({ type: 'string' }), map({ type: 'string' })] }),
    `The flags of apidouble ${command} by their long names.`,
  );
}

const { $schema: _, title: __, ...correction } = correctionSchema;

/** The JSON Schema of a configuration, for editors and for `readConfig`. */
export const configSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'apidouble.config',
  description: 'The configuration of Apidouble. Paths are relative to its folder; flags win over it.',
  ...record({
    $schema: text,
    ...settings,
    document: said(text, 'A path or an http(s) URL, used where the command line names none.'),
    targets: map(record({ url: reference('secret'), ...settings }, ['url'])),
    target: said(text, 'The name of the target that is meant where none is given. Default: the only one.'),
    grades: said(
      map({ enum: ['must', 'should', 'may'] }),
      'By a glob over checks, and before it, with a blank between, one over operations.',
    ),
    checks: said(map({ type: 'object' }), 'Checks of your own; only in a configuration of .ts, .js or .mjs.'),
    operations: said(
      map(reference('correction')),
      'What x-apidouble would say, by operationId or METHOD path.',
    ),
    reporters: said(list(text), 'As --reporter takes them: pretty, junit=report.xml.'),
    seed: { type: ['string', 'integer'] },
    failOn: { enum: ['must', 'should'] },
    maxInconclusive: { type: 'number', minimum: 0, maximum: 1 },
    engineOpinion: flag,
    overlays: list(text),
    allowHosts: list(text),
    ...Object.fromEntries(commandsWithFlags.map((name) => [name, flagsOf(name)])),
  }),
  $defs: {
    secret: {
      anyOf: [{ type: 'string' }, record({ env: text }, ['env'])],
      description: 'A text, or the name of the environment variable that has it.',
    },
    loginStep,
    exampleData: record({
      operations: said(map(record(values)), 'By operationId or METHOD path.'),
      parameters: said(map({}), 'Of any operation: tenant, or query.tenant.'),
      properties: said(map({}), 'Of any body, by name.'),
    }),
    correction,
  },
};
