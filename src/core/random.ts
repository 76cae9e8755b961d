/**
 * A stream of chance that a seed determines, the same on every machine and Node version.
 *
 * Streams fork by name, so that what is drawn for one property never moves what is drawn for its neighbour.
 */
export interface Random {
  /** A number from 0 (inclusive) to 1 (exclusive), with 32 bits of chance. */
  next(): number;
  /** A whole number from `min` to `max`, both inclusive; any span that doubles can count (up to 2^53). */
  integer(min: number, max: number): number;
  /** One of the items. The list must not be empty. */
  pick<Item>(items: readonly Item[]): Item;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** A number from 0 to 1 (exclusive) that belongs to the name: fixed as a fork is, without the cost of one. */
  spot(name: number): number;
  /** An independent stream, fixed by this stream's seed and the name, whatever was drawn before. */
  fork(name: string | number): Random;
}

/** A 32-bit hash of a text, continued from `basis`; FNV-1a with a final mix. */
export function hashText(text: string, basis = 0x811c9dc5): number {
  let hash = basis >>> 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix(hash);
}

/** The same for bytes. */
export function hashBytes(bytes: Uint8Array, basis = 0x811c9dc5): number {
  let hash = basis >>> 0;
  for (let index = 0; index < bytes.length; index += 1) {
    hash = Math.imul(hash ^ (bytes[index] as number), 0x01000193);
  }
  return mix(hash);
}

function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** sfc32 by Chris Doty-Humphrey (PractRand), seeded with 64 bits. */
class SeededRandom implements Random {
  readonly #high: number;
  readonly #low: number;
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;
  #started = false;

  /** Both as signed numbers: those are kept in the object itself, others in a box of their own. */
  constructor(high: number, low: number) {
    this.#high = high | 0;
    this.#low = low | 0;
  }

  #bits(): number {
    if (!this.#started) this.#start();
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  #start(): void {
    this.#started = true;
    this.#a = this.#high;
    this.#b = this.#low;
    this.#c = mix(this.#high ^ this.#low) | 0;
    for (let round = 0; round < 4; round += 1) this.#bits();
  }

  next(): number {
    return this.#bits() / 4_294_967_296;
  }

  integer(min: number, max: number): number {
    const span = max - min + 1;
    if (span <= 1) return min;
    if (span <= 4_294_967_296) return min + Math.floor(this.next() * span);
    const fraction = ((this.#bits() >>> 5) * 67_108_864 + (this.#bits() >>> 6)) / 9_007_199_254_740_992;
    return Math.min(max, min + Math.floor(fraction * span));
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.integer(0, items.length - 1)] as Item;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  spot(name: number): number {
    return mix(Math.imul(this.#high ^ name, 0x9e3779b1) ^ this.#low) / 4_294_967_296;
  }

  fork(name: string | number): Random {
    const hash = typeof name === 'number' ? mix(name + 0x2545f491) : hashName(name);
    return new SeededRandom(mix(this.#high ^ hash), mix((this.#low + hash) ^ 0x9e3779b9));
  }
}

const knownNames = new Map<string, number>();
const mostNames = 4096;
const longestName = 64;

/** Property names are few and are hashed again and again: the first thousands are remembered. Ids and keys go in as numbers. */
function hashName(name: string): number {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const hash = hashText(name);
  if (name.length <= longestName && knownNames.size < mostNames) knownNames.set(name, hash);
  return hash;
}

/** A stream for a seed; equal seeds give equal streams. */
export function createRandom(seed: string | number): Random {
  const text = String(seed);
  return new SeededRandom(hashText(text), hashText(text, 0x9747b28c));
}
