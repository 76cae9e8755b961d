/** One thing that Prism finds wrong. */
export interface Complaint {
  /** In Prism's words. */
  readonly message: string;
  /** An ajv keyword, a status, or nothing. */
  readonly code: string;
  /** The part (`body`, `query`, `path`, `header`) and the keys inside it; empty for what concerns the whole message. */
  readonly path: readonly string[];
}
