import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoDate, isoDateTime, isoTime } from '../../src/generate/text/iso-text.ts';

const furthest = 8.64e15;

it.each([0, -1, 1, 951_782_399_999, -62_198_755_200_001, furthest, -furthest])(
  'writes %d as Date does',
  (moment) => {
    expect(isoDateTime(moment)).toBe(new Date(moment).toISOString());
  },
);

it('writes every moment as Date does', () => {
  fc.assert(
    fc.property(fc.integer({ min: -furthest, max: furthest }), (moment) => {
      const text = new Date(moment).toISOString();
      expect(isoDateTime(moment)).toBe(text);
      expect(`${isoDate(moment)}T${isoTime(moment)}`).toBe(text.slice(0, -5));
    }),
  );
});

it('refuses what Date refuses', () => {
  expect(() => isoDateTime(Number.NaN)).toThrow(RangeError);
  expect(() => isoDateTime(furthest + 86_400_000)).toThrow(RangeError);
});
