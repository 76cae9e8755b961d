import { splitOutsideQuotes } from './field-text.ts';
import {
  formatMediaType,
  isRange,
  type MediaType,
  matchesEssence,
  matchesMediaType,
  parseMediaType,
  specificity,
} from './media-type.ts';
import { memoizeByText } from './memo.ts';

/** One member of an Accept header. */
export interface AcceptedRange {
  /** Without its `q`. */
  readonly range: MediaType;
  /** From 0 (not acceptable) to 1. */
  readonly quality: number;
}

/** What negotiation chose. */
export interface Negotiated {
  /** The text that was offered. */
  readonly offered: string;
  /** The concrete type to send: `offered`, or, where that is a range, the type asked for, else a usual one of the range. */
  readonly mediaType: string;
}

/** Chooses among fixed offers by an Accept header; `undefined` where none is acceptable. */
export type Negotiator = (accept: string | undefined) => Negotiated | undefined;

const mostRanges = 256;
const everything: AcceptedRange = {
  range: { type: '*', subtype: '*', parameters: new Map(), essence: '*/*' },
  quality: 1,
};

/**
 * Reads an Accept header; malformed members are ignored, and so is all beyond 256 of them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export function parseAccept(header: string): readonly AcceptedRange[] {
  const accepted: AcceptedRange[] = [];
  for (const member of splitOutsideQuotes(header, ',').slice(0, mostRanges)) {
    const one = acceptedRange(member);
    if (one !== undefined) accepted.push(one);
  }
  return accepted;
}

function acceptedRange(member: string): AcceptedRange | undefined {
  const range = parseMediaType(member);
  const weight = range?.parameters.get('q');
  if (range === undefined || weight === undefined) return range && { range, quality: 1 };
  if (!/^(?:\d+\.?\d*|\.\d+)$/.test(weight) || Number(weight) > 1) return undefined;
  const parameters = new Map<string, string>();
  for (const [name, value] of range.parameters) {
    // What follows the weight was an extension of Accept, never a part of the range, and is no more.
    // https://www.rfc-editor.org/rfc/rfc9110#appendix-B.3
    if (name === 'q') break;
    parameters.set(name, value);
  }
  return { range: { ...range, parameters }, quality: Number(weight) };
}

/** The offered media type that fits an Accept header best, as `createNegotiator` says; `undefined` where none does. */
export function negotiate(accept: string | undefined, offered: readonly string[]): string | undefined {
  return choose(accept, offered.map(offerOf))?.mediaType;
}

/**
 * Compiles a choice among offers. Quality decides; then how exactly the type was asked for; then the order of the offers, but
 * where anything is as good as anything else (no Accept, nothing legible in it, or all ranges), `application/json` is first.
 * Parameters count unless nothing would be acceptable with them. Answers are remembered by the header's text.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export function createNegotiator(offered: readonly string[]): Negotiator {
  const offers = offered.map(offerOf);
  const unasked = choose(undefined, offers);
  const asked = memoizeByText((accept) => choose(accept, offers));
  return (accept) => (accept === undefined ? unasked : asked(accept));
}

interface Offer {
  readonly text: string;
  /** Absent where the text is no media type: such an offer is taken by those who take anything. */
  readonly mediaType: MediaType | undefined;
}

interface Candidate extends Negotiated {
  readonly quality: number;
  readonly exactness: number;
  /** Whether the offer is a range itself. */
  readonly isRange: boolean;
}

function offerOf(text: string): Offer {
  return { text, mediaType: parseMediaType(text) };
}

function choose(accept: string | undefined, offers: readonly Offer[]): Negotiated | undefined {
  const parsed = accept === undefined ? [] : parseAccept(accept);
  const accepted = parsed.length === 0 ? [everything] : parsed;
  const best = bestOf(accepted, offers) ?? bestOf(withoutParameters(accepted), offers);
  return best && { offered: best.offered, mediaType: best.mediaType };
}

function withoutParameters(accepted: readonly AcceptedRange[]): AcceptedRange[] {
  return accepted.map(({ range, quality }) => ({ range: { ...range, parameters: new Map() }, quality }));
}

function bestOf(accepted: readonly AcceptedRange[], offers: readonly Offer[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const offer of offers) {
    for (const concrete of concreteTypes(offer, accepted)) {
      const candidate = weigh(offer, concrete, accepted);
      if (candidate.quality > 0 && isBetter(candidate, best)) best = candidate;
    }
  }
  return best;
}

function isBetter(candidate: Candidate, best: Candidate | undefined): boolean {
  if (best === undefined || candidate.quality !== best.quality)
    return candidate.quality > (best?.quality ?? 0);
  if (candidate.exactness !== best.exactness) return candidate.exactness > best.exactness;
  // "The more specific key takes precedence": https://spec.openapis.org/oas/v3.1.1.html#response-object
  if (candidate.exactness > 0 && candidate.isRange !== best.isRange) return best.isRange;
  return candidate.exactness === 0 && isPlainJson(candidate) && !isPlainJson(best);
}

function isPlainJson({ offered }: Negotiated): boolean {
  return /^application\/json\s*(?:;|$)/i.test(offered);
}

function weigh(offer: Offer, concrete: string, accepted: readonly AcceptedRange[]): Candidate {
  const mediaType = concrete === offer.text ? offer.mediaType : parseMediaType(concrete);
  let quality = 0;
  let exactness = -1;
  for (const one of accepted) {
    const level = specificity(one.range);
    // The most specific range that matches has the say, also where it says 0.
    if (level <= exactness || !isWithin(one.range, mediaType)) continue;
    [quality, exactness] = [one.quality, level];
  }
  const isRangeOffer = offer.mediaType !== undefined && isRange(offer.mediaType);
  return { offered: offer.text, mediaType: concrete, quality, exactness, isRange: isRangeOffer };
}

function isWithin(range: MediaType, mediaType: MediaType | undefined): boolean {
  return mediaType === undefined ? range.type === '*' : matchesMediaType(range, mediaType);
}

function concreteTypes({ text, mediaType }: Offer, accepted: readonly AcceptedRange[]): string[] {
  if (mediaType === undefined || !isRange(mediaType)) return [text];
  const types: string[] = [];
  for (const { range } of accepted) {
    if (matchesEssence(mediaType, range))
      types.push(isRange(range) ? usualType(range) : formatMediaType(range));
    else if (matchesEssence(range, mediaType)) types.push(usualType(mediaType));
  }
  return types;
}

const usualTypes: ReadonlyMap<string, string> = new Map([
  ['text', 'text/plain'],
  ['image', 'image/png'],
  ['audio', 'audio/mpeg'],
  ['video', 'video/mp4'],
  ['multipart', 'multipart/form-data'],
  ['font', 'font/woff2'],
]);

/** A concrete type out of a range, for when nobody asked for one. */
function usualType(range: MediaType): string {
  if (range.suffix !== undefined) return `${range.type}/${range.suffix}`;
  return usualTypes.get(range.type) ?? 'application/json';
}
