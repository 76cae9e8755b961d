import { ApidoubleError } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';

/** The error for an operation that the document does not have, with those that may have been meant. */
export function unknownOperation(what: string, name: string, document: ApiDocument): ApidoubleError {
  const known = document.operations.map((operation) => operation.key);
  const near = known.filter(
    (key) => key.toLowerCase().includes(name.toLowerCase()) || name.toLowerCase().includes(key.toLowerCase()),
  );
  const hint = (near.length > 0 ? near : known).slice(0, 5).join(', ');
  return new ApidoubleError(
    'ERR_OPERATION_UNKNOWN',
    `Cannot ${what} "${name}": the document has no such operation. Did you mean one of: ${hint}?`,
  );
}
