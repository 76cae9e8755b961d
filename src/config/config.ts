import type {
  Capability,
  ContractHooks,
  ContractOptions,
  ExampleData,
  Grade,
  LoginStep,
  OwnCheck,
} from '../contract/index.ts';
import type { Correction } from '../plan/index.ts';

/** A text, or the name of the environment variable that has it. */
export type Secret = string | { readonly env: string };

/** Somebody whom a server knows. */
export interface IdentityConfig {
  /** Security scheme to its value: a token, a key, or `user:password` for basic. */
  readonly auth?: Readonly<Record<string, Secret>>;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, Secret>>;
  /** The scopes or roles that it has. */
  readonly roles?: readonly string[];
  /** A command whose first line of output is the token of every scheme without `auth`; run again after a 401. */
  readonly tokenCommand?: string;
  /** Requests that log it in; `{ env: NAME }` may stand for any value in them. */
  readonly login?: LoginStep | readonly LoginStep[];
}

/** What holds for a target, and for all of them where it stands at the top. */
export interface TargetSettings extends IdentityConfig {
  readonly second?: IdentityConfig;
  /** Instead of the base path of the URL or the document's servers. */
  readonly basePath?: string;
  /** Whether other requests than GET, HEAD and OPTIONS are sent. On a target of its own it also says that its host may be written to. */
  readonly writes?: boolean;
  readonly allowWritesTo?: readonly string[];
  readonly leaveBehind?: boolean;
  readonly without?: readonly Capability[];
  readonly exampleData?: ExampleData | string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly budget?: { readonly requests?: number; readonly seconds?: number };
  readonly concurrency?: number;
  readonly rate?: number;
  /** Milliseconds for one exchange. */
  readonly timeout?: number;
  /** Files (PEM), and whether any certificate is taken. */
  readonly tls?: {
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly insecure?: boolean;
  };
  /** Findings to bear with: a file of entries. */
  readonly baseline?: string;
  readonly hooks?: ContractHooks;
}

/** A server that the document is held against. */
export interface TargetConfig extends TargetSettings {
  readonly url: Secret;
}

/** What `apidouble.config.ts` (or .js, .mjs, .json, .yaml) says. Paths are relative to its folder; flags win over it. */
export interface ApidoubleConfig extends TargetSettings {
  readonly $schema?: string;
  /** A path or an http(s) URL, used where the command line names none. */
  readonly document?: string;
  readonly targets?: Readonly<Record<string, TargetConfig>>;
  /** The target that is meant where none is named. Default: the only one. */
  readonly target?: string;
  /** By a glob over checks, and before it, with a blank between, one over operations. */
  readonly grades?: Readonly<Record<string, Grade>>;
  /** Checks of your own, by name. */
  readonly checks?: Readonly<Record<string, OwnCheck>>;
  /** What `x-apidouble` would say of operations, by operationId or `METHOD path`. */
  readonly operations?: Readonly<Record<string, Correction>>;
  /** As `--reporter` takes them: `pretty`, `junit=report.xml`. */
  readonly reporters?: readonly string[];
  readonly seed?: ContractOptions['seed'];
  readonly failOn?: 'must' | 'should';
  readonly maxInconclusive?: number;
  readonly engineOpinion?: boolean;
  /** OpenAPI Overlays to apply to the document. */
  readonly overlays?: readonly string[];
  /** Hosts that the document's references may be read from. */
  readonly allowHosts?: readonly string[];
  /** The flags of `apidouble mock`: `{ port: 4010, cors: false, credential: { key: 'secret' } }`; also of the mock that fills gaps. */
  readonly mock?: FlagsConfig;
  readonly proxy?: FlagsConfig;
  readonly check?: FlagsConfig;
  readonly replay?: FlagsConfig;
  readonly learn?: FlagsConfig;
}

/** Flags of one command by their long names. */
export type FlagsConfig = Readonly<
  Record<string, string | number | boolean | readonly string[] | Readonly<Record<string, string>>>
>;

/**
 * Gives the configuration its types; it changes nothing.
 *
 * @example
 * export default defineConfig({ document: 'openapi.yaml', targets: { dev: { url: 'http://127.0.0.1:8000' } } });
 */
export function defineConfig(config: ApidoubleConfig): ApidoubleConfig {
  return config;
}
