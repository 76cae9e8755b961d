import { afterEach, describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/http/index.ts';

/** What a client got of an answer: its text, or that none came whole. */
export type Received = { readonly text: string } | { readonly failed: string };

/** Hands out the text under a delivery, as one of the ways does in which a client can get it. */
export interface Deliverer {
  receive(text: string, delivery: Delivery): Promise<Received>;
  close?(): Promise<void>;
}

const text = 'the quick brown fox jumps over the lazy dog; '.repeat(20);

/** Whoever delivers an answer keeps these laws, on the wire or in the same process. */
export function deliveryLaws(name: string, make: () => Deliverer): void {
  describe(`the laws of delivery: ${name}`, () => {
    let deliverer: Deliverer | undefined;
    afterEach(() => deliverer?.close?.());

    it.each<[string, Delivery]>([
      ['at once', {}],
      ['late', { delay: 3 }],
      ['slow', { pace: 20_000 }],
      ['late and slow', { delay: 3, pace: 20_000 }],
    ])('what is only %s comes whole', async (_, delivery) => {
      deliverer = make();
      expect(await deliverer.receive(text, delivery)).toEqual({ text });
    });

    it.each<[string, Delivery]>([
      ['before its head', { cut: 'before-headers' }],
      ['in the middle of its body', { cut: 'mid-body' }],
      ['late, before its head', { delay: 3, cut: 'before-headers' }],
      ['late and slow, in the middle of its body', { delay: 3, pace: 20_000, cut: 'mid-body' }],
    ])('what is cut %s never comes whole, and the client is told', async (_, delivery) => {
      deliverer = make();
      expect(await deliverer.receive(text, delivery)).toEqual({ failed: expect.any(String) });
    });

    it('an empty body has no middle: the whole answer is cut', async () => {
      deliverer = make();
      expect(await deliverer.receive('', { pace: 10 })).toEqual({ text: '' });
      await deliverer.close?.();
      deliverer = make();
      expect(await deliverer.receive('', { cut: 'mid-body' })).toEqual({ failed: expect.any(String) });
    });
  });
}
