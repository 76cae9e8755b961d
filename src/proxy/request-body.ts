import type { StreamingCall } from '../server/index.ts';
import { KeptBody } from './kept-body.ts';

/** The body of a request on its way through, of which what the judge wants is kept. */
export class RequestBody {
  readonly #call: StreamingCall;
  readonly kept: KeptBody;
  #pieces: AsyncIterator<Uint8Array> | undefined;
  #isRead = false;

  constructor(call: StreamingCall, limit: number) {
    this.#call = call;
    this.kept = new KeptBody(limit);
  }

  /** Whether all of it has been read. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** The whole body, where it came with the head. */
  takeWhole(): Uint8Array | undefined {
    const whole = this.#call.takeWhole();
    if (whole === undefined) return undefined;
    this.#isRead = true;
    if (whole.length > 0) this.kept.push(whole);
    return whole;
  }

  /** What has not been read of it yet, after what was held back. It may be left and taken up again. */
  async *rest(held: readonly Uint8Array[] = []): AsyncGenerator<Uint8Array> {
    yield* held;
    this.#pieces ??= this.#call.body()[Symbol.asyncIterator]();
    while (!this.#isRead) {
      const next = await this.#pieces.next();
      if (next.done === true) {
        this.#isRead = true;
        return;
      }
      this.kept.push(next.value);
      yield next.value;
    }
  }
}
