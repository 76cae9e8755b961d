import { childOrigin, type Finding } from '../core/index.ts';
import type { ResponseView } from './response-view.ts';

/** The status is one that the document lists: exactly, by its range, or by `default`. */
export function checkStatus({ plan, response, documented }: ResponseView): Finding[] {
  if (documented !== undefined) return [];
  const listed = plan.responses.map((one) => one.status).join(', ') || 'none';
  return [
    {
      code: 'response.undocumented-status',
      severity: response.status >= 400 && response.status < 500 ? 'warning' : 'error',
      message: `The status ${response.status} is not one that the document lists for ${plan.key}.`,
      side: 'response',
      place: { part: 'status' },
      origin: childOrigin(plan.operation.origin, 'responses'),
      expected: listed,
      seen: String(response.status),
    },
  ];
}
