import {
  formDecode,
  type HttpRequest,
  type HttpResponse,
  parseQuery,
  splitTarget,
} from '../../../src/http/index.ts';
import type { Condition, Scope } from './breach.ts';

/** A scope, ready to be asked. */
export interface Matcher {
  request(request: HttpRequest): boolean;
  response(response: HttpResponse): boolean;
  /** Whether path and method are the scope's, whatever else it asks for. */
  operation(request: HttpRequest): boolean;
}

/** Compiles a scope. */
export function createMatcher(scope: Scope): Matcher {
  const pattern = scope.path === undefined ? /^/ : pathPattern(scope.path);
  const operation = (request: HttpRequest): boolean =>
    (scope.method ?? request.method) === request.method && pattern.test(splitTarget(request.target).path);
  return {
    operation,
    request: (request) =>
      operation(request) && (scope.when ?? []).every((condition) => holds(condition, request)),
    response: ({ status, headers }) => {
      const wanted = scope.status ?? status;
      if (wanted !== status && wanted !== Math.floor(status / 100)) return false;
      return (headers.get('content-type') ?? '').includes(scope.type ?? '');
    },
  };
}

function pathPattern(template: string): RegExp {
  const literal = template.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(/\{[^}]*\}/g, '[^/]+')}$`);
}

function holds(condition: Condition, request: HttpRequest): boolean {
  if ('body' in condition) return Buffer.from(request.body).includes(condition.body);
  if ('target' in condition) return request.target.includes(condition.target);
  if ('lacks' in condition) return rawValue(condition.lacks, condition.name, request) === undefined;
  const value = rawValue(condition.has, condition.name, request);
  return value?.includes(condition.with ?? '') ?? false;
}

function rawValue(place: 'query' | 'header', name: string, request: HttpRequest): string | undefined {
  if (place === 'header') return request.headers.get(name);
  const { query } = splitTarget(request.target);
  return parseQuery(query).find(([key]) => isNamed(key, name))?.[1];
}

/** Whether a raw key of a query is a parameter's, `price[min]` being `price`. */
export function isNamed(key: string, name: string): boolean {
  const decoded = formDecode(key) ?? key;
  return decoded === name || decoded.startsWith(`${name}[`);
}
