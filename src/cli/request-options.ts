import { readFile } from 'node:fs/promises';
import { tokenOf } from '../config/index.ts';
import type { ContractIdentity, ContractOptions } from '../contract/index.ts';
import { ApidoubleError, environment, fileReason } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import type { RequestFlags } from './verify-flags.ts';

/** `Name: value` fields as a record. A field that is named twice keeps its last value. */
export function headersOf(fields: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.map((field) => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon), field.slice(colon + 1).trim()];
    }),
  );
}

/** Who sends the requests: flags win over the environment, the environment over the configuration, and all over the token command. */
export function identityOf(
  flags: RequestFlags,
  configured: ContractIdentity,
  { securitySchemes }: ApiDocument,
): ContractIdentity {
  const command = flags.tokenCommand;
  const { roles, token, login } = configured;
  return {
    ...(roles === undefined ? {} : { roles }),
    ...(token === undefined ? {} : { token }),
    ...(login === undefined ? {} : { login }),
    auth: { ...configured.auth, ...authFromEnvironment([...securitySchemes.keys()]), ...flags.auth },
    headers: { ...configured.headers, ...headersOf(flags.header ?? []) },
    ...(command === undefined ? {} : { token: () => tokenOf(command) }),
  };
}

function authFromEnvironment(names: readonly string[]): Record<string, string> {
  const variables = environment();
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = variables[`APIDOUBLE_AUTH_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`];
    if (value !== undefined && value !== '') found[name] = value;
  }
  return found;
}

/** How requests travel. Throws `ERR_OPTION` for a file that cannot be read. */
export async function httpOf(
  flags: RequestFlags,
  configured: ContractOptions['http'] = {},
): Promise<NonNullable<ContractOptions['http']>> {
  const { ca, cert, key, insecure } = flags;
  const proxy = proxyFromEnvironment();
  return {
    ...configured,
    ...(proxy === undefined ? {} : { proxy }),
    ...(ca === undefined ? {} : { ca: await readNamed('--ca', ca) }),
    ...(cert === undefined ? {} : { cert: await readNamed('--cert', cert) }),
    ...(key === undefined ? {} : { key: await readNamed('--key', key) }),
    ...(insecure === undefined ? {} : { insecure }),
  };
}

/** @see https://everything.curl.dev/usingproxies/env.html */
function proxyFromEnvironment(): NonNullable<ContractOptions['http']>['proxy'] {
  const variables = environment();
  // HTTP_PROXY in capitals could be set by a header of a CGI request.
  const http = variables.http_proxy || variables.all_proxy || variables.ALL_PROXY;
  const https = variables.https_proxy || variables.HTTPS_PROXY || variables.all_proxy || variables.ALL_PROXY;
  const except = variables.no_proxy || variables.NO_PROXY;
  if (!http && !https) return undefined;
  return { ...(http ? { http } : {}), ...(https ? { https } : {}), ...(except ? { except } : {}) };
}

/** The text of a file that an option names. Throws `ERR_OPTION` where it cannot be read. */
export async function readNamed(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ApidoubleError(
      'ERR_OPTION',
      `Cannot use ${option} "${file}": ${fileReason(error)}. Name a file that can be read.`,
    );
  }
}
