import { childOrigin } from '../../core/index.ts';
import type { ApiOperation } from '../../document/index.ts';
import type { NegotiationCase, NegotiationDuty } from './duty.ts';
import type { MakeObligation } from './obligation.ts';
import type { PathSources } from './path-sources.ts';
import { isJsonType, mainMedia } from './plan-values.ts';

/** Media types by Accept, and methods that a path does not know. */
export function planNegotiations(
  operation: ApiOperation,
  paths: PathSources,
  make: MakeObligation,
): NegotiationDuty[] {
  const duties: NegotiationDuty[] = [];
  const add = (negotiation: NegotiationCase, id: string, title: string): void => {
    const { kind } = negotiation;
    const grade = kind === 'method' || kind === 'charset' ? 'should' : 'must';
    const group = kind === 'accept' || kind === 'charset' ? 'accepted' : 'rejected';
    duties.push({
      obligation: make({ group, id, check: `negotiation.${negotiation.kind}`, title, grade }),
      origin: childOrigin(operation.origin, 'responses'),
      negotiation,
    });
  };
  const offered = offeredTypes(operation);
  if (offered.length > 1) {
    for (const mediaType of offered) {
      add({ kind: 'accept', mediaType }, `accept/${mediaType}`, `${mediaType} is sent to who asks for it`);
    }
  }
  if (operation.responses.has('406') && offered.length > 0) {
    add({ kind: 'not-acceptable' }, 'accept/unsupported', 'a media type that there is not is refused');
  }
  const media = mainMedia(operation);
  if (media !== undefined && isJsonType(media.mediaType) && !media.mediaType.includes(';')) {
    const title = `a body of ${media.mediaType} that says it is in UTF-8 is accepted`;
    add({ kind: 'charset', mediaType: media.mediaType }, 'body/charset', title);
  }
  if (operation.method === 'GET') add({ kind: 'head' }, 'method/HEAD', 'HEAD is answered without a body');
  const there = paths.at(operation.path);
  const method = ['PATCH', 'PUT', 'DELETE', 'POST'].find((one) =>
    there.every((other) => other.method !== one),
  );
  if (there[0] === operation && method !== undefined) {
    const documented = [...new Set(there.map((one) => one.method))];
    add(
      { kind: 'method', method, documented },
      `method/${method}`,
      `${method}, which is not documented here, is refused with what is allowed`,
    );
  }
  return duties;
}

function offeredTypes(operation: ApiOperation): string[] {
  const found = new Set<string>();
  for (const [status, response] of operation.responses) {
    if (!/^2/.test(status)) continue;
    for (const mediaType of response.content.keys()) if (!mediaType.includes('*')) found.add(mediaType);
  }
  return [...found];
}
