import { entriesOf, own, textOf } from './raw.ts';

const flowNames: Readonly<Record<string, string>> = {
  implicit: 'implicit',
  password: 'password',
  application: 'clientCredentials',
  accessCode: 'authorizationCode',
};

/** Swagger 2.0's security definitions as security schemes of OpenAPI 3. */
export function swaggerSchemes(definitions: unknown): Record<string, unknown> {
  const schemes: Record<string, unknown> = Object.create(null);
  for (const [name, raw] of entriesOf(definitions)) schemes[name] = schemeOf(raw);
  return schemes;
}

/** https://spec.openapis.org/oas/v2.0.html#security-scheme-object */
function schemeOf(raw: unknown): unknown {
  const type = own(raw, 'type');
  if (type === 'basic') return { type: 'http', scheme: 'basic' };
  if (type !== 'oauth2') return raw;
  const flow = flowNames[textOf(own(raw, 'flow')) ?? ''] ?? 'implicit';
  return {
    type,
    flows: {
      [flow]: {
        authorizationUrl: own(raw, 'authorizationUrl'),
        tokenUrl: own(raw, 'tokenUrl'),
        scopes: own(raw, 'scopes') ?? {},
      },
    },
  };
}
