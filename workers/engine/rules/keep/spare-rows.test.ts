import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleColumn } from '../../../rules/rule-column';
import { SpareRows } from './spare-rows';

/** Rows numbered from `first`, as a number and as a text. */
function numbered(first: number, count: number): RuleColumn[] {
  const numbers = Array.from({ length: count }, (_, i) => first + i);
  return [
    {
      name: 'number',
      storageType: 'integer',
      data: { kind: 'number', values: Float64Array.from(numbers), nulls: null },
    },
    {
      name: 'text',
      storageType: 'text',
      data: { kind: 'text', codes: Int32Array.from(numbers, (_, i) => i), dictionary: numbers.map(String) },
    },
  ];
}

function numbersIn(columns: readonly RuleColumn[]): number[] {
  const [numbers, texts] = columns.map(({ data }) => data);
  if (numbers?.kind !== 'number' || texts?.kind !== 'text') return [];
  const named = Array.from(texts.codes, (code) => Number(texts.dictionary[code]));
  expect(named).toEqual([...numbers.values]);
  return named;
}

describe('spare rows', () => {
  it('are taken once each, in the order in which they were added', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ add: fc.option(fc.nat({ max: 5 }), { nil: null }), take: fc.nat({ max: 5 }) })),
        (calls) => {
          const spare = new SpareRows();
          let [added, taken] = [0, 0];
          for (const { add, take } of calls) {
            if (add !== null) {
              spare.add(numbered(added, add));
              added += add;
            }
            expect(spare.count).toBe(added - taken);
            const expected = Math.min(take, added - taken);
            const rows = numbersIn(spare.take(take));
            expect(rows).toEqual(Array.from({ length: expected }, (_, i) => taken + i));
            taken += expected;
          }
        },
      ),
    );
  });
});
