/** Plans a run for the document that is named, in a process of its own, and prints what that took. */
import { planContract } from '../../src/contract/index.ts';
import { loadDocument } from '../../src/document/index.ts';

const [file = ''] = process.argv.slice(2);
const document = await loadDocument(file);
const begun = process.cpuUsage();
const obligations = planContract(document);
const { user, system } = process.cpuUsage(begun);
const seconds = (user + system) / 1_000_000;
const memory = process.resourceUsage().maxRSS / 1024;
console.log(
  `planning: ${document.operations.length} operations, ${obligations.length} obligations, ` +
    `${seconds.toFixed(2)} s of the processor (goal 2), ${Math.round(memory)} MB at the peak, loading included (goal 300)`,
);
