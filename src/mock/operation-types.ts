/** The operations of a document by operationId, as openapi-typescript writes them in `operations`; any where none are given. */
export interface AnyOperations {
  readonly [operationId: string]: unknown;
}

/** The names that an operation can be called by. */
export type OperationName<Operations> = keyof Operations & string;

type ResponsesOf<Operation> = Operation extends { readonly responses: infer Responses } ? Responses : never;

/** The statuses that the document lists for an operation; any where its types are not known. */
export type StatusOf<Operation> = [ResponsesOf<Operation>] extends [never]
  ? number
  : 'default' extends keyof ResponsesOf<Operation>
    ? number
    : keyof ResponsesOf<Operation> & number;

type ContentOf<Message> = Message extends { readonly content: infer Content }
  ? Content[keyof Content]
  : undefined;

/** The body that the document gives an operation's answer with a status. */
export type AnswerBody<Operation, Status> = [ResponsesOf<Operation>] extends [never]
  ? unknown
  : Status extends keyof ResponsesOf<Operation>
    ? ContentOf<ResponsesOf<Operation>[Status]>
    : unknown;

type ParametersOf<Operation> = Operation extends { readonly parameters: infer Parameters }
  ? Parameters
  : never;

/** The names of an operation's parameters in a place; any where its types are not known. */
export type ParameterName<Operation, Place extends string> = [ParametersOf<Operation>] extends [never]
  ? string
  : Place extends keyof ParametersOf<Operation>
    ? NonNullable<ParametersOf<Operation>[Place]> extends infer Values
      ? [Values] extends [never]
        ? string
        : keyof Values & string
      : string
    : string;
