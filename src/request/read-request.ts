import { BareRecord, type Finding } from '../core/index.ts';
import type { HttpRequest } from '../http/index.ts';
import {
  type BodyPlan,
  judgeDecoded,
  type OperationPlan,
  type ParameterPlan,
  violationFinding,
} from '../plan/index.ts';
import type { SchemaViolation } from '../schema/index.ts';
import type { RawParameters } from '../wire/index.ts';
import { bodyFinding, parameterFinding, parameterViolation } from './request-findings.ts';
import type { BodyReading, ParameterValues, RequestReading } from './request-reading.ts';

type Mutable = { -readonly [In in keyof ParameterValues]: Record<string, unknown> };

/** Decodes a request by its operation's plan and judges every part of it at once. It never throws on what was sent. */
export function readRequest(plan: OperationPlan, request: HttpRequest, raw: RawParameters): RequestReading {
  const findings: Finding[] = [];
  const values = readParameters(plan.parameters, raw, findings);
  const body = plan.body === undefined ? noBodyReading : readBody(plan.body, request, findings);
  return { values, body, findings };
}

const noBodyReading: BodyReading = { present: false, value: undefined };

function readParameters(
  parameters: readonly ParameterPlan[],
  raw: RawParameters,
  findings: Finding[],
): ParameterValues {
  const values: Mutable = {
    path: new BareRecord(),
    query: new BareRecord(),
    header: new BareRecord(),
    cookie: new BareRecord(),
  };
  for (const plan of parameters) {
    const { parameter } = plan;
    const decoded = plan.codec.decode(raw);
    for (const fault of decoded.faults) findings.push(parameterFinding(parameter, fault));
    if (!decoded.present) {
      if (parameter.required) findings.push(missingParameter(plan));
      continue;
    }
    values[parameter.in === 'querystring' ? 'query' : parameter.in][parameter.name] = decoded.value;
    if (decoded.faults.length > 0 || decoded.empty === true) continue;
    for (const violation of plan.validator.validate(decoded.value)) {
      findings.push(parameterViolation(parameter, violation));
    }
  }
  return values;
}

function missingParameter({ parameter }: ParameterPlan): Finding {
  return parameterFinding(parameter, {
    code: 'parameter.missing',
    message: 'is required but was not sent',
    expected: 'a value',
    seen: 'nothing',
  });
}

function readBody(plan: BodyPlan, request: HttpRequest, findings: Finding[]): BodyReading {
  const contentType = request.headers.get('content-type');
  if (request.body.length === 0 && !mayBeEmpty(contentType)) {
    if (plan.object.required)
      findings.push(bodyFinding(plan, { code: 'body.missing', message: 'is required but was not sent' }));
    return noBodyReading;
  }
  const media = contentType === undefined ? plan.mediaTypes[0] : plan.find(contentType);
  if (media === undefined) {
    findings.push(wrongMediaType(plan, contentType));
    return { present: true, value: undefined };
  }
  const decoded = media.codec.decode(request.body, contentType ?? media.mediaType);
  for (const fault of decoded.faults) findings.push(bodyFinding(media, fault));
  if (!decoded.present) return { present: false, plan: media, value: undefined };
  pushViolations(judgeDecoded(media, decoded), findings);
  return { present: true, plan: media, value: decoded.value };
}

function pushViolations(violations: readonly SchemaViolation[], findings: Finding[]): void {
  for (const violation of violations)
    findings.push(violationFinding(violation, { side: 'request', part: 'body' }));
}

/** An empty text, form or file is a value; an empty JSON or XML document is none. */
function mayBeEmpty(contentType: string | undefined): boolean {
  return contentType !== undefined && !/json|xml|multipart/i.test(contentType);
}

function wrongMediaType(plan: BodyPlan, contentType: string | undefined): Finding {
  return bodyFinding(plan, {
    code: 'body.media-type',
    message: `has the media type "${contentType ?? ''}", which the document does not list`,
    expected: plan.mediaTypes.map((media) => media.mediaType).join(', '),
    seen: contentType ?? 'none',
  });
}
