import { type Call, reportError } from './call.ts';
import type { ExchangeRecord } from './options.ts';

/** Tells the owner of the server about a request, once it was answered or its client left. */
export function observe(call: Call, tell: (record: ExchangeRecord) => void): void {
  const { house, incoming, outgoing } = call;
  const { clock } = house;
  const start = clock.now();
  const remoteAddress = incoming.socket.remoteAddress;
  outgoing.once('close', () => {
    const record: ExchangeRecord = {
      method: incoming.method ?? '',
      target: incoming.url ?? '',
      status: outgoing.headersSent ? outgoing.statusCode : 0,
      milliseconds: clock.now() - start,
      bytes: call.bytes,
      remoteAddress,
      aborted: !outgoing.writableFinished,
    };
    try {
      tell(record);
    } catch (error) {
      reportError(house, error);
    }
  });
}
