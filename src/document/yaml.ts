import { createRequire } from 'node:module';
import type * as JsYaml from 'js-yaml';
import { depthLimit } from './check-shape.ts';

const load = createRequire(import.meta.url);
let known: { readonly yaml: typeof JsYaml; readonly options: JsYaml.LoadOptions } | undefined;

/** js-yaml, read with the first text that is no JSON. */
function reader(): NonNullable<typeof known> {
  if (known !== undefined) return known;
  const yaml = load('js-yaml') as typeof JsYaml;
  known = { yaml, options: optionsWith(yaml) };
  return known;
}

/** JSON's types plus merge keys: timestamps stay texts, and there are no tags that make anything else. */
function optionsWith({ JSON_SCHEMA, Type }: typeof JsYaml): JsYaml.LoadOptions {
  const merge = new Type('tag:yaml.org,2002:merge', {
    kind: 'scalar',
    resolve: (data: unknown) => data === '<<',
  });
  const limits = { maxDepth: depthLimit, maxTotalMergeKeys: 1_000_000 };
  return { schema: JSON_SCHEMA.extend({ implicit: [merge] }), ...limits };
}

/** Reads a YAML text; `listener` is told where each part begins and ends. Throws a `YAMLException`. */
export function readYaml(text: string, listener?: JsYaml.LoadOptions['listener']): unknown {
  const { yaml, options } = reader();
  return yaml.load(text, listener === undefined ? options : { ...options, listener });
}

/** Tells what js-yaml throws. */
export function isYamlException(error: unknown): error is JsYaml.YAMLException {
  return error instanceof reader().yaml.YAMLException;
}
