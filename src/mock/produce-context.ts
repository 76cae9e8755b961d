import { createRandom, hashBytes, hashText, type Random } from '../core/index.ts';
import { createPools, type Pools } from '../generate/index.ts';
import type { OperationPlan, ResourceIndex } from '../plan/index.ts';
import { type ProduceContext, troublesOf } from '../response/index.ts';
import { type Call, readingOf } from './call.ts';

/** What all the answers of a mock are drawn from. */
export interface Surroundings {
  readonly root: Random;
  readonly resources: ResourceIndex;
  readonly now: number;
  readonly pools: Pools;
}

/** What the answers of a mock with this seed are drawn from. */
export function surroundingsOf(seed: string, resources: ResourceIndex, now: number): Surroundings {
  const root = createRandom(seed);
  return { root, resources, now, pools: poolsOf(root, now) };
}

function poolsOf(root: Random, now: number): Pools {
  return createPools(root.fork('pools'), now);
}

/** What the answer to one call is drawn from: equal requests have equal streams. */
export function produceContext(
  call: Call,
  plan: OperationPlan,
  { root, resources, now, pools }: Surroundings,
): ProduceContext {
  const reading = readingOf(call, plan);
  const seeded = call.wish.seed === undefined ? root : createRandom(call.wish.seed);
  const refused = call.findings.some((finding) => finding.severity === 'error');
  let own: Random | undefined;
  return {
    root: seeded,
    // A thing is drawn from its id: most answers with one never ask.
    own() {
      own ??= seeded.fork(plan.key).fork(requestKey(call, plan));
      return own;
    },
    now,
    pools: seeded === root ? pools : poolsOf(seeded, now),
    path: reading.values.path,
    query: reading.values.query,
    sent: refused ? undefined : reading.body.value,
    troubles: refused ? troublesOf(call.findings) : [],
    url: call.request.origin + call.request.target,
    part: resources.get(plan.operation),
  };
}

/** Equal requests have equal keys: declared parameters as they were decoded, media type and body. */
function requestKey(call: Call, plan: OperationPlan): number {
  const { values, body } = readingOf(call, plan);
  const parameters = plan.parameters.length === 0 ? 0 : hashText(JSON.stringify(values));
  if (!body.present) return parameters;
  return hashBytes(call.request.body, hashText(body.plan?.mediaType ?? '', parameters));
}
