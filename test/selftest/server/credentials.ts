import type { HttpRequest } from '../../../src/http/index.ts';
import type { Operation } from '../document.ts';
import { Refusal } from './answer.ts';
import type { Identity } from './call.ts';

/** The tokens and the key that the server knows. */
export const credentials = {
  admin: 'adm-7f3a9c51d2e84b06',
  reader: 'rdr-19be04c7a8d35f62',
  key: 'key-52d0c6f1b7e9438a',
} as const;

const nobody: Identity = { name: 'nobody', roles: [] };
const admin: Identity = { name: 'admin', roles: ['admin', 'reader'] };
const reader: Identity = { name: 'reader', roles: ['reader'] };
const machine: Identity = { name: 'machine', roles: [] };

/** Who sends a request, for an operation. Refuses with 401 whom it does not know, with 403 who may not. */
export type Authenticate = (request: HttpRequest, operation: Operation) => Identity;

/** Knows people by their bearer token, machines by their key; roles are those that the document asks for. */
export const authenticate: Authenticate = (request, operation) => {
  if (operation.security.length === 0) return nobody;
  for (const requirement of operation.security) {
    for (const [scheme, roles] of requirement) {
      const who = scheme === 'key' ? byKey(request) : byToken(request);
      if (who === undefined) continue;
      if (roles.every((role) => who.roles.includes(role))) return who;
      throw new Refusal(403, `This takes the role ${roles.join(', ')}.`);
    }
  }
  throw new Refusal(401, 'Nobody is known by these credentials.', {
    'WWW-Authenticate': 'Bearer realm="reading room"',
  });
};

function byToken(request: HttpRequest): Identity | undefined {
  const match = /^bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '');
  return match?.[1] === undefined ? undefined : identityOf(match[1]);
}

function byKey(request: HttpRequest): Identity | undefined {
  return request.headers.get('x-api-key') === credentials.key ? machine : undefined;
}

/** Whose token this is. */
export function identityOf(token: string): Identity | undefined {
  if (token === credentials.admin) return admin;
  return token === credentials.reader ? reader : undefined;
}
