import { ApidoubleError } from '../../core/index.ts';
import type { BodyCodec, WireFault } from '../codec.ts';
import { absent, present } from '../fault.ts';
import { plainText } from '../parameter/plain-text.ts';
import { shapeOf } from '../shape/shape.ts';
import type { MediaTypeSpec } from '../spec.ts';
import { charsetOf, readText, writeText } from './charset.ts';

/** `text/*`: a string, or the number, boolean or null that the schema wants and the text is. */
export function createTextCodec(spec: MediaTypeSpec): BodyCodec {
  const shape = shapeOf(spec.schema ?? true);
  return {
    decode: (bytes, contentType) => {
      if (bytes.byteLength === 0 && contentType === '') return absent;
      const faults: WireFault[] = [];
      return present(shape.coerce(readText(bytes, charsetOf(contentType), faults)), faults);
    },
    encode: (value, contentType) => {
      const text = plainText(value);
      if (shape.coerce(text) !== value || text.startsWith('\ufeff')) {
        throw new ApidoubleError(
          'ERR_CODEC',
          `Cannot write ${spec.mediaType} "${text}": it would be read as another value. Use another value.`,
        );
      }
      return { bytes: writeText(text, charsetOf(contentType)), contentType };
    },
  };
}
