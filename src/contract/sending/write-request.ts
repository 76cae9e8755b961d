import { isApidoubleError } from '../../core/index.ts';
import type { HttpRequest } from '../../http/index.ts';
import type { BodyPlan, MediaTypePlan, OperationPlan, ParameterPlan } from '../../plan/index.ts';
import { buildRequest, type RequestDestination, type RequestValues } from '../../request/index.ts';
import type { Schema } from '../../schema/index.ts';
import { createBodyCodec, createParameterCodec } from '../../wire/index.ts';
import { isPlain } from '../values/at-steps.ts';

/**
 * Writes a request whose values may break the document. `undefined` where a style cannot carry one of them at all; whatever else
 * goes wrong in writing is a fault, and thrown.
 */
export function writeRequest(
  plan: OperationPlan,
  values: RequestValues,
  to: RequestDestination,
): HttpRequest | undefined {
  return (
    unlessRefused(() => buildRequest(plan, values, to)) ?? unlessRefused(() => writeAsText(plan, values, to))
  );
}

/** What is written; `undefined` where a codec says that it cannot carry the value. */
function unlessRefused<Written>(write: () => Written): Written | undefined {
  try {
    return write();
  } catch (error) {
    if (isApidoubleError(error) && error.code === 'ERR_CODEC') return undefined;
    throw error;
  }
}

/** What is written may be nothing: an empty value is left away. */
function isCarried(write: () => unknown): boolean {
  return unlessRefused(() => ({ written: write() })) !== undefined;
}

/** Codecs refuse what they would read back as something else; as texts all values are alike. */
function writeAsText(plan: OperationPlan, values: RequestValues, to: RequestDestination): HttpRequest {
  const texts = { ...values };
  const parameters = plan.parameters.map((one): ParameterPlan => {
    const { parameter } = one;
    const place = parameter.in === 'querystring' ? 'query' : parameter.in;
    const given = texts[place];
    if (given === undefined || !Object.hasOwn(given, parameter.name)) return one;
    const value = given[parameter.name];
    if (isCarried(() => one.codec.encode(value))) return one;
    const text = asText(value);
    texts[place] = { ...given, [parameter.name]: text };
    const codec = createParameterCodec({ ...parameter, allowEmptyValue: true, schema: schemaOfText(text) });
    return { ...one, codec };
  });
  const body = plan.body === undefined ? undefined : textBody(plan.body, values);
  if (values.body !== undefined && body !== undefined && body !== plan.body) {
    texts.body = { ...values.body, value: asText(values.body.value) };
  }
  return buildRequest({ ...plan, parameters, body }, texts, to);
}

function textBody(plan: BodyPlan, { body }: RequestValues): BodyPlan {
  if (body === undefined) return plan;
  const media = plan.find(body.contentType);
  if (media === undefined) return plan;
  if (isCarried(() => media.codec.encode(body.value, body.contentType))) return plan;
  const object = { ...media.object, schema: schemaOfText(asText(body.value)) };
  const lenient: MediaTypePlan = {
    ...media,
    object,
    codec: createBodyCodec(object, { direction: 'request' }),
  };
  return { ...plan, find: () => lenient };
}

function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (isPlain(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asText(one)]));
  return value instanceof Uint8Array ? value : String(value);
}

function schemaOfText(value: unknown): Schema {
  if (Array.isArray(value))
    return { type: 'array', items: value.length === 0 ? { type: 'string' } : schemaOfText(value[0]) };
  if (!isPlain(value)) return { type: 'string' };
  const properties = Object.entries(value).map(([name, one]) => [name, schemaOfText(one)] as const);
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}
