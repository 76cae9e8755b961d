import { type PathSegment, percentDecode } from '../http/index.ts';
import { type DecodedSegment, rawBetween } from './decoded-segment.ts';

/** A segment of text and variables, such as `report.{format}`. */
export interface PartialSegment {
  /** The texts around the variables, decoded once: the first is the prefix, the last the suffix; any may be empty. */
  readonly texts: readonly string[];
  readonly literalLength: number;
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
  return { texts, literalLength: texts.join('').length };
}

/** A literal of a template, decoded once; as it stands where it cannot be decoded. */
export function literalText(text: string): string {
  return percentDecode(text) ?? text;
}

/**
 * The variables' raw values, or `undefined` where the segment does not fit. No variable is empty, and each ends at the first
 * place where the text after it is found; only what stands before an extension (`{name}.{format}`) ends at the last dot. Delimiters that were sent encoded count only where the segment fits in no other way.
 */
export function matchPartial(
  { texts }: PartialSegment,
  segment: DecodedSegment,
): readonly string[] | undefined {
  const { text, masked } = segment;
  const ends = endsOf(texts, masked) ?? (masked === text ? undefined : endsOf(texts, text));
  if (ends === undefined) return undefined;
  let start = (texts[0] as string).length;
  return ends.map((end, index) => {
    const value = rawBetween(segment, start, end);
    start = end + (texts[index + 1] as string).length;
    return value;
  });
}

/** Where each variable ends. Leftmost misses nothing: what is left for the texts after it is only ever longer. */
function endsOf(texts: readonly string[], text: string): readonly number[] | undefined {
  const prefix = texts[0] as string;
  const suffix = texts[texts.length - 1] as string;
  const last = text.length - suffix.length;
  if (!text.startsWith(prefix) || !text.endsWith(suffix)) return undefined;
  const ends: number[] = [];
  let position = prefix.length;
  for (let index = 1; index < texts.length - 1; index += 1) {
    const inner = texts[index] as string;
    const least = position + characterLength(text, position);
    const isExtension = inner === '.' && suffix === '' && index === texts.length - 2;
    const found = isExtension ? text.lastIndexOf(inner, last - 2) : text.indexOf(inner, least);
    if (found < least) return undefined;
    ends.push(found);
    position = found + inner.length;
  }
  if (position >= last) return undefined;
  ends.push(last);
  return ends;
}

function characterLength(text: string, position: number): number {
  return (text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1;
}
