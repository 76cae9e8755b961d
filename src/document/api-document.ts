import type { Finding, Origin, SourceLocation } from '../core/index.ts';
import type { Schema } from '../schema/index.ts';

/** A document of any supported version, brought to the 3.1 shape. References are resolved; nodes are frozen. */
export interface ApiDocument {
  /** Of the root file: a file or http URL, `stdin:` or `memory:`. */
  readonly uri: string;
  /** As written: `2.0`, `3.0.3`, `3.1.0`, `3.2.0`. For messages only. */
  readonly version: string;
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly servers: readonly ServerObject[];
  /** In document order; disabled ones are listed too. */
  readonly operations: readonly ApiOperation[];
  /** Webhooks (3.1) as operations without a path: `path` is the webhook's name. */
  readonly webhooks: readonly ApiOperation[];
  readonly securitySchemes: ReadonlyMap<string, SecurityScheme>;
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  /** Structural faults, found at load. */
  readonly faults: readonly Finding[];
  /** The URIs of every file that was read, the root first. */
  readonly files: readonly string[];
  /** The root's `x-…` members. */
  readonly extensions: Extensions;
  /** The document in its one model as plain JSON (references between components kept), for engines that want it whole. */
  toJSON(): unknown;
  /** Finds the line of a place. Costs a parse of that file the first time, so it is called only for what is shown. */
  locate(origin: Origin): SourceLocation;
}

/** The members that begin with `x-`, as they stand in the document. */
export type Extensions = Readonly<Record<`x-${string}`, unknown>>;

/**
 * One method of one path. What stands below `parameters` is made on first use and kept; where it is broken the
 * getter throws an `ApidoubleError` that names the place, each time it is asked.
 */
export interface ApiOperation {
  /** The operationId, made unique; else `METHOD /path`. Stable across loads. */
  readonly key: string;
  readonly operationId?: string;
  /** In upper case for the standard methods; as written for 3.2's additional operations. */
  readonly method: string;
  /** The template as written: `/events/events/{event_uuid}/`. */
  readonly path: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  /** The operation's own, else the path's, else the document's. Never empty: the default is `/`. */
  readonly servers: readonly ServerObject[];
  /** Alternatives of combinations; empty means that anybody may. */
  readonly security: readonly SecurityRequirement[];
  readonly origin: Origin;
  /** A structural fault that makes this operation unusable. */
  readonly disabledBy?: Finding | undefined;
  readonly extensions: Extensions;
  /** The path's and the operation's, merged by (in, name), the operation's winning. */
  readonly parameters: readonly ParameterObject[];
  readonly requestBody?: RequestBodyObject | undefined;
  /** In document order. Keys: `200`, `2XX` (upper case), `default`. */
  readonly responses: ReadonlyMap<string, ResponseObject>;
  /** Callback name to expression to operations. */
  readonly callbacks: ReadonlyMap<string, ReadonlyMap<string, readonly ApiOperation[]>>;
}

/** A server of the document, of a path or of an operation. */
export interface ServerObject {
  /** As written, variables unresolved: `https://{region}.example.com/v1`. */
  readonly url: string;
  readonly description?: string;
  readonly name?: string;
  readonly variables: ReadonlyMap<string, { readonly default: string; readonly enum?: readonly string[] }>;
}

/** Scheme name to the scopes (or roles) that it needs; all of them together. */
export type SecurityRequirement = ReadonlyMap<string, readonly string[]>;

/** How a client proves who it is; `name` is the key under `securitySchemes`. */
export type SecurityScheme =
  | { readonly type: 'http'; readonly name: string; readonly scheme: string; readonly bearerFormat?: string }
  | {
      readonly type: 'apiKey';
      readonly name: string;
      readonly in: 'query' | 'header' | 'cookie';
      readonly parameterName: string;
    }
  | { readonly type: 'oauth2'; readonly name: string }
  | { readonly type: 'openIdConnect'; readonly name: string }
  | { readonly type: 'mutualTLS'; readonly name: string };

/** Where a parameter stands; `querystring` (3.2) is the whole query. */
export type ParameterIn = 'path' | 'query' | 'header' | 'cookie' | 'querystring';

/** How a parameter is written; defaults are filled in. */
export type ParameterStyle =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  | 'cookie';

/** A parameter (or, in a response, a header) with every default made explicit. */
export interface ParameterObject {
  readonly name: string;
  readonly in: ParameterIn;
  readonly description?: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly allowEmptyValue: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  /** `true` (anything) where the document gives none. */
  readonly schema: Schema;
  /** Where the value is a serialized media type (`content`), that one. */
  readonly content?: MediaTypeObject;
  readonly examples: ReadonlyMap<string, ExampleObject>;
  readonly origin: Origin;
}

/** The body of a request, by media type as written. */
export interface RequestBodyObject {
  readonly description?: string;
  readonly required: boolean;
  readonly content: ReadonlyMap<string, MediaTypeObject>;
  readonly origin: Origin;
}

/** An answer that the document describes. */
export interface ResponseObject {
  readonly description: string;
  /** By name as written. `Content-Type` is left out (the specification says that it is ignored). */
  readonly headers: ReadonlyMap<string, ParameterObject>;
  readonly content: ReadonlyMap<string, MediaTypeObject>;
  readonly links: ReadonlyMap<string, LinkObject>;
  readonly origin: Origin;
}

/** What a body of one media type (or range of them) is. */
export interface MediaTypeObject {
  /** The key as written: `application/json; charset=utf-8`, `image/*`. */
  readonly mediaType: string;
  readonly schema?: Schema;
  /** 3.2: the schema of each item of a sequential media type. */
  readonly itemSchema?: Schema;
  /** The media type's own examples; a single `example` has the name `''`. Those of the schema are not here. */
  readonly examples: ReadonlyMap<string, ExampleObject>;
  /** By property name: for form and multipart bodies. */
  readonly encoding: ReadonlyMap<string, EncodingObject>;
  /** 3.2: by position, and for all items, of multipart bodies that are arrays. */
  readonly prefixEncoding?: readonly EncodingObject[];
  readonly itemEncoding?: EncodingObject;
  readonly origin: Origin;
}

/** How one property of a form or multipart body is written; what is absent is the specification's default. */
export interface EncodingObject {
  /** One or more, comma separated in the document. */
  readonly contentType?: readonly string[];
  readonly headers: ReadonlyMap<string, ParameterObject>;
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
}

/** An example: data, a text as it is sent, or where it can be read. */
export interface ExampleObject {
  readonly summary?: string;
  /** The value as data (3.2's `dataValue` too); absent where there is only a text or a reference. */
  readonly value?: unknown;
  readonly hasValue: boolean;
  /** 3.2: the value as it stands on the wire. */
  readonly serializedValue?: string;
  /** Resolved to an absolute URI. Read on first use, under the rules for references. */
  readonly externalValue?: string;
  readonly origin: Origin;
}

/** What can be asked next: an operation, and its values as constants or runtime expressions. */
export interface LinkObject {
  /** The key of the operation that it leads to, where that is known. */
  readonly operation?: string;
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly requestBody?: unknown;
  readonly origin: Origin;
}
