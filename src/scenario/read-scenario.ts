import { ApidoubleError, isApidoubleError } from '../core/index.ts';
import { readData } from '../document/index.ts';
import { compileSchema, type Schema } from '../schema/index.ts';
import type { FaultDefinition, ScenarioDefinition } from './definition.ts';
import { faultSchema, wholeScenarioSchema } from './scenario-schema.ts';
import { type ScenarioSource, Spot } from './source.ts';
import type { NamedScenario } from './stage.ts';

/** Reads a scenario of a file's text. Throws `ERR_SCENARIO` with file, line and column for what is wrong with it. */
export function readScenario(
  text: string,
  name: { readonly uri: string; readonly file: string },
): NamedScenario {
  const data = parse(text, name);
  const source: ScenarioSource = { label: name.file, locate: data.locate };
  const definition = checkScenario(data.root, source);
  return { name: definition.name ?? baseName(name.file), definition, source };
}

function parse(
  text: string,
  name: { readonly uri: string; readonly file: string },
): ReturnType<typeof readData> {
  try {
    return readData(text, name);
  } catch (fault) {
    if (!isApidoubleError(fault)) throw fault;
    const { location } = fault;
    throw new ApidoubleError('ERR_SCENARIO', fault.message.replace('read document', 'read scenario'), {
      cause: fault,
      ...(location === undefined ? {} : { location }),
    });
  }
}

function baseName(file: string): string {
  return (file.split(/[\\/]/).at(-1) ?? file).replace(/\.(?:ya?ml|json)$/i, '');
}

/** Checks that a value is a scenario by its schema. Throws `ERR_SCENARIO` that names the first place where it is not. */
export function checkScenario(value: unknown, source: ScenarioSource): ScenarioDefinition {
  checkBySchema(value, wholeScenarioSchema as Schema, new Spot(source));
  return value as ScenarioDefinition;
}

/** Reads what `--fault` is given: the words of a fault in a scenario file, braces around them or not. Throws `ERR_SCENARIO`. */
export function readFault(text: string, label: string): FaultDefinition {
  const trimmed = text.trim();
  const whole = trimmed.startsWith('{') ? trimmed : `{${trimmed}}`;
  const data = parse(whole, { uri: 'option:', file: label });
  checkBySchema(data.root, faultSchema as Schema, new Spot({ label: `${label} ${text}` }));
  return data.root as FaultDefinition;
}

function checkBySchema(value: unknown, schema: Schema, spot: Spot): void {
  const violations = compileSchema(schema)
    .validate(value)
    .filter(({ severity }) => severity === 'error');
  // A word that is not known tells more than one that is missing: it is often the same, misspelt.
  const first = violations.find(({ keyword }) => keyword === 'additionalProperties') ?? violations[0];
  if (first === undefined) return;
  const pointer = first.pointer === '' ? [] : first.pointer.slice(1).split('/');
  const keys = pointer.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const more = violations.length === 1 ? '' : ` (and ${violations.length - 1} more)`;
  throw spot.down(...keys).fault(`${first.message}${more}`, 'See "Scenarios" in the manual');
}
