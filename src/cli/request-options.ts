import { exec } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ContractIdentity, ContractOptions } from '../contract/index.ts';
import { ApidoubleError } from '../core/index.ts';
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

/** Who sends the requests: flags win over the environment, the environment over the token command. */
export async function identityOf(
  flags: RequestFlags,
  { securitySchemes }: ApiDocument,
): Promise<ContractIdentity> {
  const names = [...securitySchemes.keys()];
  const auth: Record<string, string> = { ...authFromEnvironment(names), ...flags.auth };
  const lacking = names.filter((name) => !Object.hasOwn(auth, name));
  if (flags.tokenCommand !== undefined && lacking.length > 0) {
    const token = await tokenOf(flags.tokenCommand);
    for (const name of lacking) auth[name] = token;
  }
  return { auth, headers: headersOf(flags.header ?? []) };
}

function authFromEnvironment(names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = process.env[`APIDOUBLE_AUTH_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`];
    if (value !== undefined && value !== '') found[name] = value;
  }
  return found;
}

/** The first line that a command of the user's prints. Throws `ERR_OPTION` where it fails or prints none. */
async function tokenOf(command: string): Promise<string> {
  const refuse = (reason: string): ApidoubleError =>
    new ApidoubleError('ERR_OPTION', `Cannot use --token-command "${command}": ${reason}. Run it by hand.`);
  const { stdout } = await promisify(exec)(command, { timeout: 60_000 }).catch((error: unknown) => {
    const code = (error as { code?: unknown }).code;
    throw refuse(
      code === undefined || code === null ? 'it took over a minute' : `it ended with code ${code}`,
    );
  });
  const token = stdout.split('\n', 1)[0]?.trim() ?? '';
  if (token === '') throw refuse('it printed nothing');
  return token;
}

/** How requests travel. Throws `ERR_OPTION` for a file that cannot be read. */
export async function httpOf(flags: RequestFlags): Promise<NonNullable<ContractOptions['http']>> {
  const { ca, cert, key, insecure } = flags;
  return {
    ...(ca === undefined ? {} : { ca: await readNamed('--ca', ca) }),
    ...(cert === undefined ? {} : { cert: await readNamed('--cert', cert) }),
    ...(key === undefined ? {} : { key: await readNamed('--key', key) }),
    ...(insecure === undefined ? {} : { insecure }),
  };
}

/** The text of a file that an option names. Throws `ERR_OPTION` where it cannot be read. */
export async function readNamed(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'it cannot be read';
    throw new ApidoubleError(
      'ERR_OPTION',
      `Cannot use ${option} "${file}": ${reason}. Name a file that can be read.`,
    );
  }
}
