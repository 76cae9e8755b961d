import {
  childOrigin,
  type Finding,
  isApidoubleError,
  type Origin,
  originOf,
  type Severity,
} from '../../core/index.ts';
import type { ApiDocument, ApiOperation, ExampleObject } from '../../document/index.ts';
import { provenUnsatisfiable } from '../../generate/index.ts';
import {
  compileSchema,
  type Direction,
  isDangerousPattern,
  type Schema,
  type SchemaObject,
  schemaFaults,
  type Validator,
  walkSchemas,
} from '../../schema/index.ts';
import { compilePlan } from '../compile-plan.ts';
import { mediaSchema } from '../media-validator.ts';
import type { ApiPlan, MediaTypePlan, OperationPlan, ParameterPlan } from '../operation-plan.ts';
import { lintCorrection } from './lint-correction.ts';

/** The codes of findings that need schemas compiled, and what each means. Structural ones are the document room's. */
export const lintCodes = {
  'document.operation-broken': 'A fault below the operation makes it unusable.',
  'schema.pattern': 'A pattern cannot be compiled, or cannot be run safely.',
  'schema.pattern-exponential': 'A pattern can take exponential time; it is run by a linear-time engine.',
  'schema.unsatisfiable': 'No value can satisfy the schema.',
  'example.invalid': 'An example breaks its schema; it is not served unless it is asked for by name.',
  'default.invalid': 'A default breaks its schema.',
  'document.x-apidouble': 'An x-apidouble breaks its schema, or names what there is not.',
} as const;

/** What was looked at already: many operations share their schemas. */
interface Seen {
  readonly schemas: Set<SchemaObject>;
  readonly faults: Set<SchemaObject>;
}

/** Everything that is wrong with a document: structural faults, then what only compiled schemas show. */
export function lintDocument(document: ApiDocument): Finding[] {
  const plan = compilePlan(document);
  const findings = [...document.faults];
  const seen: Seen = { schemas: new Set(), faults: new Set() };
  for (const operation of [...document.operations, ...document.webhooks]) {
    if (operation.disabledBy !== undefined) continue;
    findings.push(...lintCorrection(operation), ...lintOperation(plan, operation, seen));
  }
  return withoutRepeats(findings);
}

function lintOperation(plan: ApiPlan, operation: ApiOperation, seen: Seen): Finding[] {
  try {
    return lintPlan(plan.compile(operation), seen);
  } catch (fault) {
    if (!isApidoubleError(fault)) throw fault;
    return [
      lintFinding('document.operation-broken', operation.origin, {
        severity: 'error',
        message: fault.message,
      }),
    ];
  }
}

function lintPlan(plan: OperationPlan, seen: Seen): Finding[] {
  const headers = plan.responses.flatMap((response) => response.headers);
  const media = [
    ...(plan.body?.mediaTypes ?? []),
    ...plan.responses.flatMap((response) => response.mediaTypes),
  ];
  return [
    ...plan.parameters.flatMap((parameter) => lintParameter(parameter, 'request', seen)),
    ...headers.flatMap((header) => lintParameter(header, 'response', seen)),
    ...media.flatMap((one) => lintMediaType(one, seen)),
  ];
}

function lintParameter({ parameter, validator }: ParameterPlan, direction: Direction, seen: Seen): Finding[] {
  return [
    ...lintSchema(
      parameter.content?.schema ?? parameter.schema,
      { direction, origin: parameter.origin },
      seen,
    ),
    ...lintExamples(parameter.examples, validator),
  ];
}

function lintMediaType(plan: MediaTypePlan, seen: Seen): Finding[] {
  const schema = mediaSchema(plan.object);
  return [
    ...(schema === undefined
      ? []
      : lintSchema(schema, { direction: plan.direction, origin: plan.object.origin }, seen)),
    ...lintExamples(plan.object.examples, plan.validator),
  ];
}

function lintExamples(examples: ReadonlyMap<string, ExampleObject>, validator: Validator): Finding[] {
  const findings: Finding[] = [];
  for (const [name, example] of examples) {
    if (!example.hasValue) {
      findings.push(...lintEmpty(name, example));
      continue;
    }
    const [first] = validator.validate(example.value).filter((violation) => violation.severity === 'error');
    if (first === undefined) continue;
    const title = name === '' ? 'The example' : `The example "${name}"`;
    const message = `${title} breaks its schema: ${first.message}.`;
    findings.push(lintFinding('example.invalid', example.origin, { severity: 'error', message }));
  }
  return findings;
}

/** What stands elsewhere is looked at where it is read. */
function lintEmpty(name: string, { origin, externalValue, serializedValue }: ExampleObject): Finding[] {
  if (externalValue !== undefined || serializedValue !== undefined) return [];
  const message = `The example "${name}" has no value; it cannot be served.`;
  return [lintFinding('example.invalid', origin, { severity: 'warning', message })];
}

/** Keywords of a wrong shape were told and taken out when the document was read; patterns are what is left to be told. */
function lintSchema(
  root: Schema,
  { direction, origin }: { readonly direction: Direction; readonly origin: Origin },
  seen: Seen,
): Finding[] {
  const findings: Finding[] = [];
  const unsatisfiable = provenUnsatisfiable(root, direction);
  if (unsatisfiable !== undefined) {
    findings.push(
      lintFinding('schema.unsatisfiable', originOf(root) ?? origin, {
        severity: 'error',
        message: `No value can satisfy the schema: ${unsatisfiable}.`,
      }),
    );
  }
  for (const { message, origin } of schemaFaults(root, seen.faults)) {
    findings.push(lintFinding('schema.pattern', origin, { severity: 'error', message: `${message}.` }));
  }
  walkSchemas(root, seen.schemas, (schema) => findings.push(...lintNode(schema, direction)));
  return findings;
}

function lintNode(schema: SchemaObject, direction: Direction): Finding[] {
  const findings: Finding[] = [];
  const origin = originOf(schema);
  for (const pattern of patternsOf(schema))
    findings.push(...lintPattern(pattern.text, origin && childOrigin(origin, ...pattern.keys)));
  return [...findings, ...lintValues(schema, direction)];
}

function patternsOf(schema: SchemaObject): { text: string; keys: string[] }[] {
  const own = typeof schema.pattern === 'string' ? [{ text: schema.pattern, keys: ['pattern'] }] : [];
  const named = Object.keys(schema.patternProperties ?? {}).map((text) => ({
    text,
    keys: ['patternProperties', text],
  }));
  return [...own, ...named];
}

function lintPattern(text: string, origin: Origin | undefined): Finding[] {
  if (!isDangerousPattern(text)) return [];
  const message = `The pattern "${text}" can take exponential time; it is run by a linear-time engine.`;
  return [lintFinding('schema.pattern-exponential', origin, { severity: 'warning', message })];
}

/** The values that a schema itself shows: default, example, examples. */
function lintValues(schema: SchemaObject, direction: Direction): Finding[] {
  const values: { value: unknown; keys: (string | number)[]; code: 'example.invalid' | 'default.invalid' }[] =
    [];
  if (schema.default !== undefined)
    values.push({ value: schema.default, keys: ['default'], code: 'default.invalid' });
  if (schema.example !== undefined)
    values.push({ value: schema.example, keys: ['example'], code: 'example.invalid' });
  if (Array.isArray(schema.examples)) {
    values.push(
      ...schema.examples.map((value, index) => ({
        value,
        keys: ['examples', index],
        code: 'example.invalid' as const,
      })),
    );
  }
  if (values.length === 0) return [];
  const origin = originOf(schema);
  const validator = compileSchema(schema, { direction });
  return values.flatMap(({ value, keys, code }) => {
    const [first] = validator.validate(value).filter((violation) => violation.severity === 'error');
    if (first === undefined) return [];
    const message = `The ${String(keys[0])} breaks its own schema: ${first.message}.`;
    const severity = code === 'example.invalid' ? 'error' : 'warning';
    return [lintFinding(code, origin && childOrigin(origin, ...keys), { severity, message })];
  });
}

function lintFinding(
  code: keyof typeof lintCodes,
  origin: Origin | undefined,
  { severity, message }: { readonly severity: Severity; readonly message: string },
): Finding {
  return {
    code,
    severity,
    message,
    side: 'document',
    place: { part: 'document' },
    ...(origin === undefined ? {} : { origin }),
  };
}

function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const unique = new Map<string, Finding>();
  for (const finding of findings) {
    unique.set(
      `${finding.code} ${finding.origin?.uri ?? ''} ${finding.origin?.pointer ?? ''} ${finding.message}`,
      finding,
    );
  }
  return [...unique.values()];
}
