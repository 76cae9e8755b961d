import { ApidoubleError, isApidoubleError, valueAt } from '../../core/index.ts';
import {
  HeaderList,
  type HttpRequest,
  type HttpResponse,
  noBody,
  parseCookies,
  type Target,
} from '../../http/index.ts';
import type { ApiPlan } from '../../plan/index.ts';
import { buildRequest, type RequestDestination } from '../../request/index.ts';
import type { LoginStep } from '../options.ts';
import type { Pass } from './live-identity.ts';

/** What logging in needs. */
export interface LoginContext {
  readonly api: ApiPlan;
  readonly target: Target;
  readonly destination: RequestDestination;
  readonly schemes: LoginSchemes;
}

type LoginSchemes = ReadonlyMap<
  string,
  { readonly type: string; readonly in?: string; readonly parameterName?: string }
>;

interface Wallet {
  readonly cookies: Map<string, string>;
  readonly headers: Record<string, string>;
  readonly auth: Record<string, string>;
  readonly mirrors: Map<string, string>;
}

/** Logs in, step by step, with the cookies of the steps before. Throws `ERR_LOGIN` where a step is refused or lacks what it was to give. */
export async function logIn(steps: readonly LoginStep[], context: LoginContext): Promise<Pass> {
  const wallet: Wallet = { cookies: new Map(), headers: {}, auth: {}, mirrors: new Map() };
  for (const step of steps) await takeStep(step, context, wallet);
  for (const [name, scheme] of context.schemes) {
    if (scheme.type !== 'apiKey' || scheme.in !== 'cookie' || scheme.parameterName === undefined) continue;
    const value = wallet.cookies.get(scheme.parameterName);
    if (value === undefined) continue;
    wallet.auth[name] = value;
    wallet.cookies.delete(scheme.parameterName);
  }
  const cookie = cookieText(wallet.cookies);
  const { auth, mirrors } = wallet;
  return { auth, mirrors, headers: { ...wallet.headers, ...(cookie === '' ? {} : { Cookie: cookie }) } };
}

async function takeStep(step: LoginStep, context: LoginContext, wallet: Wallet): Promise<void> {
  const name = step.operation ?? step.request ?? '';
  const request = withWallet(requestOf(step, context), wallet);
  const response = await context.target(request).catch((error: unknown) => {
    throw refuse(name, error instanceof Error ? error.message : String(error), error);
  });
  if (response.status >= 400) throw refuse(name, `the server answered ${response.status}`);
  for (const field of response.headers.getAll('set-cookie')) {
    const [pair] = parseCookies(field.split(';', 1)[0] ?? '');
    if (pair !== undefined) wallet.cookies.set(pair[0], pair[1]);
  }
  takeToken(step, response, { name, wallet, context });
  takeCsrf(step, response, { name, wallet });
}

function requestOf(step: LoginStep, { api, destination }: LoginContext): HttpRequest {
  const name = step.operation ?? step.request ?? '';
  if (step.operation === undefined) return plainRequest(step, destination);
  const operation =
    api.find(step.operation) ?? api.operations.find((one) => `${one.method} ${one.path}` === name);
  if (operation === undefined) throw refuse(name, 'the document has no such operation');
  const plan = api.compile(operation);
  const { path, query, header, cookie, body } = step;
  const contentType = step.contentType ?? plan.body?.mediaTypes[0]?.mediaType;
  const values = {
    ...(path === undefined ? {} : { path }),
    ...(query === undefined ? {} : { query }),
    ...(header === undefined ? {} : { header }),
    ...(cookie === undefined ? {} : { cookie }),
    ...(body === undefined || contentType === undefined ? {} : { body: { value: body, contentType } }),
  };
  try {
    return buildRequest(plan, values, destination);
  } catch (error) {
    throw refuse(name, isApidoubleError(error) ? error.message : String(error));
  }
}

/** `POST /login/`, from the origin; a body that is no text goes as JSON. */
function plainRequest(
  { request = '', header = {}, body, contentType }: LoginStep,
  { origin }: RequestDestination,
): HttpRequest {
  const match = /^(?:([A-Z]+) )?(\/\S*)$/.exec(request);
  if (match === null) throw refuse(request, 'it is no request such as "POST /login/"');
  const isForm =
    contentType === 'application/x-www-form-urlencoded' && typeof body === 'object' && body !== null;
  const text =
    typeof body === 'string'
      ? body
      : isForm
        ? new URLSearchParams(textsOf(body)).toString()
        : JSON.stringify(body);
  const fields = Object.entries(header).map(([key, value]) => [key, String(value)] as const);
  const type = contentType ?? (typeof body === 'string' ? 'text/plain' : 'application/json');
  return {
    method: match[1] ?? (body === undefined ? 'GET' : 'POST'),
    target: match[2] ?? '/',
    origin,
    headers: HeaderList.from([
      ['Accept', '*/*'],
      ...fields,
      ...(body === undefined ? [] : [['Content-Type', type] as const]),
    ]),
    body: body === undefined ? noBody : Buffer.from(text),
  };
}

function textsOf(body: object): Record<string, string> {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]));
}

function withWallet(request: HttpRequest, { cookies, headers }: Wallet): HttpRequest {
  let fields = request.headers;
  for (const [name, value] of Object.entries(headers)) fields = fields.with(name, value);
  const cookie = cookieText(cookies);
  return { ...request, headers: cookie === '' ? fields : fields.with('Cookie', cookie) };
}

function cookieText(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

interface Taking {
  readonly name: string;
  readonly wallet: Wallet;
}

function takeToken(
  { token, scheme }: LoginStep,
  response: HttpResponse,
  { name, wallet, context }: Taking & { context: LoginContext },
): void {
  if (token === undefined) return;
  const value = textAt(response, token);
  if (value === undefined) throw refuse(name, `its answer has no text at "${token}"`);
  if (scheme !== undefined && !context.schemes.has(scheme)) {
    throw refuse(name, `the document has no security scheme "${scheme}"`);
  }
  const all = [...context.schemes].filter(([, one]) => one.type !== 'mutualTLS' && one.in !== 'cookie');
  for (const one of scheme === undefined ? all.map(([key]) => key) : [scheme]) wallet.auth[one] = value;
}

function takeCsrf({ csrf }: LoginStep, response: HttpResponse, { name, wallet }: Taking): void {
  if (csrf === undefined) return;
  const value =
    csrf.cookie !== undefined
      ? wallet.cookies.get(csrf.cookie)
      : csrf.token !== undefined
        ? textAt(response, csrf.token)
        : response.headers.get(csrf.header);
  if (value === undefined) throw refuse(name, 'its answer has no CSRF token where "csrf" looks for it');
  wallet.headers[csrf.header] = value;
  for (const [cookie, header] of wallet.mirrors) if (header === csrf.header) wallet.mirrors.delete(cookie);
  if (csrf.cookie !== undefined) wallet.mirrors.set(csrf.cookie, csrf.header);
}

function textAt(response: HttpResponse, pointer: string): string | undefined {
  try {
    const value = valueAt(JSON.parse(Buffer.from(response.body).toString('utf8')), pointer);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  } catch {
    return undefined;
  }
}

function refuse(step: string, reason: string, cause?: unknown): ApidoubleError {
  return new ApidoubleError(
    'ERR_LOGIN',
    `Cannot log in by "${step}": ${reason}. Correct "login", or send the request by hand.`,
    { cause },
  );
}
