const longestKey = 512;

/**
 * A function that remembers its answers by text, at most `limit` of them: what clients send over and over is read once, and
 * what a hostile one varies is forgotten.
 */
export function memoizeByText<Value>(read: (text: string) => Value, limit = 64): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const kept = known.get(text);
    if (kept !== undefined || known.has(text)) return kept as Value;
    const value = read(text);
    if (text.length > longestKey) return value;
    if (known.size >= limit) known.clear();
    known.set(text, value);
    return value;
  };
}
