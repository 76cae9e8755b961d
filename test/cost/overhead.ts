import { runContract } from '../../src/contract/index.ts';
import type { HttpRequest, Target } from '../../src/http/index.ts';
import { documentFile } from '../selftest/document.ts';
import { credentials } from '../selftest/server/credentials.ts';
import { createReferenceServer } from '../selftest/server/serve.ts';

const repeated = 5;

/** What a run adds to each request: its time beside that of a bare loop that sends the very same requests again, in process. */
export async function overhead(): Promise<string> {
  const first = await runBeside();
  const later: Beside[] = [];
  while (later.length < repeated) later.push(await runBeside());
  const [median = first] = later
    .toSorted((left, right) => left.each - right.each)
    .slice(Math.floor(repeated / 2));
  return (
    `overhead: ${median.requests} requests, ${median.each.toFixed(2)} ms a request (goal 1; the median of ${repeated} runs) ` +
    `beside ${median.bare.toFixed(2)} ms of the bare loop; ${first.each.toFixed(2)} ms for the first run of the process`
  );
}

interface Beside {
  readonly requests: number;
  /** Milliseconds a request: of the run without the server's, and of the bare loop. */
  readonly each: number;
  readonly bare: number;
}

async function runBeside(): Promise<Beside> {
  const sent: HttpRequest[] = [];
  const { target } = createReferenceServer();
  const recording: Target = (request, context) => {
    sent.push(request);
    return target(request, context);
  };
  const auth = { token: credentials.admin, key: credentials.key };
  const options = { document: documentFile, seed: 1, concurrency: 1, writes: true, auth } as const;
  const whole = await timed(() => runContract({ ...options, target: recording }));
  const bare = await timed(async () => {
    const again = createReferenceServer().target;
    for (const request of sent.slice()) await again(request, {});
  });
  return { requests: sent.length, each: (whole - bare) / sent.length, bare: bare / sent.length };
}

/** Milliseconds of the processor: what else goes on on the machine does not count. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
