import { type HeaderList, undoCoding } from '../http/index.ts';
import { bodyText } from './body-text.ts';
import type { LeftOut } from './recorded-exchange.ts';
import type { Redactor } from './redact.ts';

interface Message {
  readonly headers: HeaderList;
  readonly body: Uint8Array;
}

/** A message without secrets in its body, or why none of the body can be shown. */
export type RedactedBody<Kind> = { readonly message: Kind } | { readonly leftOut: LeftOut };

/**
 * Takes the secrets out of a body. One that has none stays the same bytes, compressed or not; one that was compressed and has some is
 * plain from then on. What cannot be unfolded is left out: nobody can tell what it holds.
 */
export function redactBody<Kind extends Message>(given: Kind, redactor: Redactor): RedactedBody<Kind> {
  const uncoded = undoCoding(given);
  const plain = 'message' in uncoded ? uncoded.message : given;
  const isCoded = plain.body !== given.body;
  const redacted = redactBytes(plain, redactor);
  if (redacted === undefined && !('message' in uncoded)) {
    const why = 'unread' in uncoded ? uncoded.unread : uncoded.fault;
    return {
      leftOut: { bytes: given.body.length, reason: `may hold secrets that cannot be taken out: ${why}` },
    };
  }
  if (redacted === undefined || redacted === plain.body) return { message: given };
  const headers = isCoded
    ? given.headers.without('content-encoding').without('content-length')
    : given.headers;
  return { message: { ...given, headers, body: redacted } };
}

/** The same bytes where there is nothing to hide; `undefined` where they are no text. */
function redactBytes({ headers, body }: Message, redactor: Redactor): Uint8Array | undefined {
  const contentType = headers.get('content-type');
  const { text, encoding } = bodyText(body);
  if (encoding === 'utf8') return changed(text, redactor.body(text, contentType), 'utf8') ?? body;
  // A form may have files beside its texts; as latin1 every byte stays what it is.
  if (contentType === undefined || !/^multipart\//i.test(contentType)) return undefined;
  const bytes = Buffer.from(body).toString('latin1');
  return changed(bytes, redactor.body(bytes, contentType), 'latin1') ?? body;
}

function changed(before: string, after: string, encoding: 'utf8' | 'latin1'): Uint8Array | undefined {
  return before === after ? undefined : Buffer.from(after, encoding);
}
