import { type Delivery, HeaderList, type HttpResponse } from '../../src/http/index.ts';
import { deliverAsWeb, deliverHere } from '../../src/mock/deliver-here.ts';
import { listen } from '../../src/server/index.ts';
import { type Deliverer, deliveryLaws, type Received } from '../laws/delivery.ts';

function answer(text: string, delivery: Delivery): HttpResponse {
  return {
    status: 200,
    headers: new HeaderList(['Content-Type', 'text/plain']),
    body: Buffer.from(text),
    delivery,
  };
}

async function received(read: () => Promise<string>): Promise<Received> {
  try {
    return { text: await read() };
  } catch (error) {
    return { failed: String(error) };
  }
}

deliveryLaws('plain data in the same process', () => ({
  receive: (text, delivery) =>
    received(async () => Buffer.from((await deliverHere(answer(text, delivery))).body).toString()),
}));

deliveryLaws('a web Response in the same process', () => ({
  receive: (text, delivery) =>
    received(async () => (await deliverAsWeb(answer(text, delivery), new Request('http://mock/'))).text()),
}));

deliveryLaws('a server', (): Deliverer => {
  let close: (() => Promise<void>) | undefined;
  return {
    receive: (text, delivery) =>
      received(async () => {
        const server = await listen(async () => answer(text, delivery));
        close = () => server.close({ timeoutMs: 0 });
        return (await fetch(server.url)).text();
      }),
    close: async () => close?.(),
  };
});
