import { setOrigin } from '../core/index.ts';
import { doubtfulNull } from '../schema/index.ts';
import { isObject, own } from './raw.ts';
import { annotationKeywords, isWideType } from './schema-keywords.ts';
import { type Dialect, type Located, originAt } from './source-file.ts';

/** A schema while it is being made. */
export type Draft = Record<string, unknown>;

/** Brings what Swagger 2.0 and OpenAPI 3.0 say in their own words to the words of JSON Schema 2020-12. */
export function toModel(draft: Draft, place: Located): Draft {
  exclusiveToNumber(draft, 'exclusiveMinimum', 'minimum');
  exclusiveToNumber(draft, 'exclusiveMaximum', 'maximum');
  if (Array.isArray(draft.required)) draft.required = Object.freeze([...new Set(draft.required)]);
  if (isObject(draft.xml)) draft.xml = xmlHints(draft.xml);
  binaryToContent(draft, place.file.dialect);
  if (place.file.dialect === '2.0') delete draft['x-nullable'];
  return isNullable(place) ? allowNull(draft, place) : draft;
}

/** https://spec.openapis.org/oas/v3.0.4.html#schema-object: there the exclusive bounds are flags beside the bounds. */
function exclusiveToNumber(draft: Draft, exclusive: string, inclusive: string): void {
  const flag = draft[exclusive];
  if (typeof flag !== 'boolean') return;
  delete draft[exclusive];
  if (!flag || draft[inclusive] === undefined) return;
  draft[exclusive] = draft[inclusive];
  delete draft[inclusive];
}

/** https://spec.openapis.org/oas/v3.1.1.html#migrating-binary-descriptions-from-oas-3-0 */
function binaryToContent(draft: Draft, dialect: Dialect): void {
  if (draft.type === 'file') {
    draft.type = 'string';
    draft.format = 'binary';
  }
  if (dialect !== '2.0' && dialect !== '3.0') return;
  if (draft.format === 'byte' && draft.contentEncoding === undefined) draft.contentEncoding = 'base64';
  if (draft.format === 'binary' && draft.contentMediaType === undefined) {
    draft.contentMediaType = 'application/octet-stream';
  }
}

/** `x-nullable` is what Swagger 2.0's users agreed on. */
function isNullable({ value, file }: Located): boolean {
  return own(value, 'nullable') === true || (file.dialect === '2.0' && own(value, 'x-nullable') === true);
}

const applicators = ['allOf', 'anyOf', 'oneOf'];

/**
 * Lets null in, as 3.0's `nullable: true` does. Beside a `type` that is one more type (and one more value of an
 * enum). Beside allOf, anyOf or oneOf it is a choice between them and null: read to the letter it would allow
 * nothing there, and that is not what people mean. Alone it says nothing.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html#schema-object
 */
function allowNull(draft: Draft, place: Located): Draft {
  if (applicators.some((key) => draft[key] !== undefined)) return orNull(draft, place);
  if (draft.type === undefined) return draft;
  const types = isWideType(draft.type) ? draft.type : [draft.type];
  draft.type = Object.freeze(types.includes('null') ? types : [...types, 'null']);
  if (Array.isArray(draft.enum) && !draft.enum.includes(null)) {
    draft.enum = Object.freeze([...draft.enum, null]);
  }
  if (draft.const !== undefined && draft.const !== null) {
    draft.enum = Object.freeze([draft.const, null]);
    delete draft.const;
  }
  return draft;
}

/** The annotations stay outside, where a reader of the property looks for them. */
function orNull(draft: Draft, place: Located): Draft {
  const outer: Draft = {};
  const inner: Draft = {};
  for (const [key, value] of Object.entries(draft)) {
    const outside = annotationKeywords.has(key) || key.startsWith('x-');
    (outside ? outer : inner)[key] = value;
  }
  const single = Object.keys(inner).length === 1 && Array.isArray(inner.allOf) && inner.allOf.length === 1;
  const choice: unknown = single
    ? (inner.allOf as unknown[])[0]
    : Object.freeze(setOrigin(inner, originAt(place)));
  outer.anyOf = Object.freeze([choice, doubtfulNull]);
  return outer;
}

/** The members of an XML object that have the type they must have. */
function xmlHints(xml: Readonly<Record<string, unknown>>): Draft {
  const hints: Draft = {};
  for (const key of ['name', 'namespace', 'prefix']) if (typeof xml[key] === 'string') hints[key] = xml[key];
  for (const key of ['attribute', 'wrapped']) if (typeof xml[key] === 'boolean') hints[key] = xml[key];
  if (nodeTypes.has(xml.nodeType)) hints.nodeType = xml.nodeType;
  return Object.freeze(hints);
}

const nodeTypes: ReadonlySet<unknown> = new Set(['element', 'attribute', 'text', 'cdata', 'none']);
