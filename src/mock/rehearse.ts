import { checkResponse } from '../check/index.ts';
import type { Random } from '../core/index.ts';
import type { ApiOperation } from '../document/index.ts';
import { HeaderList, noBody } from '../http/index.ts';
import { choose } from '../response/index.ts';
import type { CompiledReply, CompiledRule } from '../scenario/index.ts';
import { type Call, createCall, planOf, readingOf } from './call.ts';
import type { EngineParts } from './engine-parts.ts';
import { makeReply } from './play.ts';

/**
 * Says what is wrong with an answer of a scenario that depends on no request; `undefined` where nothing is. The answer is made
 * and judged as for a request that brings nothing. Operations that the document breaks are left out.
 */
export function rehearse(
  engine: EngineParts,
  { operations }: CompiledRule,
  { reply, random }: { readonly reply: CompiledReply; readonly random: Random },
): string | undefined {
  const statusOnly = reply.example === undefined && reply.body === undefined && reply.headers.length === 0;
  for (const key of operations) {
    const operation = engine.plan.find(key);
    if (operation === undefined || operation.disabledBy !== undefined) continue;
    // What the mock makes for a documented status is valid by construction: compiling all operations for `*` would be waste.
    if (statusOnly && reply.status !== undefined && isDocumented(operation, reply.status)) continue;
    const fault = faultOf(engine, emptyCall(operation), { reply, random });
    if (fault !== undefined) return operations.size === 1 ? fault : `${key}: ${fault}`;
  }
  return undefined;
}

function isDocumented({ responses }: ApiOperation, status: number): boolean {
  return (
    responses.has(String(status)) ||
    responses.has(`${Math.floor(status / 100)}XX`) ||
    responses.has('default')
  );
}

function emptyCall(operation: ApiOperation): Call {
  const { method, path } = operation;
  const call = createCall({
    method,
    target: path,
    origin: 'http://localhost',
    headers: new HeaderList(),
    body: noBody,
  });
  call.operation = operation;
  return call;
}

function faultOf(
  engine: EngineParts,
  call: Call,
  { reply, random }: { readonly reply: CompiledReply; readonly random: Random },
): string | undefined {
  const plan = planOf(call, engine.plan);
  const { values } = readingOf(call, plan);
  const facts = { request: call.request, values, body: undefined };
  const scope = {
    facts,
    state: '',
    count: 1,
    session: '',
    random,
    now: 0,
    locale: undefined,
    counter: () => 1,
  };
  const { example, status } = reply;
  if (example !== undefined) {
    const wish = { example, ...(status === undefined ? {} : { status }) };
    const choice = choose(plan, { ...engine.questionOf(call), wish });
    if (choice.kind === 'problem') return choice.detail;
  }
  try {
    const response = makeReply(engine, call, { reply, scope });
    const findings = checkResponse(plan, plan.operation.method, response);
    return findings.find(({ severity }) => severity === 'error')?.message;
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
}
