import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { makeColumn } from '../../../rules/testing/make-column';
import { drawKept } from '../testing/column-by-column';

const ROWS = 3000;
const stream = new RandomStream(13, 'weeks');
const each = (make: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => make(row));

describe('columns that follow from others in two ways', () => {
  it('follow from the column that is close in more rows, not from a product with a flag', async () => {
    const size = each(() => Math.round(50 + 900 * stream.uniform()));
    const full = each(() => Number(stream.uniform() < 0.3));
    const first = size.map((value) => Math.round(value * stream.uniform()));
    /** Full where the flag says so in every other row, and as before in a third of all. */
    const second = each((row) => {
      if (full[row] === 1 && row % 2 === 0) return size[row]!;
      return row % 3 === 0 ? first[row]! : Math.round(size[row]! * stream.uniform());
    });
    const columns = Object.entries({ size, full, first, second }).map(([name, values]) =>
      makeColumn(name, values),
    );
    const { kept } = await drawKept(columns, [], 100);
    const leading = kept.extras.filter(({ to, from }) => [to, from].includes('second'));
    expect(leading.map(({ from, to }) => [from, to].sort())).toContainEqual(['first', 'second']);
    expect(leading.every(({ measure }) => !('by' in measure))).toBe(true);
  });
});
