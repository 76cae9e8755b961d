import type { HttpResponse } from '../http/index.ts';
import { correctionOf, type OperationPlan, type PageWindow, pagingOf } from '../plan/index.ts';
import { pageUrl } from '../response/index.ts';

const totals: ReadonlySet<string> = new Set(['x-total-count', 'x-total', 'total-count', 'x-total-results']);

/**
 * What headers say of a page, where the document declares them: `Link` with its neighbours, and how many things there are.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8288
 */
export function pageHeaders(
  plan: OperationPlan,
  page: PageWindow,
  { response, url }: { readonly response: HttpResponse; readonly url: string },
): [string, string][] {
  const headers: [string, string][] = [];
  const paging = pagingOf(plan.operation.parameters, correctionOf(plan.operation).paging);
  for (const [name] of response.headers) {
    if (totals.has(name.toLowerCase())) headers.push([name, String(page.total)]);
  }
  if (paging === undefined || !response.headers.has('link')) return headers;
  const last = Math.max(0, page.pages - 1);
  const to = (index: number, relation: string): string =>
    `<${pageUrl({ paging, url }, index, page.size)}>; rel="${relation}"`;
  const links = [
    ...(page.pageIndex < last ? [to(page.pageIndex + 1, 'next'), to(last, 'last')] : []),
    ...(page.offset > 0 ? [to(0, 'first'), to(page.pageIndex - 1, 'prev')] : []),
  ];
  const header = plan
    .responseFor(response.status)
    ?.headers.find(({ parameter }) => parameter.name.toLowerCase() === 'link');
  // Some documents know of the next page alone.
  const texts = [links.join(', '), links[0] ?? '', to(0, 'first')].filter((text) => text !== '');
  const text = texts.find((one) => header === undefined || header.validator.isValid(one));
  headers.push(['Link', links.length === 0 && header?.parameter.required !== true ? '' : (text ?? '')]);
  return headers;
}
