import { wellFormed } from '../core/index.ts';
import { parseMediaType, parseQuery, percentDecode } from '../http/index.ts';
import { replaceMembers, replaceTexts } from './json-members.ts';
import { type NamedRules, redactXml, xmlSpellings } from './redact-xml.ts';
import { hideInPath, type SecretPath } from './secret-paths.ts';
import { isSecret, isSecretInBody } from './secret-words.ts';

/** What must not leave a run, beside what is known to be secret anywhere. */
export interface Secrets {
  /** Names of headers, query keys and cookies that carry credentials in this document. */
  readonly names?: readonly string[];
  /** Paths of this document that have credentials in them. */
  readonly paths?: readonly SecretPath[];
  /** Values that are replaced wherever they stand in a text. Those under four characters are not looked for. */
  readonly values?: readonly string[];
}

/** Takes credentials out of the parts of a message. */
export interface Redactor {
  header(name: string, value: string): string;
  query(name: string, value: string): string;
  /** Without what the document's own names tell of, and without the values that are known to be secret. */
  path(path: string): string;
  /** Any text, without the values that are known to be secret. */
  text(text: string): string;
  /** A query as it stands on the wire, pair by pair: what is no secret stays as it was. */
  rawQuery(query: string): string;
  /** The text of a body: values under names that tell of secrets too. What is no secret stays as it was, byte for byte. */
  body(text: string, contentType: string | undefined): string;
}

/** What stands where a secret was. */
export const hidden = '[redacted]';

/**
 * A redactor of the usual names of credentials and of what the run knows to be secret. Who wants to know what was hidden for its name
 * is told each value, as it stood there but for the escapes of JSON.
 */
export function createRedactor(
  { names = [], paths = [], values = [] }: Secrets = {},
  onHidden: (value: string) => void = () => {},
): Redactor {
  const secretNames = new Set(names.map((name) => name.toLowerCase()));
  const text = hideValues(values);
  const isNamed = (name: string): boolean => secretNames.has(name.toLowerCase());
  const isHidden = (name: string): boolean => isNamed(name) || isSecret(name);
  const hide = (value: string): string => {
    onHidden(value);
    return hidden;
  };
  const inBody: NamedRules = { isHidden: (name) => isNamed(name) || isSecretInBody(name), hide };
  return {
    text,
    path: (path) => text(hideInPath(path, paths, (value) => encodeURIComponent(hide(value)))),
    query: (name, value) => (isHidden(name) ? hide(value) : text(value)),
    header: (name, value) => (isHidden(name) ? withoutCredentials(name, value, hide) : text(value)),
    rawQuery: (query) => redactPairs(query, { isHidden, hide, text }),
    body(written, contentType) {
      const essence = parseMediaType(contentType ?? '')?.essence ?? '';
      if (essence === 'application/x-www-form-urlencoded') return redactPairs(written, { ...inBody, text });
      if (essence === 'multipart/form-data') return text(redactParts(written, inBody));
      return text(redactMembers(written, inBody));
    },
  };
}

/** Makes a function that hides values wherever they stand in a text, plain, percent-encoded, as JSON or as XML. Those under four characters stay. */
export function hideValues(values: readonly string[]): (written: string) => string {
  const spelled = new Set(values.filter((value) => value.length >= 4).flatMap(spellings));
  const longestFirst = [...spelled].sort((a, b) => b.length - a.length);
  return (written) => longestFirst.reduce((rest, secret) => rest.replaceAll(secret, hidden), written);
}

function spellings(secret: string): readonly string[] {
  return [
    secret,
    encodeURIComponent(wellFormed(secret)),
    JSON.stringify(secret).slice(1, -1),
    ...xmlSpellings(secret),
  ];
}

/** The scheme says what was tried and is no secret, and so do the names of cookies and where they hold. */
function withoutCredentials(name: string, value: string, hide: NamedRules['hide']): string {
  const hideOne = (found: string): string => `=${hide(found.slice(1))}`;
  if (/^cookie$/i.test(name)) return value.replaceAll(/=[^;]*/g, hideOne);
  if (/^set-cookie$/i.test(name)) return value.replace(/=[^;]*/, hideOne);
  const scheme = /^(?:basic|bearer|digest|token|negotiate) /i.exec(value)?.[0] ?? '';
  return `${scheme}${hide(value.slice(scheme.length))}`;
}

interface PairRules extends NamedRules {
  readonly text: (written: string) => string;
}

function redactPairs(raw: string, { isHidden, hide, text }: PairRules): string {
  let changed = false;
  const kept = parseQuery(raw).map(([name, value]) => {
    const plain = percentDecode(value) ?? value;
    const shown = isHidden(percentDecode(name) ?? name) ? hide(plain) : text(plain);
    if (shown === plain) return value === '' ? name : `${name}=${value}`;
    changed = true;
    return `${name}=${encodeURIComponent(wellFormed(shown))}`;
  });
  return changed ? kept.join('&') : raw;
}

const longestPartHead = 4096;

function redactMembers(written: string, { isHidden, hide }: NamedRules): string {
  const json = replaceMembers(written, (name, value) =>
    isHidden(name) ? hiddenLike(value, hide) : undefined,
  );
  return redactXml(json, { isHidden, hide });
}

/** Of the same type, so that a document's schema still fits. */
function hiddenLike(value: string, hide: NamedRules['hide']): string {
  const hideText = (json: string): string => (json === '""' ? json : `"${hide(plainText(json))}"`);
  if (value.startsWith('"')) return hideText(value);
  if (value.startsWith('[')) return replaceTexts(value, hideText);
  hide(value);
  return '0';
}

function plainText(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    // What is cut, or has an escape that JSON does not know.
    return json.slice(1).replace(/"$/, '');
  }
}

/** The parts of a form with files whose name tells of a secret lose their content. */
function redactParts(written: string, { isHidden, hide }: NamedRules): string {
  const parts = written.split('\r\n--').map((part) => {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(0, Math.min(Math.max(end, 0), longestPartHead));
    const name = /[; ]name="([^"\r\n]{1,200})"/i.exec(head)?.[1];
    if (name === undefined || !isHidden(name)) return part;
    return `${part.slice(0, end)}\r\n\r\n${hide(part.slice(end + 4))}`;
  });
  return parts.join('\r\n--');
}
