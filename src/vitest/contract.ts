import { ApidoubleError } from '../core/index.ts';
import { type ApiDocument, type LoadOptions, loadDocument } from '../document/index.ts';
import { compilePlan, type OperationPlan } from '../plan/index.ts';
import { createPathIndex, type PathIndex } from '../route/index.ts';

/** One operation of a document, to hold messages to. */
export interface ContractOperation {
  readonly key: string;
  readonly plan: OperationPlan;
  /** Finds the operation of a request, to tell whether it is this one. */
  readonly paths: PathIndex;
}

/** A document whose operations messages can be held to. */
export interface LoadedContract {
  readonly document: ApiDocument;
  /** By operationId, or `METHOD /path`. Throws `ERR_OPERATION_UNKNOWN`. */
  operation(name: string): ContractOperation;
}

/** Loads a document for hand-written tests. Throws as `loadDocument` does. */
export async function loadContract(
  source: string | URL | object,
  options: LoadOptions = {},
): Promise<LoadedContract> {
  const document = isLoaded(source) ? source : await loadDocument(source, options);
  const plan = compilePlan(document);
  const paths = createPathIndex(document.operations);
  return {
    document,
    operation(name) {
      const operation =
        plan.find(name) ?? document.operations.find((one) => `${one.method} ${one.path}` === name);
      if (operation === undefined) throw unknownOperation(name, document);
      return { key: operation.key, plan: plan.compile(operation), paths };
    },
  };
}

function isLoaded(source: string | URL | object): source is ApiDocument {
  return typeof source === 'object' && 'locate' in source && 'operations' in source;
}

function unknownOperation(name: string, { operations }: ApiDocument): ApidoubleError {
  const known = operations
    .slice(0, 10)
    .map((one) => one.key)
    .join(', ');
  return new ApidoubleError(
    'ERR_OPERATION_UNKNOWN',
    `Cannot find operation "${name}": the document has no such operation. It has, among others: ${known}.`,
  );
}
