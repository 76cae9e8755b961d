import { ApidoubleError } from '../core/index.ts';
import { emit } from './emit.ts';
import type { Variant } from './emit-assertions.ts';
import type { Emitted, Judge, Link } from './emitted.ts';
import { generateJudge, type Mode } from './engine.ts';
import { isRecord } from './keyword-shapes.ts';
import { type Place, placeOrigin } from './place.ts';
import { compileRefusal } from './refusal.ts';
import { follow, type Schema, type SchemaObject } from './schema.ts';

const links = new WeakMap<SchemaObject, Map<string, Link>>();

/** The schema as functions that are generated on first use; the same for all who hold the schema in this variant. */
export function linkTo(place: Place, variant: Variant): Link {
  const node = follow(place.node);
  const settled: Place = { ...place, node };
  if (!isRecord(node)) return createLink(settled, variant);
  let variants = links.get(node);
  if (variants === undefined) {
    variants = new Map();
    links.set(node, variants);
  }
  const key = variantKey(variant);
  let link = variants.get(key);
  if (link === undefined) {
    link = createLink(settled, variant);
    variants.set(key, link);
  }
  return link;
}

function variantKey({ direction, form, unwanted }: Variant): string {
  const names = unwanted.size === 0 ? '' : JSON.stringify([...unwanted].sort());
  return `${direction} ${form} ${names}`;
}

function createLink(place: Place, variant: Variant): Link {
  let emitted: Emitted | undefined;
  const generate = (mode: Mode): Judge => {
    try {
      emitted ??= emit(place, variant, linkTo);
      return generateJudge(emitted, mode);
    } catch (error) {
      throw schemaInvalid(place, error);
    }
  };
  const generateCheck = (): Link['check'] => {
    try {
      if (!isWide(place.node)) return generate('check');
    } catch (error) {
      if (emitted === undefined || !isStackFault(error)) throw error;
    }
    // ajv nests what follows a check inside it: with many properties too deep to be written. A report does not nest.
    const report = generate('report');
    return (value) => report(value, { instancePath: '' });
  };
  const link: Link = {
    check: (value) => {
      link.check = generateCheck();
      return link.check(value);
    },
    report: (value, at) => {
      link.report = generate('report');
      return link.report(value, at);
    },
    refuses: (value) => {
      link.refuses = compileRefusal(place.node, variant);
      return link.refuses(value);
    },
  };
  return link;
}

/** Of so many properties or parts a check takes longer to write than a report, if it can be written at all. */
const wide = 1_000;

function isWide(node: Schema): boolean {
  if (!isRecord(node)) return false;
  const { properties, patternProperties, dependentSchemas, allOf } = node;
  const maps = [properties, patternProperties, dependentSchemas];
  const members = maps.flatMap((map) => (isRecord(map) ? Object.keys(map) : []));
  return members.length + (Array.isArray(allOf) ? allOf.length : 0) > wide;
}

function isStackFault(error: unknown): boolean {
  return error instanceof ApidoubleError && error.cause instanceof RangeError;
}

function schemaInvalid(place: Place, error: unknown): ApidoubleError {
  if (error instanceof ApidoubleError) return error;
  const origin = placeOrigin(place);
  const name = origin === undefined ? 'inline' : `${origin.uri}#${origin.pointer}`;
  const reason = error instanceof Error ? error.message : String(error);
  return new ApidoubleError(
    'ERR_SCHEMA_INVALID',
    `Cannot compile schema "${name}": ${reason}. Correct the schema.`,
    { cause: error },
  );
}
