import { createHttpTarget } from '../client/index.ts';
import { authorize, destinationOf } from '../contract/index.ts';
import { ApidoubleError } from '../core/index.ts';
import type { HttpResponse, Target } from '../http/index.ts';
import type { OperationPlan } from '../plan/index.ts';
import { buildRequest, type RequestValues } from '../request/index.ts';
import type {
  CallArguments,
  CallExtras,
  CallResult,
  ClientMethod,
  OperationAt,
  PathsWith,
} from './client-types.ts';
import { type ContractOperation, type LoadedContract, loadContract } from './contract.ts';
import { type ContractTarget, resolveTarget } from './target.ts';

/** What `createClient` takes. */
export interface ClientOptions {
  /** A path, an http(s) URL, a parsed document, or one that `loadDocument` gave. */
  readonly document: string | URL | object;
  readonly target: ContractTarget;
  /** Security scheme name to its value: a token, a key, or `user:password` for basic. */
  readonly auth?: Readonly<Record<string, string>>;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the base path of the target's URL or the document's servers. */
  readonly basePath?: string;
  /** The folder that a relative `document` is read from. */
  readonly cwd?: string;
}

/** One function per method; paths, parameters, bodies and answers are typed by `Paths`. */
export type Client<Paths> = {
  readonly [Method in ClientMethod]: <Path extends PathsWith<Paths, Method>>(
    path: Path,
    ...input: CallArguments<OperationAt<Paths, Path, Method>>
  ) => Promise<CallResult<OperationAt<Paths, Path, Method>>>;
} & LoadedContract & {
    /** Closes the connections, where the target is a URL. */
    close(): Promise<void>;
  };

const methods: readonly ClientMethod[] = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
];

/**
 * A client of a document's API for hand-written tests. Values are written in the styles and media types of the document and
 * answers read by them; nothing is judged on the way, so that a test can send what is wrong as far as its style can carry it.
 * `Paths` is what `openapi-typescript` writes for the document.
 *
 * @example
 * const api = await createClient<paths>({ document: 'openapi.yaml', target: mock });
 * const { status } = await api.get('/events/events/', { query: { page_size: 5 } });
 */
export async function createClient<Paths>(options: ClientOptions): Promise<Client<Paths>> {
  const { document: source, cwd } = options;
  const contract = await loadContract(source, cwd === undefined ? {} : { cwd });
  const { target } = resolveTarget(options.target);
  const http = typeof target === 'function' ? undefined : createHttpTarget();
  const send: Target = typeof target === 'function' ? target : (http ?? createHttpTarget()).send;
  const destination = destinationOf({ ...options, target }, contract.document);
  const call = async (method: string, path: string, input: Input = {}): Promise<unknown> => {
    const operation = contract.operation(`${method.toUpperCase()} ${path}`);
    const request = buildRequest(operation.plan, valuesOf(operation.plan, input), destination);
    const { auth = options.auth ?? {}, headers } = input;
    const signed = authorize(request, operation.plan, {
      auth: auth === false ? {} : auth,
      headers: { ...options.headers, ...headers },
    });
    return resultOf(operation, await send(signed));
  };
  const calls = methods.map((method) => [method, (path: string, input?: Input) => call(method, path, input)]);
  const close = async (): Promise<void> => http?.close();
  return { ...contract, ...Object.fromEntries(calls), close } as Client<Paths>;
}

interface Input extends CallExtras {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly cookie?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

function valuesOf(plan: OperationPlan, { body, contentType, ...places }: Input): RequestValues {
  if (body === undefined) return places;
  const mediaType = contentType ?? plan.body?.mediaTypes[0]?.mediaType;
  if (mediaType !== undefined) return { ...places, body: { value: body, contentType: mediaType } };
  throw new ApidoubleError(
    'ERR_CODEC',
    `Cannot send a body to "${plan.key}": the document gives it none. Leave it out.`,
  );
}

function resultOf(operation: ContractOperation, response: HttpResponse): object {
  return { status: response.status, body: readBody(operation.plan, response), response, operation };
}

function readBody(plan: OperationPlan, { status, headers, body }: HttpResponse): unknown {
  if (body.length === 0) return undefined;
  const contentType = headers.get('content-type') ?? '';
  const media = plan.responseFor(status)?.find(contentType);
  if (media !== undefined) return media.codec.decode(body, contentType).value;
  return Buffer.from(body).toString('utf8');
}
