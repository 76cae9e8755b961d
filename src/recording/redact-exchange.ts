import { type Exchange, HeaderList, splitTarget } from '../http/index.ts';
import { hidden, type Redactor } from './redact.ts';
import { redactBody } from './redact-body.ts';

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
  given: Message,
  redactor: Redactor,
): Message {
  const redacted = redactBody(given, redactor);
  const message = 'message' in redacted ? redacted.message : { ...given, body: Buffer.from(hidden) };
  const headers = HeaderList.from(
    [...message.headers].map(([name, value]) => [name, redactor.header(name, value)] as const),
  );
  return { ...message, headers };
}
