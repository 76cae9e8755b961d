import { ApidoubleError } from '../../core/index.ts';
import type { BodyCodec, WireFault } from '../codec.ts';
import { absent, present } from '../fault.ts';
import { isBinary } from '../own-data.ts';
import { plainText } from '../parameter/plain-text.ts';
import { bits, domainOf } from '../shape/domain.ts';
import { shapeOf } from '../shape/shape.ts';
import type { MediaTypeSpec } from '../spec.ts';
import { allowsStructure } from './binary.ts';
import { charsetOf, readText, writeText } from './charset.ts';
import { createJsonCodec } from './json.ts';

const json = createJsonCodec(false);

/**
 * `text/*`: a string, or the number, boolean or null that the schema wants and the text is. Where the schema wants objects or
 * lists, as documents do that offer one schema in every media type of their framework, the text is JSON.
 */
export function createTextCodec(spec: MediaTypeSpec): BodyCodec {
  const schema = spec.schema ?? true;
  const shape = shapeOf(schema);
  const structured = allowsStructure(schema);
  const isJson = structured && (domainOf(schema).types & bits.string) === 0;
  return {
    decode: (bytes, contentType) => {
      if (bytes.byteLength === 0 && contentType === '') return absent;
      const faults: WireFault[] = [];
      const text = readText(bytes, charsetOf(contentType), faults);
      if (isJson && faults.length === 0) {
        const decoded = json.decode(Buffer.from(text), 'application/json');
        if (decoded.present && decoded.faults.length === 0) return decoded;
      }
      return present(shape.coerce(text), faults);
    },
    encode: (value, contentType) => {
      if (structured && typeof value === 'object' && value !== null && !isBinary(value))
        return { bytes: writeText(JSON.stringify(value), charsetOf(contentType)), contentType };
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
