/** Characters of a text that are compared. */
const longestText = 40;

/**
 * How far two texts are from each other, from 0 (the same) to 1 (nothing in common): the edits that lead from one to the other,
 * against the length of the longer one. The case of letters counts for little.
 */
export function textDistance(left: string, right: string): number {
  if (left === right) return 0;
  const one = left.slice(0, longestText).toLowerCase();
  const other = right.slice(0, longestText).toLowerCase();
  if (one === other) return 0.1;
  const longer = Math.max(one.length, other.length);
  // Every character that one has more is an edit: where those alone are too many, nothing is counted.
  if (Math.abs(one.length - other.length) * 2 > longer) return 1;
  const distance = edits(one, other) / longer;
  return distance > 0.5 ? 1 : distance;
}

/** Levenshtein's distance, a row at a time. */
function edits(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const change = (row[j - 1] as number) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[right.length] as number;
}
