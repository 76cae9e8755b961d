import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a target is told beside the request. The signal, which fires when the client leaves, is made for those who look at it. */
export class LazySignal {
  readonly #incoming: IncomingMessage;
  readonly #outgoing: ServerResponse;
  #controller: AbortController | undefined;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.#incoming = incoming;
    this.#outgoing = outgoing;
  }

  get signal(): AbortSignal {
    this.#controller ??= this.#watch(new AbortController());
    return this.#controller.signal;
  }

  /** The address of the client. */
  get peer(): string | undefined {
    return this.#incoming.socket.remoteAddress;
  }

  #watch(controller: AbortController): AbortController {
    const outgoing = this.#outgoing;
    const { socket } = this.#incoming;
    const leave = (): void => {
      if (!outgoing.writableFinished) controller.abort();
    };
    if (outgoing.destroyed) leave();
    // A client that leaves and one that only ends its half look the same until something is sent to them. Work that can be
    // called off is; an answer that comes all the same is sent.
    socket.once('end', leave);
    outgoing.once('close', () => {
      socket.off('end', leave);
      leave();
    });
    return controller;
  }
}
