import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type HttpRequest, type HttpResponse, noBody, problem } from '../http/index.ts';
import { hasBody, readBody, refusalOfLength } from './body.ts';
import { type Call, type House, reportError } from './call.ts';
import { connectionOf, fieldsOf } from './connection.ts';
import { isPreflight, preflightAnswer, speaksCors } from './cors.ts';
import { type Destination, destinationOf, refusalOfHead } from './head.ts';
import { inStep } from './in-step.ts';
import { LazySignal } from './lazy-signal.ts';
import { observe } from './observe.ts';
import { refuse, send } from './send.ts';

/** The life of a request: its head is judged, its body read, the target asked, the answer sent. */
export function createListener(house: House): RequestListener {
  return (incoming, outgoing) => {
    const call = openCall(house, incoming, outgoing);
    const refusal = refusalOfHead(call) ?? refusalOfLength(call);
    if (refusal === undefined) serve(call);
    else refuse(call, refusal);
  };
}

/**
 * The same for clients that wait for leave to send their body: one that its header alone convicts is told without it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1
 */
export function createContinueListener(house: House): RequestListener {
  return (incoming, outgoing) => {
    const call = openCall(house, incoming, outgoing);
    const refusal = refusalOfHead(call) ?? refusalOfLength(call);
    if (refusal === undefined) {
      outgoing.writeContinue();
      serve(call);
    } else refuse(call, refusal);
  };
}

/** Refuses expectations other than `100-continue`. */
export function createExpectationListener(house: House): RequestListener {
  return (incoming, outgoing) => {
    const { expect } = incoming.headers;
    const detail = `Cannot meet the expectation "${expect}": only 100-continue is known. Leave it out.`;
    refuse(openCall(house, incoming, outgoing), problem(417, { detail }));
  };
}

function openCall(house: House, incoming: IncomingMessage, outgoing: ServerResponse): Call {
  const connection = connectionOf(house, incoming.socket);
  const call: Call = { house, connection, incoming, outgoing, close: false, bytes: 0 };
  connection.latest = call;
  if (house.onExchange !== undefined) observe(call, house.onExchange);
  return call;
}

function serve(call: Call): void {
  const { house, incoming } = call;
  if (isPreflight(incoming.method, incoming.headers) && speaksCors(house, incoming.url)) {
    send(call, preflightAnswer(incoming.headers));
    return;
  }
  const destination = destinationOf(call);
  if (destination === undefined) refuse(call, noDestination(incoming));
  else if (hasBody(call)) readAndAsk(call, destination);
  else ask({ call, request: requestOf(call, destination, noBody) });
}

function readAndAsk(call: Call, destination: Destination): void {
  readBody(call, (result, wasDecoded) => {
    if (result instanceof Uint8Array) {
      const request = requestOf(call, destination, result);
      ask({ call, request: wasDecoded ? withoutCoding(request) : request });
    } else refuse(call, result);
  });
}

const ask = inStep(({ call, request }: { readonly call: Call; readonly request: HttpRequest }): void => {
  const fail = (error: unknown): void => {
    reportError(call.house, error, request);
    send(call, problem(500, { detail: 'Cannot answer the request: the server failed. Its log says why.' }));
  };
  try {
    call.house.target(request, new LazySignal(call.incoming, call.outgoing)).then((response) => {
      try {
        send(call, response);
      } catch (error) {
        fail(error);
      }
    }, fail);
  } catch (error) {
    fail(error);
  }
});

function requestOf(call: Call, { target, origin }: Destination, body: Uint8Array): HttpRequest {
  const { incoming, connection } = call;
  const headers = fieldsOf(connection, incoming.rawHeaders);
  const method = incoming.method ?? 'GET';
  if (connection.certificate === undefined) return { method, target, origin, headers, body };
  return { method, target, origin, headers, body, clientCertificate: connection.certificate };
}

/** The request as if it had come plain: a body and a header that contradict one another help nobody. */
function withoutCoding(request: HttpRequest): HttpRequest {
  const headers = request.headers
    .without('content-encoding')
    .without('transfer-encoding')
    .with('Content-Length', String(request.body.length));
  return { ...request, headers };
}

function noDestination({ url, headers }: IncomingMessage): HttpResponse {
  const detail = `Cannot tell where "${url}" at host "${headers.host ?? ''}" leads: one of them is malformed. Send a path and a host.`;
  return problem(400, { detail });
}
