import { violationsHeader } from '../check/index.ts';
import { type StreamControl, type StreamReceiver, WireFailure } from '../client/index.ts';
import { HeaderList, type HttpResponse } from '../http/index.ts';
import type { StreamingCall } from '../server/index.ts';
import { fallbackAnswer } from './fallback-answer.ts';
import { forwardedField } from './forwarded.ts';
import { forwardedRequest, forwardedResponse } from './hop-by-hop.ts';
import { type PassedNotes, PassingExchange } from './passing-exchange.ts';
import type { ProxyHouse } from './proxy-house.ts';
import { cannotRecord, noAnswer, refusedAnswer, refusedRequest } from './refusals.ts';
import { type Judgement, joinJudgements } from './traffic/judgement.ts';

const noFields: readonly (readonly [name: string, value: string])[] = [];

/**
 * One request on its way to the upstream, and the answer on its way back:
 *
 *     request ─▸ (judged, with `errors`) ─▸ upstream ─▸ head ─▸ pieces ─▸ (recorded) ─▸ end ─▸ judge
 *
 * Pieces are passed on as they come. They wait only where the answer is held until it is judged, and the last of them until the
 * exchange is recorded.
 */
export class Passage implements StreamReceiver {
  readonly #house: ProxyHouse;
  readonly #call: StreamingCall;
  readonly #exchange: PassingExchange;
  #control: StreamControl | undefined;
  #length: number | undefined;
  #isHeld = false;
  #hasBegun = false;
  #waiting: Uint8Array[] = [];
  #asked: Judgement | undefined;
  #retries = 1;
  #isOver = false;

  constructor(house: ProxyHouse, call: StreamingCall) {
    this.#house = house;
    this.#call = call;
    this.#exchange = new PassingExchange(house, call);
  }

  start(): void {
    const { recorder, errors } = this.#house;
    this.#call.onGone(() => this.#leave());
    const fault = recorder?.refusal();
    const { sent } = this.#exchange;
    const whole = sent.takeWhole();
    if (fault !== undefined) this.#refuse(cannotRecord(fault), 'the recording cannot go on');
    else if (errors) this.#judgeFirst(whole).catch((error: unknown) => this.#break(error));
    else this.#forward(whole ?? sent.rest());
  }

  /** With `errors` the whole request is read, as far as it can be judged, before a byte goes on. */
  async #judgeFirst(whole: Uint8Array | undefined): Promise<void> {
    const { sent } = this.#exchange;
    const held: Uint8Array[] = [];
    if (whole === undefined) {
      for await (const piece of sent.rest()) {
        held.push(piece);
        if (sent.kept.isOver) break;
      }
    }
    if (this.#isOver) return;
    if (sent.kept.isOver) {
      this.#forward(whole ?? sent.rest(held));
      return;
    }
    const asked = this.#house.judge.judgeRequest(this.#exchange.request());
    this.#asked = asked;
    const errors = asked.findings.some(({ severity }) => severity === 'error');
    if (errors) {
      const refusal = refusedRequest(asked.findings, this.#house.judge.document);
      this.#refuse(refusal, 'refused: it breaks the document', { judgement: asked, fate: 'refused' });
    } else this.#forward(sent.kept.bytes());
  }

  #forward(body: Uint8Array | AsyncIterable<Uint8Array>): void {
    const { client, upstream } = this.#house;
    const { method, target, headers } = this.#call;
    const passed = forwardedRequest(headers);
    const told = forwardedField(this.#call);
    const isEmpty = body instanceof Uint8Array && body.length === 0;
    this.#control = client.send(
      {
        origin: upstream.origin,
        target: target === '*' ? target : `${upstream.path}${target}`,
        method,
        headers: told.length === 0 ? passed : [...passed, ...told],
        body: isEmpty ? undefined : body,
        trailers: this.#call.announcesTrailers ? () => this.#call.trailers() : undefined,
      },
      this,
    );
  }

  onInformation(status: number, headers: readonly string[]): void {
    if (!this.#isOver) this.#call.inform(status, headers);
  }

  onHead(status: number, headers: readonly string[], reason: string | undefined): void {
    const { fallbackOn, holds, recorder } = this.#house;
    if (fallbackOn.has(status)) {
      this.#fallBack(`the upstream answered ${status}`);
      return;
    }
    const fields = new HeaderList(forwardedResponse(headers));
    this.#exchange.head =
      reason === undefined ? { status, headers: fields } : { status, headers: fields, reason };
    if (this.#answersPreflight(status, fields)) return;
    const isEventStream = /^text\/event-stream\b/i.test(fields.get('content-type') ?? '');
    this.#isHeld = holds && !isEventStream;
    if (this.#isHeld) return;
    const length = fields.get('content-length');
    if (recorder !== undefined) this.#length = length === undefined ? undefined : Number(length);
    const endsWithHead =
      this.#call.method === 'HEAD' || status === 204 || status === 304 || this.#length === 0;
    if (recorder === undefined || !endsWithHead) this.#begin(fields.flat);
  }

  /** A preflight is the upstream's to answer where it knows CORS; elsewhere browsers would be kept out by a 404. */
  #answersPreflight(status: number, headers: HeaderList): boolean {
    const answer = this.#call.preflightAnswer();
    if (answer === undefined) return false;
    const allows = headers.has('access-control-allow-origin');
    if (allows && status >= 200 && status < 300) return false;
    this.#control?.abort();
    this.#refuse(answer, 'a preflight that the upstream does not answer');
    return true;
  }

  #begin(headers: readonly string[]): void {
    const { status, reason } = this.#exchange.head ?? { status: 500 };
    this.#hasBegun = true;
    this.#call.begin(reason === undefined ? { status, headers } : { status, headers, reason });
  }

  onData(piece: Uint8Array): void {
    this.#exchange.came.push(piece);
    if (this.#isHeld) {
      this.#waiting.push(piece);
      if (this.#exchange.came.isOver) this.#release();
      return;
    }
    // With its last byte the client has the whole answer, so that byte waits until it is recorded.
    if (this.#length !== undefined && this.#exchange.came.size >= this.#length) this.#waiting.push(piece);
    else this.#write(piece);
  }

  #write(piece: Uint8Array): void {
    if (this.#call.write(piece)) return;
    this.#control?.pause();
    this.#call.onDrain(() => this.#control?.resume());
  }

  /** What is too long to be judged is not held any longer. */
  #release(): void {
    this.#isHeld = false;
    this.#begin(this.#exchange.head?.headers.flat ?? []);
    for (const piece of this.#waiting) this.#write(piece);
    this.#waiting = [];
  }

  onEnd(trailers: readonly string[]): void {
    if (this.#isOver) return;
    const missing = this.#exchange.missing();
    if (missing !== undefined) {
      this.onFailure(new WireFailure('broken', missing));
      return;
    }
    const response = this.#exchange.response();
    if (response === undefined) return;
    const fields = trailers.length === 0 ? noFields : [...new HeaderList(trailers)];
    if (!this.#record(response, fields)) return;
    if (this.#isHeld) this.#answerHeld(response, fields);
    else {
      if (!this.#hasBegun) this.#begin(response.headers.flat);
      this.#end(fields);
      this.#exchange.finish(response, []);
    }
  }

  #end(trailers: readonly (readonly [string, string])[]): void {
    for (const piece of this.#waiting) this.#call.write(piece);
    this.#waiting = [];
    this.#isOver = true;
    this.#call.end(trailers);
  }

  #answerHeld(response: HttpResponse, trailers: readonly (readonly [string, string])[]): void {
    const { judge, errors } = this.#house;
    const { asked, answered } = this.#judgeHeld(response);
    const judgement = joinJudgements(asked, answered);
    const { findings } = judgement;
    if (errors && answered.findings.some(({ severity }) => severity === 'error')) {
      this.#isOver = true;
      this.#call.answer(refusedAnswer(findings, judge.document));
      this.#exchange.finish(response, ['refused: the answer breaks the document'], {
        judgement,
        fate: 'replaced',
      });
      return;
    }
    const told = findings.length === 0 ? [] : ['sl-violations', violationsHeader(findings)];
    this.#begin([...response.headers.flat, ...told]);
    this.#end(trailers);
    this.#exchange.finish(response, [], { judgement });
  }

  #judgeHeld(response: HttpResponse): { readonly asked: Judgement; readonly answered: Judgement } {
    const { judge } = this.#house;
    const request = this.#exchange.request();
    const asked = this.#asked ?? judge.judgeRequest(request);
    return { asked, answered: judge.judgeResponse(request, response) };
  }

  /** Writes the exchange down before the client sees its end. `false`: that failed, and the client is not given one. */
  #record(response: HttpResponse, trailers: readonly (readonly [string, string])[]): boolean {
    const { recorder } = this.#house;
    if (recorder === undefined) return true;
    try {
      recorder.record(this.#exchange.recorded(response, trailers));
      return true;
    } catch (error) {
      this.#house.onError(error);
      if (this.#hasBegun) {
        this.#isOver = true;
        this.#call.cut();
        this.#exchange.finish(response, ['cut off: the recording cannot go on']);
      } else this.#refuse(cannotRecord(error), 'the recording cannot go on');
      return false;
    }
  }

  onFailure(failure: WireFailure): void {
    if (this.#isOver || !this.#call.isOpen) return;
    if (this.#exchange.head !== undefined) {
      this.#breakOff(failure);
      return;
    }
    const { method } = this.#call;
    const { sent } = this.#exchange;
    const isSafe = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
    // A kept connection may have been closed by the upstream just then.
    if (failure.kind === 'broken' && isSafe && sent.isRead && !sent.kept.isOver && this.#retries > 0) {
      this.#retries -= 1;
      this.#forward(sent.kept.bytes());
      return;
    }
    const { fallbackOn, upstream } = this.#house;
    if (fallbackOn.has('down')) this.#fallBack(`the upstream does not answer: ${failure.message}`);
    else this.#refuse(noAnswer(upstream.text, failure), failure.message);
  }

  /** The client must not take half an answer for a whole one. */
  #breakOff(failure: WireFailure): void {
    const response = this.#exchange.response();
    if (this.#hasBegun) {
      this.#isOver = true;
      this.#call.cut();
    } else this.#refuse(noAnswer(this.#house.upstream.text, failure), failure.message);
    if (response !== undefined && this.#hasBegun)
      this.#exchange.finish(response, [`the upstream broke off: ${failure.message}`], { isCut: true });
  }

  #fallBack(why: string): void {
    this.#control?.abort();
    fallbackAnswer(this.#house, this.#exchange, { why, peer: this.#call.peer })
      .then(({ response, reason }) => this.#refuse(response, reason))
      .catch((error: unknown) => this.#break(error));
  }

  /** Answers with something that is not the upstream's. */
  #refuse(response: HttpResponse, reason: string, notes: PassedNotes = {}): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#call.answer(response);
    this.#exchange.finishInstead(response, reason, notes);
  }

  #break(error: unknown): void {
    if (this.#isOver) return;
    if (this.#call.isOpen) this.#house.onError(error);
    this.#isOver = true;
    this.#call.cut();
  }

  #leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#control?.abort();
    this.#exchange.finish(this.#exchange.response(), ['the client left'], { isCut: true });
  }
}
