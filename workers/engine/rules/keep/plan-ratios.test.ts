import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { Rule } from '../../../../src/domain/rules';
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

  it('has decimals that a rule can name, however large or small the numbers are', async () => {
    for (const scale of [10, 1e12, 1e-18]) {
      const price = each(() => Math.round(200 + 5000 * stream.uniform()) * 10);
      const part = price.map((value) =>
        stream.uniform() < 0.1 ? 7 : (value * [1, 2, 5][stream.below(3)]!) / 10,
      );
      const columns = Object.entries({ price, part }).map(([name, values]) =>
        makeColumn(
          name,
          values.map((value) => Number(`${value}e${Math.log10(scale)}`)),
        ),
      );
      const { kept } = await drawKept(columns, [], 100);
      expect(kept.extras.length).toBeGreaterThan(0);
      for (const step of kept.steps)
        if (step.kind === 'compute') expect(Rule.array().parse(step.rules)).toEqual(step.rules);
    }
  });
});
