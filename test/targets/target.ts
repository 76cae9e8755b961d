import type { ContractIdentity } from '../../src/contract/index.ts';

/** A server that nobody here wrote, which publishes its own document. */
export interface TargetServer {
  readonly name: string;
  readonly version: string;
  /** Debian packages that it is made of, or needs. */
  readonly debian: readonly string[];
  /** What must not be sent to it, as globs for `--exclude`, each with the reason. */
  readonly leftOut: Readonly<Record<string, string>>;
  /** Who asks. */
  readonly identity: ContractIdentity;
  /** Starts it with fresh data in the folder, and puts a little state into it. Throws where it does not come up. */
  start(folder: string): Promise<RunningTarget>;
}

/** One that answers. */
export interface RunningTarget {
  readonly url: string;
  /** The file of the document that it published. */
  readonly document: string;
  stop(): Promise<void>;
}
