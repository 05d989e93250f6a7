import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { analyseBinned, decodeBinned, encodeBinned } from './numeric-binned';

const ROWS = 6000;

/** Amounts on hundreds in a quarter of the rows; the others are any whole number and follow from another column. */
function amounts() {
  const stream = new RandomStream(5, 'amounts');
  const follows = Uint8Array.from({ length: ROWS }, () => Number(stream.below(4) > 0));
  const values = Float64Array.from(follows, (flag) =>
    flag ? 1000 + stream.below(50_000) : 100 * (10 + stream.below(500)),
  );
  return { data: { kind: 'number' as const, values, nulls: null }, follows };
}

const OPTIONS = { valueProtection: true, rareCategoryReplacementMethod: 'CONSTANT' as const, seed: 1 };

/** Share of multiples of 100 among the values that all rows' codes decode to. */
function roundShare(follows: Uint8Array | null): number {
  const { data } = amounts();
  const encoding = analyseBinned(data, 'integer', { ...OPTIONS, follows });
  const { values } = decodeBinned(encoding, encodeBinned(encoding, data), { seed: 3, column: 0 }, 0);
  return values.filter((value) => value % 100 === 0).length / ROWS;
}

describe('bins of a column that follows from others in some rows', () => {
  it('describe the other rows alone', () => {
    expect(roundShare(amounts().follows)).toBeGreaterThan(0.97);
    expect(roundShare(null)).toBeLessThan(0.35);
  });

  it('describe all rows where too few are left', () => {
    const few = Uint8Array.from({ length: ROWS }, (_, row) => Number(row >= 150));
    expect(roundShare(few)).toBe(roundShare(null));
  });

  it('keep their edges, so that codes stay the same', () => {
    const { data, follows } = amounts();
    const codes = [follows, null].map((own) =>
      encodeBinned(analyseBinned(data, 'integer', { ...OPTIONS, follows: own }), data),
    );
    expect(codes[0]).toEqual(codes[1]);
  });

  it('stay as they are where none of these rows lies', () => {
    const { data } = amounts();
    const follows = Uint8Array.from(data.values, (value) => Number(value > 20_000 && value < 30_000));
    const [open, all] = [follows, null].map((own) =>
      analyseBinned(data, 'integer', { ...OPTIONS, follows: own }).tokens.flatMap((token) =>
        token.kind === 'bin' && token.lower[0]! > 20_000 && token.upper[token.upper.length - 1]! < 30_000
          ? [token.share]
          : [],
      ),
    );
    expect(open!.length).toBeGreaterThan(5);
    expect(open).toEqual(all);
  });
});
