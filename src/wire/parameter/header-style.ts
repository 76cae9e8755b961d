import type { WireFault } from '../codec.ts';
import { absent, present } from '../fault.ts';
import { shapeOf } from '../shape/shape.ts';
import type { ParameterSpec } from '../spec.ts';
import { type DelimitedForm, readDelimited, writeDelimited } from './delimited.ts';
import { isEmpty, type Style } from './style.ts';
import { headerForm } from './text-form.ts';

/** `blue, black, brown` in a header field. @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1 */
export function headerStyle(spec: ParameterSpec): Style {
  const form: DelimitedForm = {
    shape: shapeOf(spec.schema),
    text: headerForm,
    split: (raw) => raw.split(','),
    delimiter: ',',
    pairs: spec.explode,
  };
  return {
    decode: (raw) => {
      const text = raw.header(spec.name);
      if (text === undefined) return absent;
      const faults: WireFault[] = [];
      return present(readDelimited(text.trim(), form, faults), faults);
    },
    write: (value) => (isEmpty(value) ? undefined : writeDelimited(value, form)),
    claims: () => false,
  };
}
