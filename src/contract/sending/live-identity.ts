import type { SecurityScheme } from '../../document/index.ts';
import { type Exchange, parseCookies } from '../../http/index.ts';
import type { ContractIdentity } from '../options.ts';
import { rotatedCookies, type SetCookie } from './rotated-cookies.ts';

/** What a login gives. */
export interface Pass {
  readonly auth: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Cookies whose values stand in a header too, each with that header's name. */
  readonly mirrors: ReadonlyMap<string, string>;
}

/** An identity whose credentials may be renewed while a run goes on. */
export interface LiveIdentity extends ContractIdentity {
  /** Counts the renewals: who saw a refusal under an older one need not renew again. */
  readonly generation: number;
  /** Gets the credentials that are not given: before the first request. Throws what the token's source throws. */
  begin(): Promise<void>;
  /** Gets new credentials after a 401. `false` where there are none to get. */
  renew(generation: number): Promise<boolean>;
  /** Told whether a renewed credential was taken; after some that were not, none is asked for any more. */
  wasTaken(isTaken: boolean): void;
  /** Told of each answer: a session's cookie may be another one from then on. */
  heard(exchange: Exchange): void;
  /** Every credential that it has had. */
  readonly secrets: readonly string[];
}

/** What a live identity is made with. */
export interface LiveSources {
  readonly schemes: ReadonlyMap<string, SecurityScheme>;
  /** Logs in, where the identity has a login. */
  readonly logIn?: () => Promise<Pass>;
}

/** What an identity sends at the moment. */
interface Credentials {
  auth: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  mirrors: Pass['mirrors'];
  generation: number;
  readonly secrets: Set<string>;
}

/** Makes an identity live. After three renewals in vain it renews no more. */
export function createLiveIdentity(identity: ContractIdentity, sources: LiveSources): LiveIdentity {
  const { schemes, logIn } = sources;
  const auth = { ...identity.auth };
  const now: Credentials = {
    auth,
    headers: { ...identity.headers },
    mirrors: new Map(),
    generation: 0,
    secrets: new Set(Object.values(auth)),
  };
  const isRenewable = identity.token !== undefined || logIn !== undefined;
  const fetchAll = async (): Promise<void> => {
    const pass = await logIn?.();
    const token = await identity.token?.();
    takeAll(now, { identity, schemes, pass, token });
  };

  return {
    ...(identity.roles === undefined ? {} : { roles: identity.roles }),
    get auth() {
      return now.auth;
    },
    get headers() {
      return now.headers;
    },
    get generation() {
      return now.generation;
    },
    get secrets() {
      return [...now.secrets];
    },
    begin: async () => {
      if (isRenewable) await fetchAll();
    },
    ...(isRenewable ? createRenewals(now, fetchAll) : noRenewals),
    heard(exchange) {
      if (logIn === undefined) return;
      for (const cookie of rotatedCookies(exchange, ({ value }) => now.secrets.has(value)))
        takeCookie(now, { identity, schemes, cookie });
    },
  };
}

type Renewals = Pick<LiveIdentity, 'renew' | 'wasTaken'>;

const noRenewals: Renewals = { renew: async () => false, wasTaken: () => undefined };
const mostInVain = 3;

function createRenewals(now: Credentials, fetchAll: () => Promise<void>): Renewals {
  let inVain = 0;
  let renewing: Promise<boolean> | undefined;
  return {
    async renew(seen) {
      if (inVain >= mostInVain) return false;
      if (seen !== now.generation) return true;
      renewing ??= fetchAll()
        .then(
          () => true,
          // What cannot be had any more is no fault of the request that asked: its 401 stands.
          () => {
            inVain = mostInVain;
            return false;
          },
        )
        .finally(() => {
          renewing = undefined;
        });
      return renewing;
    },
    wasTaken(isTaken) {
      inVain = isTaken ? 0 : inVain + 1;
    },
  };
}

interface Known {
  readonly identity: ContractIdentity;
  readonly schemes: LiveSources['schemes'];
}

/** Takes what a login and a token's source gave. What the identity itself names stands before both. */
function takeAll(
  now: Credentials,
  got: Known & { readonly pass: Pass | undefined; readonly token: string | undefined },
): void {
  const { identity, schemes, pass, token } = got;
  const lacking = [...schemes.keys()].filter(
    (name) => !Object.hasOwn(identity.auth ?? {}, name) && !Object.hasOwn(pass?.auth ?? {}, name),
  );
  const tokens = token === undefined ? {} : Object.fromEntries(lacking.map((name) => [name, token]));
  now.auth = { ...tokens, ...pass?.auth, ...identity.auth };
  now.headers = { ...identity.headers, ...pass?.headers };
  now.mirrors = pass?.mirrors ?? now.mirrors;
  const cookies = parseCookies(pass?.headers.Cookie ?? '').map(([, value]) => value);
  for (const one of [...Object.values(now.auth), ...Object.values(pass?.headers ?? {}), ...cookies])
    now.secrets.add(one);
  now.generation += 1;
}

/** Takes a session's new cookie, and what stands in a header for it. */
function takeCookie(
  now: Credentials,
  { identity, schemes, cookie: { name, value } }: Known & { readonly cookie: SetCookie },
): void {
  now.secrets.add(value);
  const scheme = [...schemes].find(([, one]) => isCookieOf(one, name))?.[0];
  const cookies = parseCookies(now.headers.Cookie ?? '');
  if (scheme !== undefined && identity.auth?.[scheme] === undefined)
    now.auth = { ...now.auth, [scheme]: value };
  else if (cookies.some(([other]) => other === name)) {
    const pairs = cookies.map(([other, old]) => `${other}=${other === name ? value : old}`);
    now.headers = { ...now.headers, Cookie: pairs.join('; ') };
  }
  const mirror = now.mirrors.get(name);
  if (mirror !== undefined) now.headers = { ...now.headers, [mirror]: value };
  now.generation += 1;
}

function isCookieOf(scheme: SecurityScheme, name: string): boolean {
  return scheme.type === 'apiKey' && scheme.in === 'cookie' && scheme.parameterName === name;
}
