import { describe, expect, it } from 'vitest';
import { makeValue, tryToMake } from '../../src/contract/values/make-values.ts';
import { createRandom } from '../../src/core/index.ts';

const tools = { random: createRandom('1'), now: 0 };

describe('a value that is tried to be made', () => {
  it('is one, or none where the schema has none', () => {
    expect(tryToMake(() => makeValue({ const: 4 }, tools))).toBe(4);
    expect(tryToMake(() => makeValue({ type: 'string', enum: [1] }, tools))).toBeUndefined();
    expect(tryToMake(() => makeValue(false, tools))).toBeUndefined();
  });

  it('does not hide what is wrong otherwise', () => {
    const wrong = (): never => {
      throw new TypeError('not a function');
    };
    expect(() => tryToMake(wrong)).toThrow(TypeError);
  });
});
