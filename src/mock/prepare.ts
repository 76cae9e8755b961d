import type { Finding } from '../core/index.ts';
import { type ApiDocument, readExternalValue } from '../document/index.ts';
import type { OperationPlan } from '../plan/index.ts';
import { loadExternalExamples } from '../response/index.ts';

/** Gets an operation ready for its first answer; `undefined` where it is ready. */
export type Prepare = (operation: OperationPlan) => Promise<void> | undefined;

/** Makes what reads the examples that stand in files of their own, once per operation. */
export function createPrepare(document: ApiDocument, onFinding: (finding: Finding) => void): Prepare {
  const loaded = new WeakMap<OperationPlan, Promise<void> | 'done'>();
  return (operation) => {
    const known = loaded.get(operation);
    if (known !== undefined) return known === 'done' ? undefined : known;
    const loading = loadExternalExamples(operation, (example) => readExternalValue(document, example));
    if (loading === undefined) {
      loaded.set(operation, 'done');
      return undefined;
    }
    const settled = loading.then((findings) => {
      loaded.set(operation, 'done');
      for (const finding of findings) onFinding(finding);
    });
    loaded.set(operation, settled);
    return settled;
  };
}
