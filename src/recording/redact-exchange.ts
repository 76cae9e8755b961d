import { type Exchange, HeaderList, splitTarget } from '../http/index.ts';
import { bodyText } from './body-text.ts';
import type { Redactor } from './redact.ts';

/** The exchange without its secrets, for whatever is to be shown of it. Bodies that have none stay the same bytes. */
export function redactExchange({ request, response }: Exchange, redactor: Redactor): Exchange {
  return {
    request: { ...redactMessage(request, redactor), target: redactTarget(request.target, redactor) },
    response: redactMessage(response, redactor),
  };
}

/** A request target without its secrets. */
export function redactTarget(target: string, redactor: Redactor): string {
  const { path, query } = splitTarget(target);
  return `${redactor.path(path)}${query === '' ? '' : `?${redactor.rawQuery(query)}`}`;
}

function redactMessage<Message extends { readonly headers: HeaderList; readonly body: Uint8Array }>(
  message: Message,
  redactor: Redactor,
): Message {
  const headers = HeaderList.from(
    [...message.headers].map(([name, value]) => [name, redactor.header(name, value)] as const),
  );
  return { ...message, headers, body: redactBody(message, redactor) };
}

function redactBody(
  { headers, body }: { readonly headers: HeaderList; readonly body: Uint8Array },
  redactor: Redactor,
): Uint8Array {
  const before = bodyText(body, undefined);
  if (before.encoding === 'base64') return body;
  const after = redactor.body(before.text, headers.get('content-type'));
  return after === before.text ? body : Buffer.from(after);
}
