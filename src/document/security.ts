import type { Finding } from '../core/index.ts';
import type { SecurityRequirement, SecurityScheme } from './api-document.ts';
import { fault } from './fault-codes.ts';
import { entriesOf, isObject, listOf, own, textOf, textsOf } from './raw.ts';
import { isFault, type References } from './references.ts';
import { descend, type Located, originAt } from './source-file.ts';

/** The document's security schemes by name; broken ones are left out and told. */
export function readSecuritySchemes(
  root: Located,
  references: References,
  faults: Finding[],
): ReadonlyMap<string, SecurityScheme> {
  const schemes = new Map<string, SecurityScheme>();
  const swagger = root.file.dialect === '2.0';
  const place = swagger
    ? descend(root, 'securityDefinitions')
    : descend(root, 'components', 'securitySchemes');
  for (const [name] of entriesOf(place.value)) {
    const end = references.final(descend(place, name));
    if (isFault(end)) continue;
    const scheme = schemeOf(name, end.value);
    if (scheme !== undefined) schemes.set(name, scheme);
    else faults.push(unknownKind(end, name));
  }
  return schemes;
}

/** https://spec.openapis.org/oas/v3.2.0.html#security-scheme-object; `basic` is Swagger 2.0's. */
function schemeOf(name: string, raw: unknown): SecurityScheme | undefined {
  const type = own(raw, 'type');
  switch (type) {
    case 'basic':
      return Object.freeze({ type: 'http', name, scheme: 'basic' });
    case 'http':
      return httpScheme(name, raw);
    case 'apiKey':
      return apiKeyScheme(name, raw);
    case 'oauth2':
    case 'openIdConnect':
    case 'mutualTLS':
      return Object.freeze({ type, name });
    default:
      return undefined;
  }
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-11.1: scheme names have no case. */
function httpScheme(name: string, raw: unknown): SecurityScheme | undefined {
  const scheme = textOf(own(raw, 'scheme'))?.toLowerCase();
  if (scheme === undefined) return undefined;
  const bearerFormat = textOf(own(raw, 'bearerFormat'));
  return Object.freeze({
    type: 'http',
    name,
    scheme,
    ...(bearerFormat === undefined ? {} : { bearerFormat }),
  });
}

function apiKeyScheme(name: string, raw: unknown): SecurityScheme | undefined {
  const where = own(raw, 'in');
  const parameterName = textOf(own(raw, 'name'));
  if (where !== 'query' && where !== 'header' && where !== 'cookie') return undefined;
  if (parameterName === undefined) return undefined;
  return Object.freeze({ type: 'apiKey', name, in: where, parameterName });
}

function unknownKind(place: Located, name: string): Finding {
  return fault('document.wrong-type', originAt(place), {
    message: `The security scheme "${name}" has a type that is not known, or lacks what its type needs; it is ignored.`,
    seen: String(own(place.value, 'type')),
  });
}

/** The alternatives of a `security` list; `undefined` where there is no list. */
export function readSecurity(place: Located): readonly SecurityRequirement[] | undefined {
  if (!Array.isArray(place.value)) return undefined;
  const requirements = listOf(place.value).filter(isObject);
  return requirements.map(
    (requirement) => new Map(entriesOf(requirement).map(([name, scopes]) => [name, textsOf(scopes)])),
  );
}

/** Tells the schemes that a `security` list names and nobody declares. */
export function checkSecurity(
  place: Located,
  schemes: ReadonlyMap<string, SecurityScheme>,
  faults: Finding[],
): void {
  listOf(place.value).forEach((requirement, index) => {
    for (const [name] of entriesOf(requirement)) {
      if (schemes.has(name)) continue;
      const origin = originAt(descend(place, index, name));
      const message = `The security scheme "${name}" is not declared.`;
      faults.push(fault('document.unknown-security-scheme', origin, { message, seen: name }));
    }
  });
}
