/** What `loadDocument` can be told. */
export interface LoadOptions {
  /** The folder that a relative path starts from. Default: the working directory. */
  readonly cwd?: string;
  /** Overlays (paths, URLs or objects) that are applied to the document, one after the other. */
  readonly overlays?: readonly (string | URL | object)[];
  /** Hosts (`example.com`, `example.com:8443`) beside the document's own that references may be read from. */
  readonly allowHosts?: readonly string[];
  /** Reads URLs. Default: node's `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** What `-` stands for. */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  /**
   * What `x-apidouble` says of operations, by operationId or `METHOD /path`: it wins over the document's own, member by member.
   */
  readonly corrections?: Readonly<Record<string, object>>;
  /** Ends the reading. */
  readonly signal?: AbortSignal;
  /** Milliseconds that one URL may take. Default 30,000. */
  readonly timeout?: number;
  /** Bytes that one file may have. Default 64 MiB. */
  readonly sizeLimit?: number;
}
