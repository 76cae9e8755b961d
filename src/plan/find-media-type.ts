import { matchesMediaType, parseMediaType } from '../http/index.ts';

/**
 * The declared media type that a Content-Type falls under: its own, else `type/*`, else any.
 * Parameters (charset, boundary) do not tell media types apart unless the document declares them.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#media-type-object
 */
export function findMediaType<Declared extends { readonly mediaType: string }>(
  declared: readonly Declared[],
  contentType: string,
): Declared | undefined {
  for (const one of declared) if (one.mediaType === contentType) return one;
  const wanted = parseMediaType(contentType);
  if (wanted === undefined) return undefined;
  let best: Declared | undefined;
  let bestRank = -1;
  for (const one of declared) {
    const range = parseMediaType(one.mediaType);
    if (range === undefined || !matchesMediaType(range, wanted)) continue;
    const rank = rankOf(range);
    if (rank > bestRank) [best, bestRank] = [one, rank];
  }
  return best;
}

function rankOf(range: {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: { size: number };
}): number {
  if (range.type === '*') return 0;
  if (range.subtype === '*') return 1;
  return 2 + range.parameters.size;
}
