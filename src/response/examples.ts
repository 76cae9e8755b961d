import { childOrigin, type Finding } from '../core/index.ts';
import type { ExampleObject } from '../document/index.ts';
import { judgeDecoded, type MediaTypePlan, mediaSchema, type OperationPlan } from '../plan/index.ts';

/** A documented example with its name; a single one has the name `''`. */
export interface FoundExample {
  readonly name: string;
  readonly example: ExampleObject;
}

const usable = new WeakMap<MediaTypePlan, FoundExample | 'none'>();

/** The first documented example that is valid: the media type's own, else the schema's. Judged once and remembered. */
export function firstExample(plan: MediaTypePlan): FoundExample | undefined {
  const known = usable.get(plan);
  if (known !== undefined) return known === 'none' ? undefined : known;
  const found = allExamples(plan).find(({ example }) => isServable(plan, example));
  usable.set(plan, found ?? 'none');
  return found;
}

/** The example that the document names so, valid or not. */
export function namedExample(plan: MediaTypePlan, name: string): ExampleObject | undefined {
  return plan.object.examples.get(name);
}

/** Every example of a media type: its own in document order, then those of its schema. */
export function allExamples(plan: MediaTypePlan): readonly FoundExample[] {
  const own = [...plan.object.examples].map(([name, example]) => ({ name, example }));
  return [...own, ...schemaExamples(plan)];
}

function schemaExamples(plan: MediaTypePlan): FoundExample[] {
  const schema = mediaSchema(plan.object);
  if (typeof schema !== 'object') return [];
  const origin = childOrigin(plan.object.origin, 'schema');
  const values = [...(schema.example === undefined ? [] : [schema.example]), ...(schema.examples ?? [])];
  return values.map((value) => ({ name: '', example: { value, hasValue: true, origin } }));
}

function isServable(plan: MediaTypePlan, example: ExampleObject): boolean {
  if (example.hasValue) return plan.validator.isValid(example.value);
  const bytes = exampleBytes(example);
  if (bytes === undefined) return false;
  const decoded = plan.codec.decode(bytes, plan.mediaType);
  return decoded.faults.length === 0 && judgeDecoded(plan, decoded).every((one) => one.severity !== 'error');
}

const external = new WeakMap<ExampleObject, Uint8Array>();

/** An example that stands in the document as text, or in a file of its own that was read before. */
export function exampleBytes(example: ExampleObject): Uint8Array | undefined {
  return example.serializedValue === undefined ? external.get(example) : Buffer.from(example.serializedValue);
}

/**
 * Reads the operation's examples that stand in files of their own; `undefined` where there is none to read.
 * What cannot be read is a finding, and is not served.
 */
export function loadExternalExamples(
  plan: OperationPlan,
  read: (example: ExampleObject) => Promise<Uint8Array>,
): Promise<readonly Finding[]> | undefined {
  const waiting = plan.responses
    .flatMap((response) => response.mediaTypes)
    .flatMap((media) => [...media.object.examples.values()])
    .filter((example) => example.externalValue !== undefined && !external.has(example));
  return waiting.length === 0 ? undefined : readAll(waiting, read);
}

/**
 * What is wrong with the operation's examples that stand in files of their own: those that cannot be read, and those that
 * break their schema.
 */
export async function lintExternalExamples(
  plan: OperationPlan,
  read: (example: ExampleObject) => Promise<Uint8Array>,
): Promise<readonly Finding[]> {
  const findings = [...((await loadExternalExamples(plan, read)) ?? [])];
  for (const media of plan.responses.flatMap((response) => response.mediaTypes)) {
    for (const [name, example] of media.object.examples) {
      if (!external.has(example) || isServable(media, example)) continue;
      const message = `The example "${name}" at "${example.externalValue ?? ''}" breaks its schema.`;
      findings.push({ ...documentFinding(example), code: 'example.invalid', severity: 'error', message });
    }
  }
  return findings;
}

async function readAll(
  examples: readonly ExampleObject[],
  read: (example: ExampleObject) => Promise<Uint8Array>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const example of examples) {
    try {
      external.set(example, await read(example));
    } catch (fault) {
      findings.push(unreadable(example, fault));
    }
  }
  return findings;
}

function unreadable(example: ExampleObject, fault: unknown): Finding {
  const reason = fault instanceof Error ? fault.message : String(fault);
  const message = `The example at "${example.externalValue ?? ''}" cannot be read: ${reason}`;
  return { ...documentFinding(example), code: 'example.unreadable', severity: 'warning', message };
}

function documentFinding({ origin }: ExampleObject): Pick<Finding, 'side' | 'place' | 'origin'> {
  return { side: 'document', place: { part: 'document' }, origin };
}
