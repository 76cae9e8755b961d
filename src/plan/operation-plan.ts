import type {
  ApiDocument,
  ApiOperation,
  MediaTypeObject,
  ParameterObject,
  RequestBodyObject,
  ResponseObject,
  SecurityScheme,
} from '../document/index.ts';
import type { Direction, Validator } from '../schema/index.ts';
import type { BodyCodec, ParameterCodec } from '../wire/index.ts';

/** A document whose operations are compiled one by one, each on its first use. */
export interface ApiPlan {
  readonly document: ApiDocument;
  /** Every operation of the document, compiled or not, in document order. */
  readonly operations: readonly ApiOperation[];
  /** The operation with this key or operationId. */
  find(name: string): ApiOperation | undefined;
  /** Compiles an operation, or gives what was compiled before. Throws an `ApidoubleError` for one that is broken. */
  compile(operation: ApiOperation): OperationPlan;
}

/** Everything about one operation that can be known before a request comes. */
export interface OperationPlan {
  readonly key: string;
  readonly operation: ApiOperation;
  readonly parameters: readonly ParameterPlan[];
  readonly body: BodyPlan | undefined;
  /** In document order. */
  readonly responses: readonly ResponsePlan[];
  /** The response for a status: its own, its range's, else the default's. */
  responseFor(status: number): ResponsePlan | undefined;
  /** Alternatives, each a combination of schemes. Empty: anybody may call. */
  readonly security: readonly (readonly RequiredScheme[])[];
}

/** A scheme that one alternative of an operation's security wants. */
export interface RequiredScheme {
  readonly scheme: SecurityScheme;
  readonly scopes: readonly string[];
}

/** A parameter of a request, or a header of a response. */
export interface ParameterPlan {
  readonly parameter: ParameterObject;
  readonly codec: ParameterCodec;
  readonly validator: Validator;
}

/** The body of a request. */
export interface BodyPlan {
  readonly object: RequestBodyObject;
  readonly mediaTypes: readonly MediaTypePlan[];
  /** The declared media type that a Content-Type falls under, the most specific first. */
  find(contentType: string): MediaTypePlan | undefined;
}

/** One declared media type, in the direction that it travels. */
export interface MediaTypePlan {
  /** As declared, a range perhaps: `application/json`, `image/*`. */
  readonly mediaType: string;
  readonly direction: Direction;
  readonly object: MediaTypeObject;
  readonly codec: BodyCodec;
  /** Judges the decoded value; where there is no schema everything is valid. */
  readonly validator: Validator;
}

/** One declared response: `200`, `4XX` or `default`. */
export interface ResponsePlan {
  readonly status: string;
  readonly object: ResponseObject;
  readonly headers: readonly ParameterPlan[];
  readonly mediaTypes: readonly MediaTypePlan[];
  /** The declared media type that a Content-Type falls under. */
  find(contentType: string): MediaTypePlan | undefined;
  /** The declared media type for an Accept header: the plan and the concrete type to send; `undefined`: none fits. */
  negotiate(
    accept: string | undefined,
  ): { readonly plan: MediaTypePlan; readonly mediaType: string } | undefined;
}
