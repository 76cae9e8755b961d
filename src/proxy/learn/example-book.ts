import { cut, pointerKeys } from '../../core/index.ts';
import type { ApiDocument, MediaTypeObject } from '../../document/index.ts';
import type { HttpRequest } from '../../http/index.ts';

/** An answer that was seen, as a named example at a place of the document. */
export interface LearnedExample {
  /** A JSONPath to the media type object. */
  readonly target: string;
  readonly name: string;
  readonly summary: string;
  readonly value: unknown;
  /** The document has an unnamed example at this place. */
  readonly isBesideUnnamed: boolean;
}

/** Where answers are collected as examples. */
export interface ExampleBook {
  add(media: MediaTypeObject, seen: SeenAnswer): void;
  examples(): readonly LearnedExample[];
}

interface SeenAnswer {
  readonly request: HttpRequest;
  readonly status: number;
  readonly value: unknown;
}

/** Different examples that one place gets. */
const mostAtOnePlace = 3;

/** An example is there to be read: a longer one is none. */
const longest = 64 * 1024;

/** Collects different answers for each media type that stands in the document's own file. */
export function createExampleBook(document: ApiDocument): ExampleBook {
  const places = new Map<string, Map<string, LearnedExample>>();
  return {
    add(media, { request, value }) {
      const target = targetOf(media, document);
      const text = JSON.stringify(value);
      if (target === undefined || text.length > longest) return;
      const known = places.get(target) ?? new Map<string, LearnedExample>();
      places.set(target, known);
      if (known.has(text) || known.size >= mostAtOnePlace) return;
      const summary = cut(`${request.method} ${request.target}`, 120);
      known.set(text, {
        target,
        name: `recorded-${known.size + 1}`,
        summary,
        value,
        isBesideUnnamed: media.examples.has(''),
      });
    },
    examples: () => [...places.values()].flatMap((known) => [...known.values()]),
  };
}

/** Overlays change the document's own file, and Swagger 2.0 has its examples elsewhere. */
function targetOf({ origin }: MediaTypeObject, { uri }: ApiDocument): string | undefined {
  if (origin.uri !== uri || !origin.pointer.includes('/content/')) return undefined;
  return `$${pointerKeys(origin.pointer)
    .map((key) => `['${key.replaceAll(/[\\']/g, '\\$&')}']`)
    .join('')}`;
}

/**
 * The examples as an OpenAPI Overlay. Beside named examples there may be no unnamed one, so that goes.
 *
 * @see https://spec.openapis.org/overlay/v1.0.0.html
 */
export function overlayOf(examples: readonly LearnedExample[], title: string): object {
  const targets = new Map<string, LearnedExample[]>();
  for (const example of examples)
    targets.set(example.target, [...(targets.get(example.target) ?? []), example]);
  const actions = [...targets].flatMap(([target, list]) => [
    ...(list.some(({ isBesideUnnamed }) => isBesideUnnamed)
      ? [{ target: `${target}['example']`, remove: true }]
      : []),
    {
      target,
      update: {
        examples: Object.fromEntries(list.map(({ name, summary, value }) => [name, { summary, value }])),
      },
    },
  ]);
  return { overlay: '1.0.0', info: { title, version: '1' }, actions };
}
