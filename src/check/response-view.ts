import type { HttpResponse } from '../http/index.ts';
import type { MediaTypePlan, OperationPlan, ResponsePlan } from '../plan/index.ts';

/** A response seen through the document: what it was matched with, so that no check looks it up again. */
export interface ResponseView {
  readonly plan: OperationPlan;
  readonly method: string;
  readonly response: HttpResponse;
  /** The documented response for the status. */
  readonly documented: ResponsePlan | undefined;
  readonly contentType: string | undefined;
  /** The documented media type that the Content-Type falls under. */
  readonly media: MediaTypePlan | undefined;
  /** Whether a body may stand here at all. */
  readonly bodyAllowed: boolean;
}

/** Matches a response with what the document says of its status and media type. */
export function viewResponse(plan: OperationPlan, method: string, response: HttpResponse): ResponseView {
  const documented = plan.responseFor(response.status);
  const contentType = response.headers.get('content-type');
  return {
    plan,
    method,
    response,
    documented,
    contentType,
    media: contentType === undefined ? undefined : documented?.find(contentType),
    bodyAllowed:
      method !== 'HEAD' && response.status >= 200 && response.status !== 204 && response.status !== 304,
  };
}
