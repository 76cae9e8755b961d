import { ApidoubleError, createRandom, type Finding, isApidoubleError } from '../core/index.ts';
import type { ApiOperation } from '../document/index.ts';
import { fromWebResponse, type HttpResponse } from '../http/index.ts';
import { type ExpressionScope, fillExpressions, sampleBody } from '../request/index.ts';
import { type Call, readingOf } from './call.ts';
import type { Engine } from './engine.ts';
import type { Settings } from './settings.ts';

/** Sends what the document says the server sends by itself: callbacks after an answer, webhooks on demand. */
export interface CallbackSender {
  /** Sends the callbacks of a call's operation, in the background; failures become findings. */
  afterAnswer(engine: Engine, call: Call, response: HttpResponse): void;
  /**
   * Sends a webhook and gives the receiver's answer. Throws `ERR_OPERATION_UNKNOWN` for one that the document does not have,
   * `ERR_OPTION` for what is no http URL, and `ERR_TARGET` where no answer comes.
   */
  sendWebhook(engine: Engine, wish: WebhookWish): Promise<HttpResponse>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Which webhook is sent where. Without `method` it is the first of that name; without `body` one is made up. */
export interface WebhookWish {
  readonly name: string;
  readonly url: string;
  readonly method?: string;
  readonly body?: unknown;
}

interface SenderOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly allowHosts: readonly string[];
  readonly settings: Settings;
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const patience = 10_000;

/** Makes the sender of a mock: to loopback hosts and those that are named, with ten seconds of patience for each answer. */
export function createCallbackSender(sending: SenderOptions): CallbackSender {
  const { allowHosts, settings } = sending;
  const underWay = new Set<Promise<void>>();

  async function sendCallback(engine: Engine, operation: ApiOperation, url: string): Promise<void> {
    const tell = (text: string): void => settings.onFinding(callbackFinding(operation, text));
    try {
      const host = new URL(url).hostname;
      if (!loopback.test(host) && !allowHosts.includes(host)) {
        tell(`leads to the host "${host}", which was not named; name it with --allow-host`);
        return;
      }
      const { status } = await sendSample(sending, engine, { operation, url });
      if (status >= 400) tell(`was answered with ${status} by ${url}`);
    } catch (fault) {
      tell(`could not be sent to ${url}: ${fault instanceof Error ? fault.message : String(fault)}`);
    }
  }

  return {
    afterAnswer(engine, call, response) {
      if (call.operation === undefined || call.plan === undefined || response.status >= 400) return;
      const { callbacks } = call.operation;
      if (callbacks.size === 0) return;
      const scope = scopeOf(call, response);
      for (const [expression, operations] of [...callbacks.values()].flatMap((one) => [...one])) {
        const url = addressOf(expression, scope);
        if (url === undefined) continue;
        for (const operation of operations) {
          const one = sendCallback(engine, operation, url).finally(() => underWay.delete(one));
          underWay.add(one);
        }
      }
    },
    async sendWebhook(engine, { name, url, method, body }) {
      const operation = webhookOf(engine, name, method);
      if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
        throw new ApidoubleError(
          'ERR_OPTION',
          `Cannot send the webhook "${name}" to "${url}": that is no http URL. Give one such as http://127.0.0.1:8000/hook.`,
        );
      }
      try {
        return await sendSample(sending, engine, { operation, url, body });
      } catch (cause) {
        throw isApidoubleError(cause) ? cause : unreached(name, url, cause);
      }
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}

function scopeOf(call: Call, response: HttpResponse): ExpressionScope {
  const reading = call.plan === undefined ? undefined : readingOf(call, call.plan);
  return {
    request: call.request,
    values: reading?.values ?? { path: {}, query: {}, header: {}, cookie: {} },
    requestBody: reading?.body.value,
    response,
    responseBody: jsonOf(response),
  };
}

/** Where a callback goes; nowhere where its value cannot even be written: an answer has been made, and must not be lost. */
function addressOf(expression: string, scope: ExpressionScope): string | undefined {
  try {
    return fillExpressions(expression, scope);
  } catch {
    return undefined;
  }
}

function jsonOf(response: HttpResponse): unknown {
  try {
    return JSON.parse(Buffer.from(response.body).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function callbackFinding(operation: ApiOperation, what: string): Finding {
  return {
    code: 'callback.failed',
    severity: 'warning',
    message: `The callback ${operation.key} ${what}.`,
    side: 'document',
    place: { part: 'document' },
    origin: operation.origin,
  };
}

interface Sample {
  readonly operation: ApiOperation;
  readonly url: string;
  readonly body?: unknown;
}

/** Sends the body that is given, else one that is made up. */
async function sendSample(
  { fetch, settings }: Pick<SenderOptions, 'fetch' | 'settings'>,
  engine: Engine,
  { operation, url, body }: Sample,
): Promise<HttpResponse> {
  const random = createRandom(settings.seed).fork(operation.key);
  const sample = sampleBody(engine.plan.compile(operation), {
    random,
    now: settings.now,
    ...(body === undefined ? {} : { body }),
  });
  const response = await fetch(url, {
    method: operation.method,
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
    ...(sample === undefined
      ? {}
      : { body: Buffer.from(sample.bytes), headers: { 'content-type': sample.contentType } }),
  });
  return fromWebResponse(response);
}

function unreached(name: string, url: string, cause: unknown): ApidoubleError {
  const { message } = (cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause) as Error;
  return new ApidoubleError(
    'ERR_TARGET',
    `Cannot send the webhook "${name}" to "${url}": ${message || 'no answer came'}. Start what is to receive it.`,
    { cause },
  );
}

function webhookOf({ document }: Engine, name: string, method: string | undefined): ApiOperation {
  const found = document.webhooks.find(
    (one) => one.path === name && (method === undefined || one.method === method.toUpperCase()),
  );
  if (found !== undefined) return found;
  const known = document.webhooks.map((one) => `${one.method} ${one.path}`).join(', ') || 'none';
  const asked = method === undefined ? name : `${method.toUpperCase()} ${name}`;
  throw new ApidoubleError(
    'ERR_OPERATION_UNKNOWN',
    `Cannot send the webhook "${asked}": the document has no such one. It has: ${known}.`,
  );
}
