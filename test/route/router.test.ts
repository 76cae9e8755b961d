import { describe } from 'vitest';
import { createPathIndex } from '../../src/route/index.ts';
import { testRouter } from '../laws/router.ts';
import { createNaiveRouter } from './naive-router.ts';

describe('the path index', () => {
  testRouter((operations) => createPathIndex(operations));
});

describe('the naive router', () => {
  testRouter(createNaiveRouter);
});
