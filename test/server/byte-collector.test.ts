import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteCollector } from '../../src/server/byte-collector.ts';

describe('ByteCollector', () => {
  it('gives back all pieces, one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (pieces) => {
        const collector = new ByteCollector();
        for (const piece of pieces) collector.push(piece);
        const want = Buffer.concat(pieces);
        expect(collector.size).toBe(want.length);
        expect(want.equals(collector.take())).toBe(true);
      }),
    );
  });

  it('does not copy a single piece', () => {
    const piece = new Uint8Array([1, 2, 3]);
    const collector = new ByteCollector();
    collector.push(piece);
    expect(collector.take()).toBe(piece);
  });

  it('never changes a piece that it was given', () => {
    const collector = new ByteCollector();
    const first = new Uint8Array([1, 2]);
    collector.push(first);
    collector.push(new Uint8Array([3]));
    expect([...first]).toEqual([1, 2]);
    expect([...collector.take()]).toEqual([1, 2, 3]);
  });

  it('takes a million pieces of one byte in the room of a few megabytes', () => {
    const collector = new ByteCollector();
    const piece = new Uint8Array([7]);
    for (let count = 0; count < 1_000_000; count += 1) collector.push(piece);
    const bytes = collector.take();
    expect(bytes.length).toBe(1_000_000);
    expect(bytes.buffer.byteLength).toBeLessThan(3_000_000);
  });
});
