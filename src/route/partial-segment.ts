import { type PathSegment, percentDecode } from '../http/index.ts';
import { decodeWithOffsets } from './decode-with-offsets.ts';

/** A segment of text and variables, such as `report.{format}`: the texts around its variables, one more than there are variables. */
export interface PartialSegment {
  /** Decoded once. The first is the prefix, the last the suffix; any may be empty. */
  readonly texts: readonly string[];
  readonly literalLength: number;
  /** Whether a text has a percent sign, which no raw segment that can be decoded shows as it is. */
  readonly hasPercent: boolean;
}

/** Whether a segment is both more than a text and more than one variable. */
export function isPartial(segment: PathSegment): boolean {
  return segment.length > 1;
}

/** Compiles a segment that has at least one variable. */
export function compilePartial(segment: PathSegment): PartialSegment {
  const texts = [''];
  for (const part of segment) {
    if (part.kind === 'variable') texts.push('');
    else texts[texts.length - 1] = literalText(part.text);
  }
  const whole = texts.join('');
  return { texts, literalLength: whole.length, hasPercent: whole.includes('%') };
}

/** A literal of a template, decoded once; as it stands where it cannot be decoded. */
export function literalText(text: string): string {
  return percentDecode(text) ?? text;
}

/**
 * The variables' raw values, or `undefined` where the segment does not fit. No variable is empty, and each ends at the first
 * place where the text after it is found. Delimiters that were sent encoded count only where the segment fits in no other way.
 */
export function matchPartial(partial: PartialSegment, raw: string): readonly string[] | undefined {
  const decoded = raw.includes('%') ? decodeWithOffsets(raw) : undefined;
  const ends = decoded !== undefined && partial.hasPercent ? undefined : splitAt(partial, raw);
  if (ends !== undefined) return valuesOf(partial, ends, (start, end) => raw.slice(start, end));
  if (decoded === undefined) return undefined;
  const { text, offsets } = decoded;
  const decodedEnds = splitAt(partial, text);
  if (decodedEnds === undefined) return undefined;
  return valuesOf(partial, decodedEnds, (start, end) => raw.slice(offsets[start], offsets[end]));
}

/** Where each variable ends. Leftmost is complete: what a later text needs is only ever lengthened by it. */
function splitAt({ texts }: PartialSegment, text: string): readonly number[] | undefined {
  const prefix = texts[0] as string;
  const suffix = texts[texts.length - 1] as string;
  const last = text.length - suffix.length;
  if (!text.startsWith(prefix) || !text.endsWith(suffix)) return undefined;
  const ends: number[] = [];
  let position = prefix.length;
  for (let index = 1; index < texts.length - 1; index += 1) {
    const inner = texts[index] as string;
    const found = text.indexOf(inner, position + 1);
    if (found < 0) return undefined;
    ends.push(found);
    position = found + inner.length;
  }
  if (position >= last) return undefined;
  ends.push(last);
  return ends;
}

function valuesOf(
  { texts }: PartialSegment,
  ends: readonly number[],
  slice: (start: number, end: number) => string,
): readonly string[] {
  let start = (texts[0] as string).length;
  return ends.map((end, index) => {
    const value = slice(start, end);
    start = end + (texts[index + 1] as string).length;
    return value;
  });
}
