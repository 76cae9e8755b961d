/** A body as a recording holds it: text where it is text, else base64. */
export interface BodyText {
  readonly text: string;
  readonly encoding: 'utf8' | 'base64';
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as text where they are UTF-8, else in base64. */
export function bodyText(body: Uint8Array): BodyText {
  const text = textOf(body);
  if (text === undefined) return { text: Buffer.from(body).toString('base64'), encoding: 'base64' };
  return { text, encoding: 'utf8' };
}

function textOf(body: Uint8Array): string | undefined {
  try {
    return utf8.decode(body);
  } catch {
    return undefined;
  }
}

/** The bytes up to `limit`, without a character that the cut would leave in half. */
export function cutBytes(body: Uint8Array, limit: number): Uint8Array {
  if (body.length <= limit) return body;
  let end = limit;
  while (end > limit - 4 && ((body[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return body.subarray(0, end);
}
