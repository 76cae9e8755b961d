import { noBody } from '../http/index.ts';

const firstCapacity = 64 * 1024;

/**
 * Puts pieces of bytes together. A single piece is kept as it is; more go into one buffer that doubles, because a hostile client
 * can send a body in pieces of one byte, and millions of small buffers weigh a hundred times what they hold.
 */
export class ByteCollector {
  #bytes: Uint8Array = noBody;
  #size = 0;

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  push(piece: Uint8Array): void {
    const size = this.#size + piece.length;
    if (this.#size === 0) this.#bytes = piece;
    else {
      if (size > this.#bytes.length) this.#grow(size);
      this.#bytes.set(piece, this.#size);
    }
    this.#size = size;
  }

  /** All bytes; nothing may be pushed after. */
  take(): Uint8Array {
    return this.#bytes.length === this.#size ? this.#bytes : this.#bytes.subarray(0, this.#size);
  }

  #grow(size: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(firstCapacity, this.#bytes.length * 2, size));
    grown.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = grown;
  }
}
