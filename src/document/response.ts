import type { LinkObject, RequestBodyObject, ResponseObject } from './api-document.ts';
import { readContent, readHeaders } from './media-type.ts';
import { entriesOf, freezeDeep, own, textOf } from './raw.ts';
import { keeping, type Reading, resolve } from './reading.ts';
import { isFault } from './references.ts';
import { descend, type Located, originAt, withValue } from './source-file.ts';

/** https://spec.openapis.org/oas/v3.2.0.html#request-body-object */
export const readRequestBody: (reading: Reading, place: Located) => RequestBodyObject = keeping(
  (reading, place) => {
    const description = textOf(own(place.value, 'description'));
    return {
      required: own(place.value, 'required') === true,
      content: readContent(reading, descend(place, 'content')),
      origin: originAt(place),
      ...(description === undefined ? {} : { description }),
    };
  },
);

/** https://spec.openapis.org/oas/v3.2.0.html#response-object */
export const readResponse: (reading: Reading, place: Located) => ResponseObject = keeping(
  (reading, place) => ({
    description: textOf(own(place.value, 'description')) ?? '',
    headers: readHeaders(reading, descend(place, 'headers')),
    content: readContent(reading, descend(place, 'content')),
    links: readLinks(reading, descend(place, 'links')),
    origin: originAt(place),
  }),
);

function readLinks(reading: Reading, place: Located): ReadonlyMap<string, LinkObject> {
  const links = new Map<string, LinkObject>();
  for (const [name] of entriesOf(place.value)) {
    links.set(name, readLink(reading, resolve(reading, descend(place, name))));
  }
  return links;
}

/** https://spec.openapis.org/oas/v3.2.0.html#link-object */
function readLink(reading: Reading, place: Located): LinkObject {
  const operation = operationOf(reading, place);
  const requestBody = own(place.value, 'requestBody');
  return Object.freeze({
    parameters: new Map(entriesOf(own(place.value, 'parameters'))),
    origin: originAt(place),
    ...(operation === undefined ? {} : { operation }),
    ...(requestBody === undefined ? {} : { requestBody: freezeDeep(requestBody) }),
  });
}

function operationOf(reading: Reading, place: Located): string | undefined {
  const id = textOf(own(place.value, 'operationId'));
  if (id !== undefined) return reading.operationKey({ id });
  const reference = textOf(own(place.value, 'operationRef'));
  if (reference === undefined) return undefined;
  const end = reading.references.final(withValue(place, { $ref: reference }));
  return isFault(end) ? undefined : reading.operationKey({ place: end });
}
