import { appendPointer, childOrigin, type Finding, pointerKeys } from '../../core/index.ts';
import type { ApiOperation } from '../../document/index.ts';
import { compileSchema, type Schema } from '../../schema/index.ts';
import { type Correction, correctionOf } from '../resources/correction.ts';
import { correctionSchema } from '../resources/correction-schema.ts';
import { inSentence } from '../violation-finding.ts';

/** What is wrong with an operation's `x-apidouble`: it breaks its schema, or names a parameter that there is not. */
export function lintCorrection(operation: ApiOperation): Finding[] {
  const given = operation.extensions['x-apidouble'];
  if (given === undefined) return [];
  const violations = compileSchema(correctionSchema as Schema, { direction: 'request' }).validate(given);
  const broken = violations.map(({ pointer, message, expected, seen }) => ({
    pointer,
    message: `x-apidouble is not valid: ${inSentence(message)}.`,
    expected,
    seen,
  }));
  const strangers = namedParameters(correctionOf(operation))
    .filter(({ name }) => !isQueryParameter(operation, name))
    .map(({ pointer, name }) => ({
      pointer,
      message: `x-apidouble names "${name}", and ${operation.key} has no such query parameter.`,
    }));
  return [...broken, ...strangers].map(({ pointer, ...text }) => ({
    code: 'document.x-apidouble',
    severity: 'warning',
    side: 'document',
    place: { part: 'document' },
    origin: childOrigin(operation.origin, 'x-apidouble', ...pointerKeys(pointer)),
    ...text,
  }));
}

interface Named {
  readonly pointer: string;
  readonly name: string;
}

function namedParameters({ paging, filters = {}, ordering, search }: Correction): Named[] {
  const { firstPage: _, ...turning } = paging === false || paging === undefined ? {} : paging;
  return [
    ...Object.entries(turning).map(([role, name]) => ({ pointer: `/paging/${role}`, name })),
    ...Object.keys(filters).map((name) => ({ pointer: appendPointer('/filters', name), name })),
    ...(typeof ordering === 'string' ? [{ pointer: '/ordering', name: ordering }] : []),
    ...(typeof search === 'string' ? [{ pointer: '/search', name: search }] : []),
  ];
}

function isQueryParameter({ parameters }: ApiOperation, name: string): boolean {
  return parameters.some((one) => one.in === 'query' && one.name === name);
}
