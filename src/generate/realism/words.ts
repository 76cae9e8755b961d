/** The words of a name, in lower case: `clientIP`, `client_ip`, `client-ip` and `Client.IP` are all `client`, `ip`. */
export function wordsOf(name: string): string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** A word without the ending of the plural: `categories` is `category`, `addresses` is `address`, `status` stays. */
export function singular(word: string): string {
  if (word.length < 4 || word.endsWith('ss') || word.endsWith('us') || word.endsWith('is')) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:sses|shes|ches|xes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** Names that only wrap what they hold. */
const wrappers: ReadonlySet<string> = new Set(
  'results result items item data rows row records record list entries entry values value objects object elements element content response body payload embedded edges node nodes collection page'.split(
    ' ',
  ),
);

/** Whether a name only wraps what it holds (`results`, `data`): its members are what they would be without it. */
export function isWrapper(name: string): boolean {
  const [only, ...more] = wordsOf(name);
  return only !== undefined && more.length === 0 && wrappers.has(only);
}

/** A word with its first letter as a capital. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
