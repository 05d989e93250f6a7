import { expect, it } from 'vitest';
import { checkGenerationOrder } from './synthetic-datasets';

it('allows any order to a model trained for it, and only the table’s to another', () => {
  for (const order of ['rotated', 'natural', 'random', null] as const) checkGenerationOrder(order, true);
  for (const order of ['natural', null] as const) checkGenerationOrder(order, false);
  expect(() => checkGenerationOrder('random', false)).toThrow('cannot generate in random order');
  expect(() => checkGenerationOrder('rotated', false)).toThrow('cannot generate in rotated order');
});
