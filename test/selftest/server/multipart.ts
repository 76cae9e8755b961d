import { parseMediaType } from '../../../src/http/index.ts';
import { Refusal } from './answer.ts';

/** One part of a multipart body. */
export interface Part {
  readonly name: string;
  /** Without parameters; `text/plain` where the part says nothing. */
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/**
 * Takes a multipart body apart; refuses with 400 what is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7578
 */
export function readParts(body: Uint8Array, boundary: string): readonly Part[] {
  const text = Buffer.from(body).toString('latin1');
  const delimiter = `\r\n--${boundary}`;
  const pieces = `\r\n${text}`.split(delimiter);
  const last = pieces.pop();
  if (boundary === '' || pieces.length === 0 || !last?.startsWith('--')) {
    throw new Refusal(400, 'The body has no end, or no boundary.');
  }
  return pieces.slice(1).map(readPart);
}

function readPart(piece: string): Part {
  const end = piece.indexOf('\r\n\r\n');
  if (!piece.startsWith('\r\n') || end < 0) throw new Refusal(400, 'A part has no header.');
  const fields = new Map<string, string>();
  for (const line of piece.slice(2, end).split('\r\n')) {
    const colon = line.indexOf(':');
    fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = fields.get('content-disposition') ?? '';
  const name = /;\s*name="([^"]*)"/i.exec(disposition)?.[1] ?? /;\s*name=([^\s;]+)/i.exec(disposition)?.[1];
  if (name === undefined) throw new Refusal(400, 'A part has no name.');
  const mediaType = parseMediaType(fields.get('content-type') ?? 'text/plain')?.essence ?? '';
  return { name, mediaType, bytes: Buffer.from(piece.slice(end + 4), 'latin1') };
}
