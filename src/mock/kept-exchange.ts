import { noBody } from '../http/index.ts';
import type { JournalEntry } from './mock.ts';

/** Bodies up to here are copied; what is longer is kept itself, so that no place grows to the longest body that ever came. */
const longestCopied = 64 * 1024;

/** Places are made in steps of so many bytes, so that bodies of about one length fit into the same. */
const step = 512;

/** The place for one body. It is used again: bodies that die one by one would fill the old space between two collections. */
class Shelf {
  #bytes: Uint8Array = noBody;
  #length = 0;

  /** Keeps a copy of a body. */
  put(body: Uint8Array): void {
    this.#length = body.length;
    if (body.length > longestCopied) {
      this.#bytes = body;
      return;
    }
    if (this.#bytes.length < body.length || this.#bytes.length > longestCopied)
      this.#bytes = Buffer.allocUnsafeSlow(Math.ceil(body.length / step) * step);
    this.#bytes.set(body);
  }

  /** The bytes that the place takes, in use or not. */
  get size(): number {
    return this.#bytes.length;
  }

  /** Lets the body go, with its place; whether there was one. */
  clear(): boolean {
    const hadBody = this.#length > 0;
    this.#bytes = noBody;
    this.#length = 0;
    return hadBody;
  }

  /** A body for whoever asked, which they may keep. */
  take(): Uint8Array {
    return this.#length === 0 ? noBody : Buffer.from(this.#bytes.subarray(0, this.#length));
  }
}

/** A place in the journal, for one exchange after the other. */
export class KeptExchange {
  readonly #sent = new Shelf();
  readonly #answered = new Shelf();
  #entry: JournalEntry;

  constructor(entry: JournalEntry) {
    this.#entry = entry;
    this.keep(entry);
  }

  /** Takes an exchange in place of the one that is there. */
  keep(entry: JournalEntry): void {
    const { request, response } = entry;
    this.#sent.put(request.body);
    this.#answered.put(response.body);
    this.#entry = {
      ...entry,
      request: { ...request, body: noBody },
      response: { ...response, body: noBody },
    };
  }

  /** The bytes that its bodies take. */
  get size(): number {
    return this.#sent.size + this.#answered.size;
  }

  /** Lets both bodies go, and says so where there was any. */
  cutBodies(): void {
    const hadSent = this.#sent.clear();
    const hadAnswered = this.#answered.clear();
    if (hadSent || hadAnswered) this.#entry = { ...this.#entry, bodiesCut: true };
  }

  /** What is known of the exchange without its bodies. */
  get head(): JournalEntry {
    return this.#entry;
  }

  /** The whole exchange. */
  get whole(): JournalEntry {
    const { request, response } = this.#entry;
    return {
      ...this.#entry,
      request: { ...request, body: this.#sent.take() },
      response: { ...response, body: this.#answered.take() },
    };
  }
}
