import type {
  ApiDocument,
  ApiOperation,
  MediaTypeObject,
  ResponseObject,
} from '../../../src/document/index.ts';
import { isJson, matchStatus, parseMediaType, parseStatusPattern } from '../../../src/http/index.ts';
import type { Group } from '../faults/fault.ts';
import type { Breach, Scope } from './breach.ts';
import { memberBreaches } from './member-breaches.ts';

/** A breach that a document gives occasion for. */
export interface PlannedBreach {
  /** `GET /books: body/html`. */
  readonly id: string;
  readonly group: Group;
  /** The operation's key. */
  readonly operation: string;
  readonly scope: Scope;
  readonly breach: Breach;
}

type Plan = Omit<PlannedBreach, 'id' | 'operation' | 'scope'> & {
  readonly about: string;
  readonly scope?: Scope;
};

/**
 * Breaches of the promises of any document, one of each kind for each operation, in the order of the document. `base` is the path
 * that the target serves it below. A breach may need an exchange that never happens (a list that is never filled): whether it
 * shows is for a probe to say.
 */
export function breachesOf(document: ApiDocument, base = ''): readonly PlannedBreach[] {
  const planned: PlannedBreach[] = [];
  for (const operation of document.operations) {
    if (operation.disabledBy !== undefined) continue;
    const { method, path, key } = operation;
    for (const { about, group, breach, scope } of plansFor(operation)) {
      const id = `${method} ${path}: ${about}`;
      planned.push({ id, group, operation: key, breach, scope: { method, path: base + path, ...scope } });
    }
  }
  return planned;
}

function plansFor(operation: ApiOperation): Plan[] {
  const plans = [...statusPlans(operation), ...requestPlans(operation)];
  const good = [...operation.responses].find(([status]) => /^2(?:\d\d|XX)$/.test(status));
  if (good === undefined) return plans;
  const scope = { status: /^\d+$/.test(good[0]) ? Number(good[0]) : 2 };
  return [...plans, ...responsePlans(good[1]).map((plan) => ({ scope, ...plan }))];
}

function statusPlans(operation: ApiOperation): Plan[] {
  const patterns = [...operation.responses.keys()].flatMap((text) => parseStatusPattern(text) ?? []);
  const to = [206, 226, 299].find((status) => matchStatus(patterns, status) === undefined);
  const crash: Plan = { about: 'crash', group: 'crash', breach: { kind: 'crash' }, scope: { status: 2 } };
  if (to === undefined) return [crash];
  return [
    crash,
    { about: `status-${to}`, group: 'exchange', breach: { kind: 'status', to }, scope: { status: 2 } },
  ];
}

/** Who is let in, and what. */
function requestPlans(operation: ApiOperation): Plan[] {
  const plans: Plan[] = [{ about: 'accepted', group: 'accepted', breach: { kind: 'refuse', status: 400 } }];
  const takesSomething = operation.parameters.length > 0 || operation.requestBody !== undefined;
  if (takesSomething) {
    const breach: Breach = { kind: 'swallow', statuses: [400, 415, 422] };
    plans.push({ about: 'rejected', group: 'rejected', breach });
  }
  const isPublic = operation.security.length === 0 || operation.security.some(({ size }) => size === 0);
  plans.push(
    isPublic
      ? { about: 'public', group: 'credentials', breach: { kind: 'refuse', status: 401 } }
      : { about: 'credentials', group: 'credentials', breach: { kind: 'swallow', statuses: [401, 403] } },
  );
  return plans;
}

function responsePlans(response: ResponseObject): Plan[] {
  const plans: Plan[] = [];
  for (const [name, { required }] of response.headers) {
    if (!required) continue;
    plans.push({ about: `headers.${name}/missing`, group: 'exchange', breach: { kind: 'header', name } });
  }
  const [media] = response.content.values();
  if (media === undefined) return plans;
  const type = parseMediaType(media.mediaType);
  if (type !== undefined && type.type !== '*' && type.type !== 'text') {
    const breach: Breach = { kind: 'header', name: 'Content-Type', value: 'text/x-unheard-of' };
    plans.push({ about: 'content-type', group: 'exchange', breach });
  }
  return type !== undefined && isJson(type) ? [...plans, ...jsonPlans(media)] : plans;
}

function jsonPlans({ schema = true }: MediaTypeObject): Plan[] {
  const plans: Plan[] = [
    { about: 'body/half', group: 'exchange', breach: { kind: 'body', to: 'half' } },
    { about: 'body/html', group: 'exchange', breach: { kind: 'body', to: 'html' } },
    { about: 'body/empty', group: 'exchange', breach: { kind: 'body', to: 'empty' } },
  ];
  for (const { keyword, at, change } of memberBreaches(schema)) {
    plans.push({ about: `${at}/${keyword}`, group: 'exchange', breach: { kind: 'member', at, change } });
  }
  return plans;
}
