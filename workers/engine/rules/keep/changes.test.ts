import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnData } from '../../../../src/domain/column-data';
import type { Cell } from '../../../../src/domain/rules';
import { chosenCells, keepDifferent } from './changes';
import { sameCell } from './exempt-rows';

const TEXTS: readonly Cell[] = ['a', 'b', 'c', null];
const NUMBERS: readonly Cell[] = [0, 1.5, -3, null];

describe('rows that take another cell', () => {
  it.each([
    ['text', TEXTS],
    ['number', NUMBERS],
  ] as const)('are those which do not hold it already: %s', (kind, cells) => {
    const row = fc.record({ held: fc.nat({ max: 3 }), chosen: fc.nat({ max: 3 }), marked: fc.boolean() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const column = (key: 'held' | 'chosen'): ColumnData =>
          chosenCells(
            kind,
            Int32Array.from(rows, (own) => own[key]),
            cells,
          );
        const [held, wanted] = [column('held'), column('chosen')];
        const marked = Uint8Array.from(rows, (own) => Number(own.marked));
        const expected = rows.map((own, i) => Number(own.marked && !sameCell(held, wanted, i)));
        const chosen = Int32Array.from(rows, (own) => own.chosen);
        expect(keepDifferent(held, marked, chosen, cells)).toBe(expected.includes(1));
        expect([...marked]).toEqual(expected);
      }),
    );
  });
});
