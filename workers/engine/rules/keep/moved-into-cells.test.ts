import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { makeColumn } from '../../../rules/testing/make-column';
import { isInside, type PlaneBox } from '../../models/plane-cells';
import { planPlane } from '../plane/plan-plane';
import { restoreColumns } from './restore';

const ROWS = 2000;
const stream = new RandomStream(8, 'cells');
const each = <T>(make: (row: number) => T) => Array.from({ length: ROWS }, (_, row) => make(row));
const round = (value: number, step: number) => Math.round(value / step) * step;
const town = each(() => stream.below(10));
/** Six tenths of the eastings are multiples of 500. */
const east = town.map((i) => round(i * 100_000 + 5000 * stream.normal(), stream.uniform() < 0.6 ? 500 : 1));
const north = town.map((i) => round(((i * 7) % 10) + 0.02 * stream.normal(), 0.0001));
const columns = [makeColumn('east', east), makeColumn('north', north)] as const;
const { cells, axes } = planPlane(columns[0], columns[1], { enabled: true });
const step = { kind: 'cell' as const, from: 'east', to: 'north', cell: 'cell', boxes: cells.boxes, axes };

/** Numbers drawn without regard to each other, and cells. */
const drawn = () => [
  makeColumn(
    'east',
    each(() => east[stream.below(ROWS)]!),
  ),
  makeColumn(
    'north',
    each((row) => (row % 50 === 0 ? null : north[stream.below(ROWS)]!)),
  ),
  makeColumn(
    'cell',
    each(() => stream.below(cells.boxes.length)),
  ),
];

function numbers(column: { data: { kind: string } }): Float64Array {
  return (column.data as unknown as { values: Float64Array }).values;
}

describe('numbers of a cell', () => {
  it('lie in its box, on the lattices they were on', () => {
    const before = drawn();
    const [x, y, cell] = restoreColumns(before, [step], new Map(), 5).map(numbers);
    let [round500, roundBefore] = [0, 0];
    for (let row = 0; row < ROWS; row++) {
      round500 += Number(x![row]! % 500 === 0) / ROWS;
      roundBefore += Number(numbers(before[0]!)[row]! % 500 === 0) / ROWS;
      expect(Number.isInteger(x![row])).toBe(true);
      if (row % 50 === 0) continue;
      expect(isInside(cells.boxes[cell![row]!]!, x![row]!, y![row]!)).toBe(true);
      expect(y![row]! * 10_000).toBeCloseTo(Math.round(y![row]! * 10_000), 6);
    }
    expect(Math.abs(round500 - roundBefore)).toBeLessThan(0.05);
  });

  it('give way to a given one', () => {
    const before = drawn();
    const [x, y] = restoreColumns(before, [step], new Map([['east', 'all' as const]]), 5).map(numbers);
    expect(x).toEqual(numbers(before[0]!));
    const fits = (box: PlaneBox, row: number) => x![row]! >= box[0] && x![row]! <= box[1];
    for (let row = 0; row < ROWS; row++) {
      if (row % 50 === 0 || !cells.boxes.some((box) => fits(box, row))) continue;
      expect(cells.boxes.some((box) => isInside(box, x![row]!, y![row]!))).toBe(true);
    }
    const both = new Map([
      ['east', 'all' as const],
      ['north', 'all' as const],
    ]);
    const kept = restoreColumns(before, [step], both, 5).map(numbers);
    expect(kept[1]).toEqual(numbers(before[1]!));
  });

  it('is the same for the same seed', () => {
    const before = drawn();
    const again = () => restoreColumns(before, [step], new Map(), 9).map(numbers);
    expect(again()).toEqual(again());
  });
});
