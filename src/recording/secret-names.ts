import type { ApiDocument } from '../document/index.ts';

/** The names of headers, query keys and cookies that a document's security schemes put keys in. */
export function secretNames({ securitySchemes }: ApiDocument): string[] {
  return [...securitySchemes.values()].flatMap((scheme) =>
    scheme.type === 'apiKey' ? scheme.parameterName : [],
  );
}
