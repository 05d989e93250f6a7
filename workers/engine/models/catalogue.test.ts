import { expect, it } from 'vitest';
import { ModelConfiguration } from '../../../src/domain/generators';
import { defaultOrder } from './catalogue';

it('draws in an order that the model was trained in, the closest to the original', () => {
  const flexible = ModelConfiguration.parse({});
  expect(defaultOrder(flexible, { natural: 0.1, rotated: 0.25 })).toBe('rotated');
  expect(defaultOrder(flexible, { natural: 1 / 3, rotated: 0 })).toBe('natural');
  expect(defaultOrder(flexible, { natural: 0, rotated: 0 })).toBe('random');
  const fixed = ModelConfiguration.parse({ enableFlexibleGeneration: false });
  expect(defaultOrder(fixed, { natural: 0.1, rotated: 0.25 })).toBe('natural');
});
