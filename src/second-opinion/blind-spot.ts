import type { Finding } from '../core/index.ts';
import type { ApiOperation, ParameterObject } from '../document/index.ts';
import {
  type Exchange,
  formDecode,
  matchStatus,
  parseMediaType,
  parseQuery,
  parseStatusPattern,
  splitTarget,
} from '../http/index.ts';
import { isDangerousPattern, type Schema } from '../schema/index.ts';
import { readBody } from './prism-message.ts';

/** Findings that Prism cannot have, and why. Codes that are not here, nor `schema.…`, are looked at. */
const blindTo: Readonly<Record<string, string>> = {
  'wire.percent-encoding': 'Prism gets values decoded already',
  'wire.utf-8': 'Prism gets values decoded already',
  'wire.style': 'Prism does not say whether a parameter is in its style',
  'wire.depth': 'Prism has no limit of depth',
  'body.malformed': "Prism's engine gets bodies parsed already",
  'body.charset': 'Prism takes every body for UTF-8',
  'body.depth': 'Prism has no limit of depth',
  'body.duplicate-key': 'Prism takes the last of equal keys',
  'body.boundary': 'Prism does not look at how parts are bounded',
  'body.part-name': 'Prism does not look at the headers of parts',
  'body.part-content-type': 'Prism does not look at the headers of parts',
  'body.part-header': 'Prism does not look at the headers of parts',
  'body.transfer-encoding': 'Prism does not look at the headers of parts',
  'body.doctype': 'Prism does not read XML',
  'body.xml-root': 'Prism does not read XML',
  'body.xml-namespace': 'Prism does not read XML',
  'body.xml-element': 'Prism does not read XML',
  'callback.failed': 'Prism does not judge callbacks',
  'example.unreadable': 'Prism does not judge the document',
};

const looksAt: ReadonlySet<string> = new Set([
  'parameter.missing',
  'wire.repeated',
  'body.missing',
  'body.media-type',
  'security.missing',
  'security.credential',
  'response.undocumented-status',
  'response.media-type',
  'response.body-missing',
  'response.header-missing',
]);

/** Keywords that Prism does not have, or reads in a way of its own. */
const blindKeywords: Readonly<Record<string, string>> = {
  discriminator: 'Prism does not read discriminators',
  readOnly: 'Prism leaves read-only properties out of its schemas',
  writeOnly: 'Prism leaves write-only properties out of its schemas',
  depth: 'Prism has no limit of depth',
};

/** Why Prism has nothing to say of a finding; `undefined` where it can be asked. */
export function blindSpot(operation: ApiOperation, exchange: Exchange, finding: Finding): string | undefined {
  const { code, side, place } = finding;
  if (side === 'document') return 'Prism does not judge the document';
  if (Object.hasOwn(blindTo, code)) return blindTo[code];
  if (place.part === 'security') return undefined;
  const isSchema = code.startsWith('schema.');
  if (!isSchema && !looksAt.has(code)) return 'Prism does not look at such things';
  if (isSchema) {
    const keyword = blindKeyword(finding);
    if (keyword !== undefined) return keyword;
    if (place.part === 'body') return blindBody(operation, exchange, finding);
  }
  if (code === 'response.media-type') return blindSuffix(operation, exchange);
  return blindParameter(operation, exchange, finding);
}

function blindKeyword({ keyword = '', expected = '' }: Finding): string | undefined {
  if (Object.hasOwn(blindKeywords, keyword)) return blindKeywords[keyword];
  if (keyword === 'pattern') {
    const pattern = expected.replace(/^a match of /, '');
    return isDangerousPattern(pattern)
      ? 'Prism is not given patterns that can take exponential time'
      : undefined;
  }
  return undefined;
}

function blindBody(
  operation: ApiOperation,
  { request, response }: Exchange,
  finding: Finding,
): string | undefined {
  const message = finding.side === 'request' ? request : response;
  const mediaType = parseMediaType(message.headers.get('content-type') ?? '');
  const essence = mediaType === undefined ? '' : `${mediaType.type}/${mediaType.subtype}`.toLowerCase();
  if (/\bxml$/.test(essence)) return 'Prism does not read XML';
  if (essence.startsWith('multipart/')) return 'Prism reads the parts of a multipart body as texts';
  if (/seq$|jsonl$|ndjson$|json-lines$|event-stream$/.test(essence)) return 'Prism does not read sequences';
  if (essence === 'application/x-www-form-urlencoded') return blindForm(operation, finding);
  if (finding.side === 'request' && readBody(message) === null) return 'Prism takes a null for no body';
  return undefined;
}

function blindForm({ requestBody }: ApiOperation, { side, place, keyword }: Finding): string | undefined {
  const [, name, deeper] = (place.pointer ?? '').split('/');
  const schema =
    side === 'request' ? requestBody?.content.get('application/x-www-form-urlencoded')?.schema : undefined;
  const property = typeof schema === 'object' ? schema.properties?.[name ?? ''] : undefined;
  const isKnown = deeper === undefined && property !== undefined && isScalar(property);
  if (!isKnown || keyword === 'additionalProperties') return 'Prism reads only the plain fields of a form';
  return undefined;
}

/** Prism takes `application/problem+json` and `application/json` for one. */
function blindSuffix({ responses }: ApiOperation, { response }: Exchange): string | undefined {
  const essence = parseMediaType(response.headers.get('content-type') ?? '')?.subtype.toLowerCase() ?? '';
  const patterns = [...responses.keys()].flatMap((key) => parseStatusPattern(key) ?? []);
  const listed = responses.get(matchStatus(patterns, response.status)?.text ?? '')?.content.keys() ?? [];
  const suffix = (subtype: string): string => subtype.slice(subtype.lastIndexOf('+') + 1);
  for (const name of listed) {
    const subtype = parseMediaType(name)?.subtype.toLowerCase() ?? '';
    if (subtype !== essence && suffix(subtype) === suffix(essence)) {
      return 'Prism does not tell media types apart that differ before the plus sign';
    }
  }
  return undefined;
}

function blindParameter(operation: ApiOperation, exchange: Exchange, finding: Finding): string | undefined {
  const { part, name } = finding.place;
  if (part === 'cookie') return 'Prism does not look at cookies';
  if (name === undefined || finding.side === 'response') return blindHeader(operation, exchange, finding);
  const parameter = operation.parameters.find((one) => one.name === name && one.in === part);
  if (parameter === undefined) return 'Prism does not look at whole query strings';
  if (finding.code !== 'parameter.missing' && isEmptyValue(exchange, finding)) {
    return 'Prism takes an empty parameter for an absent one';
  }
  return blindStyle(parameter, finding.code);
}

function blindHeader(
  { responses }: ApiOperation,
  { response }: Exchange,
  finding: Finding,
): string | undefined {
  const { part, name } = finding.place;
  if (part !== 'header' || name === undefined || finding.code === 'response.media-type') return undefined;
  const patterns = [...responses.keys()].flatMap((key) => parseStatusPattern(key) ?? []);
  const documented = responses.get(matchStatus(patterns, response.status)?.text ?? '');
  for (const [key, header] of documented?.headers ?? []) {
    if (key.toLowerCase() === name.toLowerCase()) return blindStyle(header, finding.code);
  }
  return undefined;
}

function blindStyle(parameter: ParameterObject, code: string): string | undefined {
  if (parameter.content !== undefined) return 'Prism does not look at parameters that have a media type';
  const { style, schema } = parameter;
  if (style === 'deepObject') return 'Prism builds a deep object whether it was sent or not';
  if (code === 'parameter.missing' || code === 'response.header-missing') return undefined;
  if (style === 'spaceDelimited') return 'Prism does not split values at blanks';
  if (isScalar(schema)) return undefined;
  const isPlainList = typeof schema === 'object' && schema.type === 'array';
  if (!isPlainList) return 'Prism reads objects in parameters only in part';
  if (parameter.in === 'header') return 'Prism does not trim the items of a header';
  if (style === 'label' || style === 'matrix') return 'Prism reads lists in this style in a way of its own';
  return undefined;
}

function isScalar(schema: Schema): boolean {
  if (typeof schema === 'boolean') return true;
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  return !types.includes('array') && !types.includes('object') && schema.properties === undefined;
}

function isEmptyValue({ request }: Exchange, { place }: Finding): boolean {
  if (place.part === 'header') return request.headers.get(place.name ?? '') === '';
  if (place.part !== 'query') return false;
  const { query } = splitTarget(request.target);
  return parseQuery(query).some(([name, value]) => value === '' && formDecode(name) === place.name);
}
