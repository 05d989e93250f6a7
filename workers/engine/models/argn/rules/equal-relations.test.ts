import { describe, expect, it } from 'vitest';
import type { ColumnData } from '../../../../../src/domain/column-data';
import { analyseColumn, encodeColumn } from '../../../encoding/encoder';
import { equalRelations } from './equal-relations';

const ROWS = 300;
const TIE = { from: 'home', to: 'work', flag: 'same' };

function text(make: (row: number) => string | null): ColumnData {
  const cells = Array.from({ length: ROWS }, (_, row) => make(row));
  const dictionary = [...new Set(cells.filter((cell) => cell !== null))];
  return {
    kind: 'text',
    codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : dictionary.indexOf(cell))),
    dictionary,
  };
}

/** Columns and their codes, [column][row]. */
function encoded(columns: Record<string, ColumnData>) {
  const options = { valueProtection: true, rareCategoryReplacementMethod: 'CONSTANT' as const, seed: 1 };
  const made = Object.entries(columns).map(([name, data], outputIndex) => {
    const encoding = analyseColumn(data, 'text', 'TABULAR_CATEGORICAL', options);
    const schema = { name, originalName: name, storageType: 'text' as const };
    return { feature: { schema, outputIndex, encoding }, codes: encodeColumn(encoding, data)[0]! };
  });
  return { features: made.map(({ feature }) => feature), codes: made.map(({ codes }) => codes) };
}

describe('equalRelations', () => {
  const home = (row: number) => (row % 10 === 0 ? null : `town ${row % 3}`);
  const work = (row: number) => `town ${(row % 3) + (row % 2 === 0 ? 0 : 1)}`;
  const same = (row: number) => (home(row) === null ? null : home(row) === work(row) ? 'equal' : 'other');

  it('list what the flag says, whatever codes the values have', () => {
    const { features, codes } = encoded({ home: text(home), work: text(work), same: text(same) });
    const [relation] = equalRelations([TIE], features);
    const listed = new Set<string>();
    for (let at = 0; at < relation!.tuples.length; at += 3)
      listed.add(relation!.tuples.slice(at, at + 3).join());
    for (let row = 0; row < ROWS; row++)
      expect(listed.has(codes.map((column) => column[row]!).join())).toBe(true);
    // A flag that says the opposite is listed with no pair of the table.
    const [equal, other] = [codes[2]![2]!, codes[2]![1]!];
    expect(listed.has([codes[0]![2], codes[1]![2], other].join())).toBe(false);
    expect(listed.has([codes[0]![1], codes[1]![1], equal].join())).toBe(false);
  });

  it('are none of ratios and unknown columns', () => {
    const { features } = encoded({ home: text(home), work: text(work) });
    expect(equalRelations([TIE, { from: 'home', to: 'work', ratio: 'r', tolerance: 0.1 }], features)).toEqual(
      [],
    );
  });
});
