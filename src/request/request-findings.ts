import { childOrigin, type Finding, type Origin, type Part } from '../core/index.ts';
import type { ParameterObject } from '../document/index.ts';
import { inSentence, violationFinding } from '../plan/index.ts';
import type { SchemaViolation } from '../schema/index.ts';
import type { WireFault } from '../wire/index.ts';

const nouns: Readonly<Record<ParameterObject['in'], string>> = {
  path: 'path parameter',
  query: 'query parameter',
  querystring: 'query string',
  header: 'header',
  cookie: 'cookie',
};

/** A parameter that could not be read, or was not there. */
export function parameterFinding(parameter: ParameterObject, fault: WireFault): Finding {
  return {
    code: fault.code,
    severity: 'error',
    message: `The ${nouns[parameter.in]} "${parameter.name}" ${fault.message}.`,
    side: 'request',
    place: { part: partOf(parameter), name: parameter.name, pointer: fault.pointer ?? '' },
    origin: fault.code === 'parameter.missing' ? childOrigin(parameter.origin, 'required') : parameter.origin,
    ...(fault.code === 'parameter.missing' ? { keyword: 'required' } : {}),
    ...shown(fault),
  };
}

/** A parameter whose value breaks its schema. */
export function parameterViolation(parameter: ParameterObject, violation: SchemaViolation): Finding {
  const finding = violationFinding(violation, {
    side: 'request',
    part: partOf(parameter),
    name: parameter.name,
  });
  return {
    ...finding,
    message: `The ${nouns[parameter.in]} "${parameter.name}" is not valid: ${inSentence(violation.message)}.`,
    origin: violation.origin ?? childOrigin(parameter.origin, 'schema'),
  };
}

/** A body that could not be read, or was not there. */
export function bodyFinding(
  place: { readonly object: { readonly origin: Origin } },
  fault: WireFault,
): Finding {
  return {
    code: fault.code,
    severity: 'error',
    message: `The body ${fault.message}.`,
    side: 'request',
    place: { part: 'body', pointer: fault.pointer ?? '' },
    origin: place.object.origin,
    ...shown(fault),
  };
}

function partOf(parameter: ParameterObject): Part {
  return parameter.in === 'querystring' ? 'query' : parameter.in;
}

function shown(fault: WireFault): { expected?: string; seen?: string } {
  return {
    ...(fault.expected === undefined ? {} : { expected: fault.expected }),
    ...(fault.seen === undefined ? {} : { seen: fault.seen }),
  };
}
