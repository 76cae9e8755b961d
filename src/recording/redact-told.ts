import { type Exchange, formDecode, percentDecode } from '../http/index.ts';
import { createRedactor, hidden, hideValues, type Secrets } from './redact.ts';
import { redactExchange } from './redact-exchange.ts';

/** How one exchange that was seen is told without its secrets. */
export interface RedactedExchange {
  readonly exchange: Exchange;
  /** Words about the exchange, which may quote what it holds: what was taken out of it is hidden in them too. */
  text(words: string): string;
}

/** Takes what is secret for its name or its value out of an exchange, and out of what is said of it. */
export function redactTold(given: Exchange, secrets?: Secrets): RedactedExchange {
  const taken = new Set<string>(secrets?.values);
  const named = createRedactor(secrets, (value) => {
    for (const one of readingsOf(value)) taken.add(one);
  });
  const exchange = redactExchange(given, named);
  const secret = [...taken].filter((value) => value.length >= leastSecret && value !== hidden);
  const hasTooMany = secret.length > mostSecrets;
  const hideWhole = hideValues(hasTooMany ? [] : secret);
  const { target } = exchange.request;
  return {
    exchange,
    text(words) {
      if (hasTooMany) return hidden;
      const told =
        given.request.target === target ? words : words.replaceAll(given.request.target, () => target);
      return hideCut(hideWhole(named.body(told, undefined)), secret);
    },
  };
}

/** Looking for more of them in each word of a report takes longer than the words are worth: who quotes them is not heard. */
const mostSecrets = 10_000;

/** Shorter ones stand in words that have nothing to do with them. */
const leastSecret = 4;

/** Items of one value that are looked for alone. */
const mostItems = 1000;

/** The ways in which a value is read by those who judge it. */
function readingsOf(value: string): readonly string[] {
  const plain = value.trim().replace(/^"(.*)"$/s, '$1');
  const decoded = [percentDecode(plain) ?? plain, formDecode(plain) ?? plain];
  // A number is told as it is, not as it was written; of a list each item may be told alone.
  const number = /^-?\d[\d.eE+-]*$/.test(plain) ? [String(Number(plain))] : [];
  return [value, plain, ...number, ...decoded, ...decoded.flatMap((one) => one.split(',', mostItems))];
}

/** Values are cut after some eighty characters, so a long secret may stand there with its beginning only. */
function hideCut(words: string, secrets: readonly string[]): string {
  const pieces = words.split('…');
  const last = pieces.length - 1;
  if (last === 0) return words;
  const beginnings = secrets
    .map((secret) => secret.slice(0, longestCut))
    .flatMap((start) => [start, JSON.stringify(start).slice(1, -1)]);
  return pieces.map((piece, index) => (index === last ? piece : withoutEnd(piece, beginnings))).join('…');
}

const longestCut = 100;

/** The text without the longest beginning of a secret that it ends with. */
function withoutEnd(piece: string, beginnings: readonly string[]): string {
  const end = piece.slice(-longestCut);
  for (let length = end.length; length >= leastSecret; length -= 1) {
    const tail = end.slice(-length);
    if (beginnings.some((beginning) => beginning.startsWith(tail)))
      return `${piece.slice(0, -length)}${hidden}`;
  }
  return piece;
}
