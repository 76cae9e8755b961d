/** What must not leave a run, beside what is known to be secret anywhere. */
export interface Secrets {
  /** Names of headers, query keys and cookies that carry credentials in this document. */
  readonly names?: readonly string[];
  /** Values that are replaced wherever they stand in a text. Those under four characters are not looked for. */
  readonly values?: readonly string[];
}

/** Takes credentials out of the parts of a message. */
export interface Redactor {
  header(name: string, value: string): string;
  query(name: string, value: string): string;
  text(text: string): string;
}

const hidden = '[redacted]';
const telling =
  /^(?:proxy-)?authorization$|^(?:set-)?cookie$|password|passwd|secret|token|api[-_]?key|signature|session|csrf/i;

/** A redactor of the usual names of credentials and of what the run knows to be secret. */
export function createRedactor({ names = [], values = [] }: Secrets = {}): Redactor {
  const secretNames = new Set(names.map((name) => name.toLowerCase()));
  const secretValues = values.filter((value) => value.length >= 4).sort((a, b) => b.length - a.length);
  const text = (written: string): string => {
    return secretValues.reduce((rest, secret) => rest.replaceAll(secret, hidden), written);
  };
  const isSecret = (name: string): boolean => secretNames.has(name.toLowerCase()) || telling.test(name);
  return {
    text,
    query: (name, value) => (isSecret(name) ? hidden : text(value)),
    header: (name, value) => (isSecret(name) ? withoutCredentials(value) : text(value)),
  };
}

/** The scheme says what was tried and is no secret. */
function withoutCredentials(value: string): string {
  const scheme = /^(?:basic|bearer|digest|token|negotiate) /i.exec(value);
  return scheme === null ? hidden : `${scheme[0]}${hidden}`;
}
