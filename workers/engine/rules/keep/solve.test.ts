import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleOf } from '../../../../src/domain/rules';
import { computeTarget } from '../../../rules/compute-target';
import { numbersOf } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import { solvedRules } from './solve';

const factor = (column: string) =>
  fc.record({ column: fc.constant(column), power: fc.constantFrom(-3, -2, -1, -0.5, 0.5, 1, 2, 3) });
const rate = fc.record({
  column: fc.constant('rate'),
  power: fc.constantFrom(-1, 1),
  per: fc.constantFrom(-0.01, 0.01),
});
const value = fc.integer({ min: 50, max: 400 }).map((cell) => cell / 100);

describe('solvedRules of a product', () => {
  it('give each of its columns from the others, but none that adds or takes off a share', () => {
    fc.assert(
      fc.property(
        ...[factor('a'), factor('b'), rate, fc.constantFrom(0.5, 1, 2, Math.PI), value, value],
        fc.integer({ min: 0, max: 90 }),
        (a, b, share, times, first, second, percent) => {
          const rule: RuleOf<'product'> = {
            ...{ kind: 'product', target: 't', decimals: null, rounding: 'nearest', factor: times },
            factors: [a, b, share],
          };
          const drawn = [makeColumn('a', [first]), makeColumn('b', [second]), makeColumn('rate', [percent])];
          const target = { ...makeColumn('t', [0]), data: computeTarget(rule, drawn) };
          const solved = solvedRules(rule, () => 'float');
          expect(solved.map((own) => own.target).sort()).toEqual(['a', 'b']);
          for (const own of solved) {
            const [cell] = numbersOf({ ...target, data: computeTarget(own, [...drawn, target]) });
            expect(cell).toBeCloseTo(own.target === 'a' ? first : second, 6);
          }
        },
      ),
    );
  });

  it('of a negative square have no root', () => {
    const rule: RuleOf<'product'> = {
      ...{ kind: 'product', target: 't', decimals: 2, rounding: 'nearest', factor: -1 },
      factors: [{ column: 'a', power: 2 }],
    };
    expect(solvedRules(rule, () => 'float')).toEqual([]);
  });
});
