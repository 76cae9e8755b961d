import { ApidoubleError } from '../core/index.ts';
import type {
  ApiDocument,
  ApiOperation,
  MediaTypeObject,
  ParameterObject,
  RequestBodyObject,
  ResponseObject,
} from '../document/index.ts';
import { createNegotiator } from '../http/index.ts';
import { compileSchema, type Direction } from '../schema/index.ts';
import { createBodyCodec, createParameterCodec, isBinarySchema } from '../wire/index.ts';
import { findMediaType } from './find-media-type.ts';
import { compileMediaValidator, mediaSchema } from './media-validator.ts';
import type {
  ApiPlan,
  BodyPlan,
  MediaTypePlan,
  OperationPlan,
  ParameterPlan,
  RequiredScheme,
  ResponsePlan,
} from './operation-plan.ts';

/** Makes the plan of a document. Nothing is compiled yet: each operation is on its first use. */
export function compilePlan(document: ApiDocument): ApiPlan {
  const names = new Map<string, ApiOperation>();
  for (const operation of document.operations) {
    names.set(operation.key, operation);
    if (operation.operationId !== undefined && !names.has(operation.operationId)) {
      names.set(operation.operationId, operation);
    }
  }
  const compiled = new Map<ApiOperation, OperationPlan>();
  return {
    document,
    operations: document.operations,
    find: (name) => names.get(name),
    compile(operation) {
      const known = compiled.get(operation);
      if (known !== undefined) return known;
      const plan = compileOperation(document, operation);
      compiled.set(operation, plan);
      return plan;
    },
  };
}

function compileOperation(document: ApiDocument, operation: ApiOperation): OperationPlan {
  if (operation.disabledBy !== undefined) {
    throw new ApidoubleError('ERR_OPERATION_DISABLED', operation.disabledBy.message);
  }
  const responses: ResponsePlan[] = [];
  for (const [status, response] of operation.responses) responses.push(compileResponse(status, response));
  const byStatus = new Map(responses.map((response) => [response.status, response]));
  return {
    key: operation.key,
    operation,
    parameters: compileParameters(operation.parameters),
    body: operation.requestBody === undefined ? undefined : compileBody(operation.requestBody),
    responses,
    responseFor: (status) =>
      byStatus.get(String(status)) ??
      byStatus.get(`${Math.floor(status / 100)}XX`) ??
      byStatus.get('default'),
    security: requiredSchemes(document, operation),
  };
}

function compileParameters(parameters: readonly ParameterObject[]): ParameterPlan[] {
  const queryNames = parameters.filter((one) => one.in === 'query').map((one) => one.name);
  return parameters.map((parameter) =>
    compileParameter(
      parameter,
      'request',
      queryNames.filter((name) => name !== parameter.name),
    ),
  );
}

function compileParameter(
  parameter: ParameterObject,
  direction: Direction,
  otherNames: readonly string[] = [],
): ParameterPlan {
  return {
    parameter,
    codec: createParameterCodec(parameter, { otherNames }),
    validator: compileSchema(parameter.content?.schema ?? parameter.schema, { direction }),
  };
}

function compileBody(object: RequestBodyObject): BodyPlan {
  const mediaTypes = compileContent(object.content, 'request');
  return { object, mediaTypes, find: (contentType) => findMediaType(mediaTypes, contentType) };
}

function compileContent(
  content: ReadonlyMap<string, MediaTypeObject>,
  direction: Direction,
): MediaTypePlan[] {
  return [...content.values()].map((object) => ({
    mediaType: object.mediaType,
    direction,
    object,
    codec: createBodyCodec(object, { direction }),
    validator: compileMediaValidator(object, direction),
  }));
}

function compileResponse(status: string, object: ResponseObject): ResponsePlan {
  const mediaTypes = compileContent(object.content, 'response');
  const byName = new Map(mediaTypes.map((plan) => [plan.mediaType, plan]));
  const negotiator = createNegotiator(mediaTypes.map((plan) => plan.mediaType));
  return {
    status,
    object,
    headers: [...object.headers.values()].map((header) => compileParameter(header, 'response')),
    mediaTypes,
    find: (contentType) => findMediaType(mediaTypes, contentType),
    negotiate(accept) {
      const choice = negotiator(accept);
      const plan = choice === undefined ? undefined : byName.get(choice.offered);
      if (choice === undefined || plan === undefined) return undefined;
      return { plan, mediaType: isBytesUnasked(plan, accept) ? bytesType : choice.mediaType };
    },
  };
}

const bytesType = 'application/octet-stream';

/** Bytes under a range are no JSON, which is what a range stands for where nobody asks for anything else. */
function isBytesUnasked({ mediaType, object }: MediaTypePlan, accept = ''): boolean {
  if (mediaType !== '*/*' && mediaType !== 'application/*') return false;
  return (
    /^(?:\s*(?:application\/)?\*(?:\/\*)?\s*(?:;.*)?)?$/.test(accept) && isBinarySchema(mediaSchema(object))
  );
}

function requiredSchemes(document: ApiDocument, operation: ApiOperation): RequiredScheme[][] {
  const alternatives: RequiredScheme[][] = [];
  for (const requirement of operation.security) {
    const combination: RequiredScheme[] = [];
    for (const [name, scopes] of requirement) {
      const scheme = document.securitySchemes.get(name);
      if (scheme !== undefined) combination.push({ scheme, scopes });
    }
    alternatives.push(combination);
  }
  return alternatives;
}
