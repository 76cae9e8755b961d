import { HeaderList, type HttpResponse, noBody, problem } from '../../../src/http/index.ts';

/** Header fields of an answer; those that are `undefined` are left out. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** An answer with a JSON body. */
export function json(status: number, value: unknown, fields: Fields = {}): HttpResponse {
  return text(status, JSON.stringify(value), { 'Content-Type': 'application/json', ...fields });
}

/** An answer with a text for a body; its Content-Type stands in the fields. */
export function text(status: number, body: string, fields: Fields): HttpResponse {
  return { status, headers: headerList(fields), body: Buffer.from(body) };
}

/** An answer without a body. */
export function empty(status: number, fields: Fields = {}): HttpResponse {
  return { status, headers: headerList(fields), body: noBody };
}

/** A refusal: thrown by whoever sees the reason, turned into an answer in one place. */
export class Refusal extends Error {
  readonly response: HttpResponse;

  constructor(status: number, detail: string, fields: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.response = problem(status, { detail }, Object.entries(fields));
  }
}

function headerList(fields: Fields): HeaderList {
  const flat: string[] = [];
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) flat.push(name, value);
  return new HeaderList(flat);
}
