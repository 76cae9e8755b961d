import { WireFailure } from '../client/index.ts';
import { HeaderList, type HttpResponse } from '../http/index.ts';
import type { PassingExchange } from './passing-exchange.ts';
import type { ProxyHouse } from './proxy-house.ts';
import { noAnswer } from './refusals.ts';

/** An answer in the upstream's place, and what there is to say of it. */
export interface InsteadAnswer {
  readonly response: HttpResponse;
  readonly reason: string;
}

/** What the fallback answers; that there is no answer where there is none, or where the request is too long to be kept for it. */
export async function fallbackAnswer(
  { fallback, upstream }: ProxyHouse,
  exchange: PassingExchange,
  { why, peer }: { readonly why: string; readonly peer: string | undefined },
): Promise<InsteadAnswer> {
  const { sent } = exchange;
  for await (const _piece of sent.rest()) if (sent.kept.isOver) break;
  if (fallback === undefined || sent.kept.isOver)
    return { response: noAnswer(upstream.text, new WireFailure('broken', why)), reason: why };
  const response = await fallback(exchange.request(), { peer });
  const reason = `answered in place of the upstream: ${why}`.replace(/[^\x20-\x7e]/g, '?');
  const headers = HeaderList.from([...response.headers, ['apidouble-reason', reason]]);
  return { response: { ...response, headers }, reason };
}
