export {
  type AcceptedRange,
  createNegotiator,
  type Negotiated,
  type Negotiator,
  negotiate,
  parseAccept,
  usualType,
} from './accept.ts';
export {
  type Authorization,
  type BasicCredentials,
  parseAuthorization,
  parseBasic,
} from './authorization.ts';
export { isFieldValue, isToken, sendableFieldValue, splitOutsideQuotes, unquote } from './field-text.ts';
export { HeaderList } from './header-list.ts';
export {
  formatMediaType,
  isJson,
  isRange,
  type MediaType,
  matchesEssence,
  matchesMediaType,
  parseMediaType,
  specificity,
} from './media-type.ts';
export { memoizeByText } from './memo.ts';
export {
  type Delivery,
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  noBody,
  type Target,
  type TargetOptions,
} from './message.ts';
export {
  expandPath,
  isPathTemplateFault,
  type PathPart,
  type PathSegment,
  type PathTemplate,
  type PathTemplateFault,
  parsePathTemplate,
} from './path-template.ts';
export { formDecode, percentDecode, percentEncode } from './percent.ts';
export { parsePrefer } from './prefer.ts';
export { jsonResponse, type ProblemFields, problem } from './problem.ts';
export { hasNoBody, matchStatus, parseStatusPattern, reasonOf, type StatusPattern } from './status.ts';
export { parseCookies, parseQuery, type RawPair, splitTarget, type TargetParts } from './target.ts';
export { type Uncoded, undoCoding } from './undo-coding.ts';
export { fromWebResponse, toHttpRequest, toWebResponse } from './web.ts';
