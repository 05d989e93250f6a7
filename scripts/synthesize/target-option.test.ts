import { expect, it } from 'vitest';
import { readTargets } from './target-option';

it('reads names of columns, and refuses others with those that are near', () => {
  expect(readTargets('income', ['age', 'income'])).toEqual(['income']);
  expect(readTargets('age,income', ['age', 'income'])).toEqual(['age', 'income']);
  expect(() => readTargets('incomes', ['age', 'income'])).toThrow(/--target: .*“incomes”.*income/);
  expect(() => readTargets('none', ['age'])).toThrow('--target: name a column to predict');
});
