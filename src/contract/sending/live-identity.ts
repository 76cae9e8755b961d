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

const mostInVain = 3;

/** Makes an identity live. After three renewals in vain it renews no more. */
export function createLiveIdentity(
  identity: ContractIdentity,
  { schemes, logIn }: LiveSources,
): LiveIdentity {
  let auth: Readonly<Record<string, string>> = { ...identity.auth };
  let headers: Readonly<Record<string, string>> = { ...identity.headers };
  let mirrors: Pass['mirrors'] = new Map();
  let generation = 0;
  let inVain = 0;
  let renewing: Promise<boolean> | undefined;
  const secrets = new Set<string>(Object.values(auth));
  const isRenewable = identity.token !== undefined || logIn !== undefined;

  const fetchAll = async (): Promise<void> => {
    const pass = await logIn?.();
    const token = await identity.token?.();
    const lacking = [...schemes.keys()].filter(
      (name) => !Object.hasOwn(identity.auth ?? {}, name) && !Object.hasOwn(pass?.auth ?? {}, name),
    );
    const tokens = token === undefined ? {} : Object.fromEntries(lacking.map((name) => [name, token]));
    auth = { ...tokens, ...pass?.auth, ...identity.auth };
    headers = { ...identity.headers, ...pass?.headers };
    mirrors = pass?.mirrors ?? mirrors;
    const cookies = parseCookies(pass?.headers.Cookie ?? '').map(([, value]) => value);
    for (const one of [...Object.values(auth), ...Object.values(pass?.headers ?? {}), ...cookies])
      secrets.add(one);
    generation += 1;
  };

  const takeCookie = ({ name, value }: SetCookie): void => {
    secrets.add(value);
    const scheme = [...schemes].find(([, one]) => isCookieOf(one, name))?.[0];
    const cookies = parseCookies(headers.Cookie ?? '');
    if (scheme !== undefined && identity.auth?.[scheme] === undefined) auth = { ...auth, [scheme]: value };
    else if (cookies.some(([other]) => other === name)) {
      const pairs = cookies.map(([other, old]) => `${other}=${other === name ? value : old}`);
      headers = { ...headers, Cookie: pairs.join('; ') };
    }
    const mirror = mirrors.get(name);
    if (mirror !== undefined) headers = { ...headers, [mirror]: value };
    generation += 1;
  };

  return {
    ...(identity.roles === undefined ? {} : { roles: identity.roles }),
    get auth() {
      return auth;
    },
    get headers() {
      return headers;
    },
    get generation() {
      return generation;
    },
    get secrets() {
      return [...secrets];
    },
    begin: async () => {
      if (isRenewable) await fetchAll();
    },
    async renew(seen) {
      if (!isRenewable || inVain >= mostInVain) return false;
      if (seen !== generation) return true;
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
    heard(exchange) {
      if (logIn === undefined) return;
      for (const cookie of rotatedCookies(exchange, ({ value }) => secrets.has(value))) takeCookie(cookie);
    },
    wasTaken(isTaken) {
      inVain = isTaken ? 0 : inVain + 1;
    },
  };
}

function isCookieOf(scheme: SecurityScheme, name: string): boolean {
  return scheme.type === 'apiKey' && scheme.in === 'cookie' && scheme.parameterName === name;
}
