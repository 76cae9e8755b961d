import { createHash } from 'node:crypto';
import type { Node } from '../document.ts';
import { json, Refusal } from './answer.ts';
import { parseJson } from './body.ts';
import { bookOf, type Handler } from './call.ts';
import type { Part } from './multipart.ts';

const imageTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg']);

/** A cover's parts as the value that its schema judges; refuses with 415 a file that is no image, with 422 a part that comes twice. */
export function coverValue(parts: readonly Part[]): Node {
  const value: Record<string, unknown> = {};
  for (const part of parts) {
    if (Object.hasOwn(value, part.name)) throw new Refusal(422, `The part ${part.name} comes twice.`);
    if (part.name === 'file' && !imageTypes.has(part.mediaType)) {
      throw new Refusal(415, `A cover is no ${part.mediaType}.`);
    }
    value[part.name] = partValue(part);
  }
  return value;
}

function partValue({ name, bytes }: Part): unknown {
  return name === 'focus' ? parseJson(bytes) : bytes.toString(name === 'file' ? 'latin1' : 'utf8');
}

/** Says what was received, so that a client can see whether its bytes came through. */
export const uploadCover: Handler = (call) => {
  bookOf(call, call.room.state.books);
  const parts = call.body as readonly Part[];
  const file = parts.find(({ name }) => name === 'file');
  const caption = parts.find(({ name }) => name === 'caption');
  const bytes = file?.bytes ?? Buffer.alloc(0);
  return json(200, {
    bytes: bytes.length,
    mediaType: file?.mediaType ?? 'image/png',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...(caption === undefined ? {} : { caption: caption.bytes.toString('utf8') }),
  });
};
