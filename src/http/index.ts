export { createNegotiator } from './accept.ts';
export { parseAuthorization, parseBasic } from './authorization.ts';
export { isToken, sendableFieldValue } from './field-text.ts';
export { HeaderList } from './header-list.ts';
export { isJson, isRange, matchesMediaType, parseMediaType } from './media-type.ts';
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
export { expandPath, isPathTemplateFault, type PathSegment, parsePathTemplate } from './path-template.ts';
export { formDecode, percentDecode, percentEncode } from './percent.ts';
export { parsePrefer } from './prefer.ts';
export { jsonResponse, problem } from './problem.ts';
export { hasNoBody, matchStatus, parseStatusPattern, reasonOf } from './status.ts';
export { parseCookies, parseQuery, splitTarget } from './target.ts';
export { undoCoding } from './undo-coding.ts';
export { fromWebResponse, toHttpRequest, toWebResponse } from './web.ts';
