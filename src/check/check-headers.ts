import { childOrigin, type Finding } from '../core/index.ts';
import { type ParameterPlan, violationFinding } from '../plan/index.ts';
import type { RawParameters } from '../wire/index.ts';
import type { ResponseView } from './response-view.ts';

/** Every declared header is there when it is required, can be read, and satisfies its schema. */
export function checkHeaders({ documented, response }: ResponseView): Finding[] {
  if (documented === undefined || documented.headers.length === 0) return [];
  const raw: RawParameters = {
    path: {},
    query: '',
    cookie: '',
    header: (name) => response.headers.get(name),
  };
  return documented.headers.flatMap((header) => checkHeader(header, raw));
}

function checkHeader({ parameter, codec, validator }: ParameterPlan, raw: RawParameters): Finding[] {
  const base = { severity: 'error', side: 'response', origin: parameter.origin } as const;
  const place = { part: 'header', name: parameter.name } as const;
  const decoded = codec.decode(raw);
  if (!decoded.present) {
    if (!parameter.required) return [];
    const message = `The header "${parameter.name}" is required but the response has none.`;
    const origin = childOrigin(parameter.origin, 'required');
    return [
      {
        ...base,
        code: 'response.header-missing',
        message,
        place,
        origin,
        expected: 'a value',
        seen: 'nothing',
      },
    ];
  }
  if (decoded.faults.length > 0) {
    return decoded.faults.map((fault) => ({
      ...base,
      code: fault.code,
      message: `The header "${parameter.name}" of the response ${fault.message}.`,
      place,
    }));
  }
  return validator
    .validate(decoded.value)
    .map((violation) =>
      violationFinding(violation, { side: 'response', part: 'header', name: parameter.name }),
    );
}
