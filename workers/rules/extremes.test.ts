import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleOf } from '../../src/domain/rules';
import { checkRule } from './check-rule';
import { computeTarget } from './compute-target';
import { makeColumn } from './testing/make-column';

const end = fc.constantFrom('largest' as const, 'smallest' as const);
const rowsOfThree = fc.array(
  fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 })),
  { minLength: 1, maxLength: 20 },
);

const inputs = (rows: readonly (readonly number[])[]) =>
  ['a', 'b', 'c'].map((name, k) =>
    makeColumn(
      name,
      rows.map((row) => row[k]!),
    ),
  );

const rule = (own: RuleOf<'extreme'>['end'], cells?: string[]): RuleOf<'extreme'> => ({
  kind: 'extreme',
  target: 't',
  columns: ['a', 'b', 'c'],
  end: own,
  ...(cells && { cells }),
});

describe('the largest and the smallest of columns', () => {
  it('are what is computed, and nothing else keeps the rule', () => {
    fc.assert(
      fc.property(rowsOfThree, end, (rows, own) => {
        const columns = inputs(rows);
        const data = computeTarget(rule(own), columns);
        const expected = rows.map((row) => (own === 'largest' ? Math.max(...row) : Math.min(...row)));
        expect(data.kind === 'number' && [...data.values]).toEqual(expected);
        const target = makeColumn('t', expected);
        expect(checkRule(rule(own), [...columns, target]).kept).toBe(rows.length);
        const other = makeColumn(
          't',
          expected.map((value) => value + 0.01),
        );
        expect(checkRule(rule(own), [...columns, other])).toMatchObject({ applicable: rows.length, kept: 0 });
      }),
    );
  });

  it('are named by a text; of equal columns any may be', () => {
    const named = rule('largest', ['A', 'B', 'C']);
    const columns = inputs([
      [3, 1, 2],
      [2, 5, 5],
      [2, 5, 5],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    const computed = computeTarget(named, columns);
    expect(computed.kind === 'text' && [...computed.codes].map((code) => computed.dictionary[code])).toEqual([
      'A',
      'B',
      'B',
      'C',
      'C',
    ]);
    const target = makeColumn('t', ['A', 'B', 'C', 'A', 'none']);
    expect(checkRule(named, [...columns, target])).toMatchObject({ applicable: 4, kept: 3 });
  });

  it('are missing where one of the columns is', () => {
    const columns = [makeColumn('a', [1, null]), makeColumn('b', [2, 3]), makeColumn('c', [0, 9])];
    const data = computeTarget(rule('largest'), columns);
    expect(data.kind === 'number' && [...data.nulls!]).toEqual([0, 1]);
    const target = makeColumn('t', [2, 9]);
    expect(checkRule(rule('largest'), [...columns, target])).toMatchObject({ applicable: 1, kept: 1 });
  });
});
