import { runContract } from '../../src/contract/index.ts';
import type { HttpRequest, Target } from '../../src/http/index.ts';
import { documentFile } from '../selftest/document.ts';
import { credentials } from '../selftest/server/credentials.ts';
import { createReferenceServer } from '../selftest/server/serve.ts';

/** What a run adds to each request: its time beside that of a bare loop that sends the very same requests again, in process. */
export async function overhead(): Promise<string> {
  const sent: HttpRequest[] = [];
  const { target } = createReferenceServer();
  const recording: Target = (request, context) => {
    sent.push(request);
    return target(request, context);
  };
  const auth = { token: credentials.admin, key: credentials.key };
  const options = { document: documentFile, seed: 1, concurrency: 1, writes: true, auth } as const;
  await runContract({ ...options, target: recording });
  sent.length = 0;
  const whole = await timed(() => runContract({ ...options, target: recording }));
  const bare = await timed(async () => {
    const again = createReferenceServer().target;
    for (const request of sent.slice()) await again(request, {});
  });
  const each = (whole - bare) / sent.length;
  return (
    `overhead: ${sent.length} requests, ${each.toFixed(2)} ms a request (goal 1) ` +
    `beside ${(bare / sent.length).toFixed(2)} ms of the bare loop`
  );
}

/** Milliseconds of the processor: what else goes on on the machine does not count. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
