import type { HttpResponse } from '../http/index.ts';
import type { ContractOperation } from './contract.ts';

/** The methods that a client has a function for. */
export type ClientMethod = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace';

/** The paths (in the form that openapi-typescript writes) that have a method. */
export type PathsWith<Paths, Method extends ClientMethod> = {
  [Path in keyof Paths]: Paths[Path] extends { readonly [M in Method]: infer Operation }
    ? Operation extends { readonly responses: unknown }
      ? Path
      : never
    : never;
}[keyof Paths];

/** The operation behind a path and a method. */
export type OperationAt<Paths, Path extends keyof Paths, Method extends ClientMethod> = Paths[Path] extends {
  readonly [M in Method]: infer Operation;
}
  ? Operation
  : never;

type ParametersOf<Operation> = Operation extends { readonly parameters: infer Parameters }
  ? Parameters
  : unknown;

type ContentOf<Message> = Message extends { readonly content: infer Content }
  ? Content[keyof Content]
  : undefined;

type BodyOf<Operation> = Operation extends { readonly requestBody: infer Body }
  ? { readonly body: ContentOf<Body> }
  : Operation extends { readonly requestBody?: infer Body }
    ? [Body] extends [undefined]
      ? { readonly body?: never }
      : { readonly body?: ContentOf<NonNullable<Body>> }
    : { readonly body?: never };

/** What a call takes beside what the document lists. */
export interface CallExtras {
  /** Sent as they are, after those that the document lists. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Which of the operation's media types the body is written as. Default: the first. */
  readonly contentType?: string;
  /** Credentials by security scheme in place of the client's; `false` sends none. */
  readonly auth?: Readonly<Record<string, string>> | false;
}

/** The values of a call: parameters by place, the body, and extras. */
export type CallInput<Operation> = ParametersOf<Operation> & BodyOf<Operation> & CallExtras;

/** The input, which may be left out where nothing in it is required. */
export type CallArguments<Operation> =
  Record<string, never> extends CallInput<Operation>
    ? [input?: CallInput<Operation>]
    : [input: CallInput<Operation>];

type ResponsesOf<Operation> = Operation extends { readonly responses: infer Responses } ? Responses : never;

/** The result for one status. */
export interface ResultWith<Status, Body> {
  readonly status: Status;
  /** Decoded by the document's media type; the text where the document lists none; `undefined` where there is none. */
  readonly body: Body;
  /** The answer as it came. */
  readonly response: HttpResponse;
  /** The operation that was called, for `toSatisfyContract`. */
  readonly operation: ContractOperation;
}

/** The result of a call: a union over the statuses that the document lists, told apart by `status`. */
export type CallResult<Operation> = {
  [Status in keyof ResponsesOf<Operation>]: ResultWith<
    Status extends number ? Status : number,
    ContentOf<ResponsesOf<Operation>[Status]>
  >;
}[keyof ResponsesOf<Operation>];
