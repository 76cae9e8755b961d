import { formDecode, type HttpRequest } from '../../../src/http/index.ts';
import { node, type Operation } from '../document.ts';
import type { Judge } from '../schema-judge.ts';
import { Refusal } from './answer.ts';
import { readBody } from './body.ts';
import { coverValue } from './cover.ts';
import type { Part } from './multipart.ts';
import { readTexts } from './numbers-as-text.ts';
import { isKeyOf, rawQuery, readParameter, Unreadable } from './parameters.ts';

/** An operation with what it judges requests by. */
export interface Judged {
  readonly operation: Operation;
  readonly pattern: RegExp;
  /** By place (`query.page`) for parameters, by media type for bodies. */
  readonly judges: ReadonlyMap<string, Judge>;
}

/** Where a request goes. */
export interface Place {
  readonly request: HttpRequest;
  readonly path: string;
  readonly query: string;
}

/** The values of an operation's parameters, defaults filled in. Refuses with 400 what breaks the document. */
export function readValues(at: Place, found: Judged, takesUnknownKeys: boolean): Map<string, unknown> {
  const header = (name: string): string | undefined => at.request.headers.get(name);
  const path = new Map(Object.entries(found.pattern.exec(at.path)?.groups ?? {}));
  const parts = { path, header, ...rawQuery(at.query, header('cookie')) };
  const values = new Map<string, unknown>();
  try {
    if (!takesUnknownKeys) refuseUnknownKeys(found.operation, parts.query);
    for (const parameter of found.operation.parameters) {
      const place = `${parameter.in}.${parameter.name}`;
      const given = readParameter(parameter, parts);
      const value = given ?? parameter.schema.default;
      if (value !== undefined) values.set(place, value);
      if (given === undefined && parameter.required) throw new Unreadable(`${place} is missing`);
      refuseBroken(
        { status: 400, place },
        given === undefined ? undefined : found.judges.get(place)?.(given),
      );
    }
  } catch (error) {
    throw error instanceof Unreadable ? new Refusal(400, error.message) : error;
  }
  return values;
}

function refuseUnknownKeys(operation: Operation, query: readonly (readonly [string, string])[]): void {
  const parameters = operation.parameters.filter((one) => one.in === 'query');
  for (const [raw] of query) {
    const key = formDecode(raw) ?? raw;
    if (!parameters.some((one) => isKeyOf(one, key))) throw new Unreadable(`there is no parameter ${key}`);
  }
}

/** How bodies are judged. */
export interface BodyOptions {
  /** Takes numbers and booleans as text in JSON bodies. */
  readonly takesNumbersAsText?: boolean;
  /** The status for a body that breaks its schema. Default 422. */
  readonly bodyRefusal?: 400 | 422;
}

/** The body, judged: the parts where it is multipart. Refuses with 400, 415, and with `bodyRefusal` what breaks its schema. */
export function readJudgedBody(
  request: HttpRequest,
  { operation, judges }: Judged,
  { takesNumbersAsText = false, bodyRefusal = 422 }: BodyOptions,
): unknown {
  const { mediaType, value: given } = readBody(request, [...(operation.body?.keys() ?? [])]);
  const isParts = mediaType === 'multipart/form-data';
  const schema = node(operation.body?.get(mediaType));
  const value = takesNumbersAsText && !isParts ? readTexts(schema, given) : given;
  const judged = isParts ? coverValue(value as readonly Part[]) : value;
  refuseBroken({ status: bodyRefusal, place: 'body' }, judges.get(mediaType)?.(judged));
  return value;
}

function refuseBroken(at: { status: number; place: string }, fault: string | undefined): void {
  if (fault !== undefined) throw new Refusal(at.status, `${at.place}: ${fault}`);
}
