import type { ExampleObject } from './api-document.ts';
import { entriesOf, freezeDeep, own, textOf } from './raw.ts';
import { keeping, type Reading } from './reading.ts';
import { descend, type Located, originAt, resolveUri } from './source-file.ts';

/** The examples of a parameter, header or media type by name; a single `example` has the name `''`. */
export function readExamples(reading: Reading, place: Located): ReadonlyMap<string, ExampleObject> {
  const examples = new Map<string, ExampleObject>();
  const single = own(place.value, 'example');
  if (single !== undefined) examples.set('', exampleOf(single, descend(place, 'example')));
  const named = descend(place, 'examples');
  for (const [name] of entriesOf(named.value)) {
    examples.set(name, readExample(reading, descend(named, name)));
  }
  return examples;
}

/** An example that is nothing but a value. */
export function exampleOf(value: unknown, place: Located): ExampleObject {
  return Object.freeze({ hasValue: true, value: freezeDeep(value), origin: originAt(place) });
}

const readExample: (reading: Reading, place: Located) => ExampleObject = keeping((_reading, place) => {
  const raw = place.value;
  // https://spec.openapis.org/oas/v3.2.0.html#example-object
  const key = own(raw, 'dataValue') === undefined ? 'value' : 'dataValue';
  const value = own(raw, key);
  const summary = textOf(own(raw, 'summary'));
  const serializedValue = textOf(own(raw, 'serializedValue'));
  const external = textOf(own(raw, 'externalValue'));
  const externalValue = external === undefined ? undefined : resolveUri(external, place.file.uri);
  return {
    hasValue: value !== undefined,
    origin: originAt(place),
    ...(value === undefined ? {} : { value: freezeDeep(value) }),
    ...(summary === undefined ? {} : { summary }),
    ...(serializedValue === undefined ? {} : { serializedValue }),
    ...(externalValue === undefined ? {} : { externalValue }),
  };
});
