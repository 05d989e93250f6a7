import { expect, it } from 'vitest';
import type { NumberColumn } from '../../../../../src/domain/column-data';
import { RandomStream } from '../../../../../src/domain/random';
import { analyseColumn, encodeColumn } from '../../../encoding/encoder';
import { planPlane } from '../../../rules/plane/plan-plane';
import { cellOf, isInside } from '../../plane-cells';
import { cellRelations } from './cell-relations';

const ROWS = 1000;

it('list the codes of all rows that lie in a box, missing ones among them, and few others', () => {
  const stream = new RandomStream(2, 'relations');
  const column = (values: Float64Array, missing: (row: number) => boolean): NumberColumn => ({
    kind: 'number',
    values,
    nulls: Uint8Array.from(values, (_, row) => Number(missing(row))),
  });
  const angle = Float64Array.from({ length: ROWS }, () => 2 * Math.PI * stream.uniform());
  const x = column(angle.map(Math.cos), (row) => row % 10 === 0);
  const y = column(angle.map(Math.sin), (row) => row % 15 === 0);
  const rule = (name: string, data: NumberColumn) => ({ name, storageType: 'float' as const, data });
  const { cells } = planPlane(rule('x', x), rule('y', y), { enabled: true });
  const isMissing = (row: number) => x.nulls![row] === 1 || y.nulls![row] === 1;
  const cell = column(
    angle.map((_, row) => (isMissing(row) ? 0 : cellOf(cells, x.values[row]!, y.values[row]!))),
    isMissing,
  );
  const options = { valueProtection: true, rareCategoryReplacementMethod: 'SAMPLE' as const, seed: 1 };
  const made = Object.entries({ x, cell, y }).map(([name, data], outputIndex) => {
    const type = name === 'cell' ? 'TABULAR_NUMERIC_DISCRETE' : 'TABULAR_NUMERIC_BINNED';
    const encoding = analyseColumn(data, 'float', type, options);
    const schema = { name, originalName: name, storageType: 'float' as const };
    return { feature: { schema, outputIndex, encoding }, codes: encodeColumn(encoding, data)[0]! };
  });
  const features = made.map(({ feature }) => feature);
  const [relation] = cellRelations([{ from: 'x', to: 'y', cell: 'cell', boxes: cells.boxes }], features);
  const parts = relation!.members.map(({ part }) => part);
  expect(parts).toEqual([0, 2, 1]);
  const listed = new Set<string>();
  for (let at = 0; at < relation!.tuples.length; at += 3)
    listed.add(relation!.tuples.slice(at, at + 3).join());
  for (let row = 0; row < ROWS; row++) {
    const box = cells.boxes[cell.values[row]!]!;
    if (!isMissing(row) && !isInside(box, x.values[row]!, y.values[row]!)) continue;
    expect(listed.has(parts.map((part) => made[part]!.codes[row]!).join())).toBe(true);
  }
  const all = features.reduce((product, { encoding }) => product * encoding.subColumns[0]!.cardinality, 1);
  expect(listed.size).toBeLessThan(all / 10);
});

it('are none of other ties', () => {
  expect(cellRelations([{ from: 'x', to: 'y', flag: 'same' }], [])).toEqual([]);
});
