import { patternFault, type SchemaObject } from '../../schema/index.ts';
import { matchLimits } from '../text/match-limits.ts';

/** What all the schemas of one place together say about a string. Lengths are counted in code points. */
export interface StringFacts {
  readonly minLength: number;
  readonly maxLength: number;
  readonly patterns: readonly string[];
  readonly notPatterns: readonly string[];
  readonly formats: readonly string[];
  readonly contentEncoding?: string;
  readonly contentMediaType?: string;
  /** Why no string satisfies them, where that is certain. */
  readonly impossible?: string;
}

/** The lengths that texts of a format can have; formats that are not here can have any from 0. */
const formatLengths: Readonly<Record<string, readonly [number, number]>> = {
  uuid: [36, 45],
  date: [10, 10],
  'date-time': [20, Infinity],
  time: [9, Infinity],
  duration: [3, Infinity],
  email: [3, 254],
  hostname: [1, 253],
  ipv4: [7, 15],
  ipv6: [2, 45],
  uri: [2, Infinity],
  url: [4, Infinity],
};

/** Numbers' formats say nothing about strings. */
const numberFormats: ReadonlySet<string> = new Set([
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float',
  'double',
]);

/** Gathers the string keywords of several schemas. */
export function readStringFacts(parts: readonly SchemaObject[], notPatterns: readonly string[]): StringFacts {
  let minLength = 0;
  let maxLength = Infinity;
  const patterns = new Set<string>();
  const formats = new Set<string>();
  let contentEncoding: string | undefined;
  let contentMediaType: string | undefined;
  for (const part of parts) {
    minLength = Math.max(minLength, part.minLength ?? 0);
    maxLength = Math.min(maxLength, part.maxLength ?? Infinity);
    if (part.pattern !== undefined) patterns.add(part.pattern);
    if (part.format !== undefined && !numberFormats.has(part.format)) formats.add(part.format);
    contentEncoding ??= part.contentEncoding;
    contentMediaType ??= part.contentMediaType;
  }
  const impossible =
    contradiction(minLength, maxLength, [...formats]) ??
    patternContradiction(minLength, maxLength, [...patterns]);
  return {
    minLength,
    maxLength,
    patterns: [...patterns],
    notPatterns,
    formats: [...formats],
    ...(contentEncoding === undefined ? {} : { contentEncoding }),
    ...(contentMediaType === undefined ? {} : { contentMediaType }),
    ...(impossible === undefined ? {} : { impossible }),
  };
}

function contradiction(minLength: number, maxLength: number, formats: readonly string[]): string | undefined {
  if (minLength > maxLength) return `minLength ${minLength} is above maxLength ${maxLength}`;
  for (const format of formats) {
    const [least, most] = formatLengths[format] ?? [0, Infinity];
    if (least > maxLength) return `no text of format "${format}" is as short as maxLength ${maxLength}`;
    if (most < minLength) return `no text of format "${format}" is as long as minLength ${minLength}`;
  }
  return undefined;
}

function patternContradiction(
  minLength: number,
  maxLength: number,
  patterns: readonly string[],
): string | undefined {
  for (const pattern of patterns) {
    const limits = patternFault(pattern) === undefined ? matchLimits(pattern) : undefined;
    if (limits === undefined) continue;
    if (limits.never) return `no text can match the pattern "${pattern}"`;
    if (limits.least > maxLength) return `what matches the pattern "${pattern}" is longer than ${maxLength}`;
    if (limits.most < minLength) return `what matches the pattern "${pattern}" is shorter than ${minLength}`;
  }
  return undefined;
}
