import { valueAt } from '../core/index.ts';
import type { HttpRequest, HttpResponse } from '../http/index.ts';
import type { ParameterValues } from './request-reading.ts';

/** What a runtime expression can refer to. */
export interface ExpressionScope {
  readonly request: HttpRequest;
  readonly values: ParameterValues;
  readonly requestBody: unknown;
  readonly response: HttpResponse;
  readonly responseBody: unknown;
}

/**
 * Evaluates a runtime expression (`$request.body#/url`) to the value it refers to; `undefined` where there is none.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#runtime-expressions
 */
export function evaluateExpression(expression: string, scope: ExpressionScope): unknown {
  const { request, response } = scope;
  if (expression === '$url') return request.origin + request.target;
  if (expression === '$method') return request.method;
  if (expression === '$statusCode') return response.status;
  const match = /^\$(request|response)\.(header|query|path|body)(?:([.#])(.*))?$/s.exec(expression);
  if (match === null) return undefined;
  const [, side, source, , rest = ''] = match;
  const isRequest = side === 'request';
  switch (source) {
    case 'header':
      return (isRequest ? request : response).headers.get(rest);
    case 'body':
      return valueAt(isRequest ? scope.requestBody : scope.responseBody, rest);
    case 'query':
    case 'path':
      return isRequest && Object.hasOwn(scope.values[source], rest) ? scope.values[source][rest] : undefined;
    default:
      return undefined;
  }
}

/** Fills the expressions in braces into a text: `{$request.body#/url}?id={$response.body#/id}`. `undefined` where one has no value. */
export function fillExpressions(template: string, scope: ExpressionScope): string | undefined {
  if (template.startsWith('$')) return textOf(evaluateExpression(template, scope));
  let complete = true;
  const filled = template.replace(/\{(\$[^{}]*)\}/g, (_, expression: string) => {
    const text = textOf(evaluateExpression(expression, scope));
    complete &&= text !== undefined;
    return text ?? '';
  });
  return complete ? filled : undefined;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
