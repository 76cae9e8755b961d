import { type ApiPlan, correctionOf, knownListOf, mediaSchema, successMedia } from '../plan/index.ts';
import { allExamples } from '../response/index.ts';
import { compileSchema } from '../schema/index.ts';
import { type Kind, placeIn, type Thing } from '../state/index.ts';
import { isRecord, memberAt } from '../wire/index.ts';
import type { Settings } from './settings.ts';

/** The things that the document shows as examples of a kind, each once and valid; none where examples are not wanted. */
export function examplesOf(
  kind: Kind,
  plan: ApiPlan,
  { source, ignoreExamples }: Settings,
): readonly Thing[] {
  if (source === 'dynamic' || ignoreExamples) return [];
  const found = new Map<string, Thing>();
  const { list, read, create } = kind.resource.operations;
  for (const operation of [list, read, create]) {
    const media = operation === undefined ? undefined : successMedia(plan.compile(operation));
    if (operation === undefined || media === undefined) continue;
    const shape =
      operation === list
        ? knownListOf(mediaSchema(media.object), [kind.resource.noun], correctionOf(operation).items)
        : undefined;
    const steps = operation === list ? (shape?.items ?? []) : (placeIn(media, kind.resource)?.steps ?? []);
    for (const { example } of allExamples(media)) {
      const shown = memberAt(example.value, steps);
      for (const thing of Array.isArray(shown) ? shown : [shown]) {
        const id = isRecord(thing) ? thing[kind.idProperty ?? ''] : undefined;
        const isKnown = id === undefined || found.has(String(id));
        if (!isKnown && isRecord(thing) && compileSchema(kind.schema).isValid(thing))
          found.set(String(id), thing);
      }
    }
  }
  return [...found.values()];
}
