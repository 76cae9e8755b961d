import type { Finding } from '../core/index.ts';
import type { ApiDocument, ApiOperation } from '../document/index.ts';
import type { Exchange } from '../http/index.ts';
import type { Complaint } from './complaint.ts';
import { documentForPrism } from './document-for-prism.ts';
import { type Replacement, toPrismRequest, toPrismResponse } from './prism-message.ts';

/** Asks Prism about the side of an exchange that a finding is about, with a value replaced where one is given. */
export type Ask = (finding: Finding, replacement: Replacement) => readonly Complaint[];

/** Prism with a document in it. */
export interface Witness {
  /** `undefined` for an operation that Prism does not know. */
  questionsAbout(operation: ApiOperation, exchange: Exchange): Ask | undefined;
}

/** Loads Prism and the given operations into it. Rejects where Prism cannot read them. */
export async function loadWitness(
  document: ApiDocument,
  operations: readonly ApiOperation[],
): Promise<Witness> {
  const { getHttpOperationsFromSpec } = await import('@stoplight/prism-http');
  // The package's main entry does not export its validators; Prism's own command line imports them from here too.
  const prism = await import('@stoplight/prism-http/dist/validator/index.js');
  const listed = await getHttpOperationsFromSpec(documentForPrism(document, operations));
  const resources = new Map(listed.map((one) => [`${one.method.toUpperCase()} ${one.path}`, one]));
  return {
    questionsAbout(operation, exchange) {
      const resource = resources.get(`${operation.method} ${operation.path}`);
      if (resource === undefined) return undefined;
      return (finding, replacement) => {
        if (finding.side === 'response') {
          const element = toPrismResponse(exchange.response, replacement);
          return complaintsOf(prism.validateOutput({ resource, element }));
        }
        const element = toPrismRequest(operation, exchange.request, replacement);
        if (finding.place.part !== 'security')
          return complaintsOf(prism.validateInput({ resource, element }));
        return complaintsOf(prism.validateSecurity({ resource, element }));
      };
    },
  };
}

interface Diagnostic {
  readonly message: string;
  readonly code?: string | number;
  readonly path?: readonly (string | number)[];
}

type Result =
  | { readonly _tag: 'Left'; readonly left: readonly Diagnostic[] }
  | { readonly _tag: 'Right'; readonly right: unknown };

function complaintsOf(result: Result): Complaint[] {
  if (result._tag === 'Right') return [];
  return result.left.map(({ message, code, path }) => ({
    message,
    code: String(code ?? ''),
    path: path?.map(String) ?? [],
  }));
}
