import { type HttpRequest, parseMediaType } from '../../../src/http/index.ts';
import { Refusal } from './answer.ts';
import { readParts } from './multipart.ts';

/** A body with the media type of the document that it came as. */
export interface ReadBody {
  readonly mediaType: string;
  readonly value: unknown;
}

/** Reads a body that the operation takes; refuses with 400 what has no syntax, with 415 what is of another kind. */
export function readBody(request: HttpRequest, taken: readonly string[]): ReadBody {
  const mediaType = parseMediaType(request.headers.get('content-type') ?? '');
  if (mediaType === undefined || !taken.includes(mediaType.essence)) {
    throw new Refusal(415, `The body is not ${taken.join(' or ')}.`);
  }
  if (mediaType.essence === 'multipart/form-data') {
    const parts = readParts(request.body, mediaType.parameters.get('boundary') ?? '');
    return { mediaType: mediaType.essence, value: parts };
  }
  const charset = mediaType.parameters.get('charset')?.toLowerCase() ?? 'utf-8';
  if (charset !== 'utf-8') throw new Refusal(415, `JSON is not written in ${charset}.`);
  return { mediaType: mediaType.essence, value: parseJson(request.body) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The value of JSON bytes; refuses with 400 what is none. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    throw new Refusal(400, 'The body is no JSON in UTF-8.');
  }
}
