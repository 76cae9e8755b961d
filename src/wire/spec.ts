import type { Schema } from '../schema/index.ts';

/** What a parameter codec needs of a Parameter Object (or Header Object) whose defaults are made explicit. */
export interface ParameterSpec {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring';
  readonly style: StyleName;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  readonly allowEmptyValue: boolean;
  readonly schema: Schema;
  /** Where the value is a serialized media type, that one; `style` and `schema` are not looked at then. */
  readonly content?: MediaTypeSpec;
}

/** The styles of OpenAPI 3.x; `cookie` came with 3.2. */
export type StyleName =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  | 'cookie';

/** What a body codec needs of a Media Type Object. */
export interface MediaTypeSpec {
  /** The key as written: `application/json; charset=utf-8`, `image/*`. */
  readonly mediaType: string;
  readonly schema?: Schema;
  /** 3.2: the schema of each item of a sequential media type. */
  readonly itemSchema?: Schema;
  /** By property name: for form and multipart bodies. */
  readonly encoding?: ReadonlyMap<string, EncodingSpec>;
  /** 3.2: by position, and for all items, of multipart bodies that are arrays. */
  readonly prefixEncoding?: readonly EncodingSpec[];
  readonly itemEncoding?: EncodingSpec;
}

/** What a body codec needs of an Encoding Object. */
export interface EncodingSpec {
  readonly contentType?: readonly string[];
  readonly headers?: ReadonlyMap<string, PartHeaderSpec>;
  readonly style?: StyleName;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
}

/** A header of a multipart part. */
export interface PartHeaderSpec extends ParameterSpec {
  readonly required: boolean;
}
