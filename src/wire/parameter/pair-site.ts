import { shapeOf } from '../shape/shape.ts';
import type { ParameterSpec } from '../spec.ts';
import { deepObjectStyle } from './deep-object.ts';
import type { DelimitedForm } from './delimited.ts';
import { explodedStyle, joinedStyle, type PairSite } from './pair-style.ts';
import type { PairStyle } from './style.ts';
import { cookieForm, percentForm } from './text-form.ts';

type IsTaken = (name: string) => boolean;

/** A parameter of the query, or a property of a form, in the style that it asks for. */
export function queryStyle(spec: ParameterSpec, isTaken: IsTaken): PairStyle {
  const site: PairSite = {
    separator: '&',
    writeName: percentForm('query', false, '').write,
    isTaken,
  };
  const delimiters = delimitersOf(spec);
  const text = percentForm('query', spec.allowReserved, delimiters.encoded);
  if (spec.style === 'deepObject') return deepObjectStyle(spec, site, text);
  const form: DelimitedForm = { shape: shapeOf(spec.schema), text, ...delimiters, pairs: false };
  return spec.explode ? explodedStyle(spec, site, form) : joinedStyle(spec, site, form);
}

const spaces = /%20|\+| /;
const pipes = /%7[cC]|\|/;

function delimitersOf(spec: ParameterSpec): Pick<DelimitedForm, 'split' | 'delimiter'> & { encoded: string } {
  switch (spec.style) {
    case 'spaceDelimited':
      return { split: (raw) => raw.split(spaces), delimiter: '%20', encoded: '' };
    case 'pipeDelimited':
      return { split: (raw) => raw.split(pipes), delimiter: '%7C', encoded: '' };
    default:
      return { split: splitCommas, delimiter: ',', encoded: ',' };
  }
}

function splitCommas(raw: string): string[] {
  return raw.split(',');
}

/**
 * A cookie: percent-encoded in the style `form`, as it is in 3.2's style `cookie`.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#style-values
 */
export function cookieStyle(spec: ParameterSpec, isTaken: IsTaken): PairStyle {
  const site: PairSite = { separator: '; ', writeName: cookieForm.write, isTaken };
  const form: DelimitedForm = {
    shape: shapeOf(spec.schema),
    text: spec.style === 'cookie' ? cookieForm : percentForm('cookie', spec.allowReserved, ','),
    split: splitCommas,
    delimiter: ',',
    pairs: false,
  };
  return spec.explode ? explodedStyle(spec, site, form) : joinedStyle(spec, site, form);
}
