import { noBody } from '../http/index.ts';
import type { LeftOut } from '../recording/index.ts';

/** The pieces of a body as far as they are wanted for the judge. */
export class KeptBody {
  readonly #limit: number;
  #pieces: Uint8Array[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes that came, kept or not. */
  get size(): number {
    return this.#size;
  }

  /** Whether more came than is kept. */
  get isOver(): boolean {
    return this.#size > this.#limit;
  }

  push(piece: Uint8Array): void {
    this.#size += piece.length;
    if (this.isOver) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  /** The whole body; empty where it is over. */
  bytes(): Uint8Array {
    if (this.#pieces.length > 1) this.#pieces = [Buffer.concat(this.#pieces)];
    return this.#pieces[0] ?? noBody;
  }

  leftOut(): LeftOut | undefined {
    if (!this.isOver) return undefined;
    return { bytes: this.#size, reason: `is longer than ${this.#limit} bytes` };
  }
}
