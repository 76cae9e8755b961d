import type {
  Expected,
  FaultEffect,
  LatencyDefinition,
  MatchDefinition,
  ReplyDefinition,
  Stage,
} from '../scenario/index.ts';
import type { AnswerBody, ParameterName, StatusOf } from './operation-types.ts';

/** What requests of an operation must be like; the names of path and query parameters are typed. */
export interface MatchOf<Operation>
  extends Pick<MatchDefinition, 'headers' | 'cookies' | 'body' | 'bodySchema' | 'count'> {
  readonly path?: Readonly<Partial<Record<ParameterName<Operation, 'path'>, Expected>>>;
  readonly query?: Readonly<Partial<Record<ParameterName<Operation, 'query'>, Expected>>>;
}

/**
 * Arranges how an operation is answered. Each call takes effect at once; one that makes no sense against the document
 * throws `ERR_SCENARIO`. Of several rules that fit a request the one that was begun last answers.
 */
export interface OperationRule<Operation = unknown> {
  /** Only requests that are like this. Decoded values are compared; an object is a JSON Schema. */
  when(match: MatchOf<Operation>): this;
  /**
   * Answers with a status, and the document's own body where none is given. Called again, it adds the next answer of
   * a sequence, of which the last one stays.
   */
  reply<Status extends StatusOf<Operation>>(
    status: Status,
    body?: AnswerBody<Operation, Status>,
    headers?: Readonly<Record<string, string>>,
  ): this;
  /** Answers with a named example of the document. */
  replyExample(name: string, status?: StatusOf<Operation>): this;
  /** Leaves the answer to the mock (or its state, or a handler). */
  passthrough(): this;
  /** Changes the body of the answer: JSONPaths with values, or a JSON merge patch. */
  patch(patch: Readonly<Record<string, unknown>>): this;
  /** Holds the answer back: milliseconds, or a distribution. */
  delay(latency: LatencyDefinition): this;
  /** Spoils the answer. Default: the connection is cut before the answer's header fields. */
  fail(effect?: 'before-headers' | 'mid-body' | FaultEffect): this;
  /** The answer is for one request. */
  once(): this;
  /** The answer is for so many requests. */
  times(count: number): this;
  /** Lets the answers that follow break the document; their types are no longer looked at. */
  breaks(): OperationRule;
  /** Takes the rule away. */
  remove(): void;
}

/** What was said of a rule so far. */
interface Said {
  readonly match: MatchDefinition | undefined;
  readonly replies: readonly ReplyDefinition[];
  /** No answer was named yet: what is said of it before holds for the first. */
  readonly isOpen: boolean;
}

/** Begins a rule of code for an operation. */
export function beginRule<Operation>(
  stage: Stage,
  operation: string,
  onChange: () => void,
): OperationRule<Operation> {
  const rule = stage.begin(operation);
  let said: Said = { match: undefined, replies: [], isOpen: true };
  let mayBreak = false;

  /** Nothing is kept of a change that throws. */
  function change(next: Partial<Said>): typeof handle {
    const { match, replies, isOpen } = { ...said, ...next };
    if (replies.length > 0)
      rule.set({ on: operation, reply: replies, ...(match === undefined ? {} : { when: match }) });
    said = { match, replies, isOpen };
    onChange();
    return handle;
  }

  function addReply(reply: ReplyDefinition): typeof handle {
    const { replies, isOpen } = said;
    const { passthrough: _, ...waiting } = (isOpen ? replies[0] : undefined) ?? {};
    const whole = { ...waiting, ...reply, ...(mayBreak ? { breaks: true } : {}) };
    return change({ replies: isOpen ? [whole] : [...replies, whole], isOpen: false });
  }

  function amend(more: ReplyDefinition): typeof handle {
    const last = said.replies.at(-1) ?? { passthrough: true };
    return change({ replies: [...said.replies.slice(0, -1), { ...last, ...more }] });
  }

  const handle: OperationRule<Operation> = {
    when: (wanted) => change({ match: { ...said.match, ...(wanted as MatchDefinition) } }),
    reply: (status, body, headers) =>
      addReply({
        status,
        ...(body === undefined ? {} : { body }),
        ...(headers === undefined ? {} : { headers }),
      }),
    replyExample: (example, status) => addReply({ example, ...(status === undefined ? {} : { status }) }),
    passthrough: () => addReply({ passthrough: true }),
    patch: (patch) => amend({ patch }),
    delay: (delay) => amend({ delay }),
    fail: (effect = 'before-headers') =>
      amend({ fault: typeof effect === 'string' ? { cut: effect } : effect }),
    once: () => amend({ times: 1 }),
    times: (times) => amend({ times }),
    breaks() {
      mayBreak = true;
      return handle as OperationRule;
    },
    remove() {
      rule.remove();
      onChange();
    },
  };
  return handle;
}
