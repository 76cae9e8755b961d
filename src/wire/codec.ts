import type { JsonPointer } from '../core/index.ts';

/** Why bytes or text could not be read as the document says. */
export interface WireFault {
  /** Stable, dotted: `wire.percent-encoding`, `wire.style`, `body.malformed`, `body.charset`, … */
  readonly code: string;
  /** One sentence without the parameter's name: `is not valid percent-encoding`. */
  readonly message: string;
  /** Into the decoded value, where the fault is in a part of it. */
  readonly pointer?: JsonPointer;
  readonly expected?: string;
  readonly seen?: string;
}

/** What came of decoding: always the best value that could be had, beside what was wrong with it. */
export interface Decoded {
  /** False where the parameter or the body was not sent at all. */
  readonly present: boolean;
  readonly value: unknown;
  readonly faults: readonly WireFault[];
  /** Sent with no text where `allowEmptyValue` permits that: it is valid, whatever the schema says. */
  readonly empty?: true;
  /** The value is, or holds, a `Uint8Array`: validate `valueToValidate(decoded)`, not the value itself. */
  readonly binary?: true;
}

/** The raw pieces of a request that parameters are read from. Nothing is percent-decoded yet. */
export interface RawParameters {
  /** The text that each path variable matched. */
  readonly path: ReadonlyMap<string, string> | Readonly<Record<string, string>>;
  /** The query without its `?`; `''` where there is none. */
  readonly query: string;
  /** A header field's value by name, without regard to case. */
  header(name: string): string | undefined;
  /** The Cookie header's value; `''` where there is none. */
  readonly cookie: string;
}

/**
 * Reads and writes one parameter (or response header). Encoder and decoder are two halves of one law:
 * `decode(encode(value))` is `value` for every value that the schema allows and the style can carry.
 */
export interface ParameterCodec {
  decode(raw: RawParameters): Decoded;
  /**
   * What is put on the wire. Path: the text in place of the variable. Query: `a=1&b=2` without `?`. Header: the field's
   * value. Cookie: `a=1; b=2`. `undefined` where the style leaves an empty value out.
   * Throws `ERR_CODEC` for a value that the style cannot carry (nested objects in `form`).
   */
  encode(value: unknown): string | undefined;
  /** For query parameters: does this raw query name (percent-decoded) belong to the parameter? */
  claims(name: string): boolean;
}

/** A body as bytes, with the Content-Type to send (multipart adds its boundary). */
export interface EncodedBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** Reads and writes bodies of one media type object; the same law as for parameters. */
export interface BodyCodec {
  /** `contentType` is the message's own header, with its parameters. */
  decode(bytes: Uint8Array, contentType: string): Decoded;
  /** Throws `ERR_CODEC` for a value that the media type cannot carry. `contentType`: the concrete type to send. */
  encode(value: unknown, contentType: string): EncodedBody;
  /** The same for a value that was written as JSON already. Absent where bodies are not JSON. */
  readonly encodeJson?: (text: string, contentType: string) => EncodedBody;
}
