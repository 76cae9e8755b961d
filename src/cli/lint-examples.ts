import { type Finding, isApidoubleError } from '../core/index.ts';
import {
  type ApiDocument,
  type ApiOperation,
  type ExampleObject,
  readExternalValue,
} from '../document/index.ts';
import { compilePlan } from '../plan/index.ts';
import { lintExternalExamples } from '../response/index.ts';

/** What is wrong with the examples of answers that stand in files of their own. They are read, as the mock would read them. */
export async function lintExamplesElsewhere(document: ApiDocument): Promise<Finding[]> {
  const plan = compilePlan(document);
  const read = (example: ExampleObject): Promise<Uint8Array> => readExternalValue(document, example);
  const findings: Finding[] = [];
  for (const operation of document.operations.filter((one) => one.disabledBy === undefined)) {
    try {
      if (hasExamplesElsewhere(operation))
        findings.push(...(await lintExternalExamples(plan.compile(operation), read)));
    } catch (fault) {
      // The operation is broken: that is told already.
      if (!isApidoubleError(fault)) throw fault;
    }
  }
  return findings;
}

function hasExamplesElsewhere({ responses }: ApiOperation): boolean {
  const media = [...responses.values()].flatMap((response) => [...response.content.values()]);
  return media.some(({ examples }) => [...examples.values()].some((one) => one.externalValue !== undefined));
}
