import { describe, expectTypeOf, it } from 'vitest';
import type { EncodingObject, MediaTypeObject, ParameterObject } from '../../src/document/index.ts';
import type { EncodingSpec, MediaTypeSpec, ParameterSpec } from '../../src/wire/spec.ts';

describe('what the document room gives', () => {
  it('is what codecs take', () => {
    expectTypeOf<ParameterObject>().toExtend<ParameterSpec>();
    expectTypeOf<MediaTypeObject>().toExtend<MediaTypeSpec>();
    expectTypeOf<EncodingObject>().toExtend<EncodingSpec>();
  });
});
