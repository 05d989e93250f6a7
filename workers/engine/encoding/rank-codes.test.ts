import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { analyseBinned, encodeBinned, type NumericBinnedEncoding } from './numeric-binned';
import { encodeByRank } from './rank-codes';
import { numberColumn, options } from './testing';

function normals(rows: number, seed: number, scale = 1): number[] {
  const stream = new RandomStream(seed, 'normals');
  return Array.from({ length: rows }, () => scale * stream.normal());
}

function countCodes(encoding: NumericBinnedEncoding, codes: Uint16Array): number[] {
  const counts = encoding.tokens.map(() => 0);
  for (const code of codes) counts[code]!++;
  return counts;
}

const massOf = (encoding: NumericBinnedEncoding, code: number) => {
  const token = encoding.tokens[code]!;
  return token.kind === 'bin' ? token.mass! : 0;
};

describe('encodeByRank', () => {
  it('gives every bin as many rows as its probability says, in the order of values', () => {
    const values = normals(3000, 1);
    const data = numberColumn(values);
    const encoding = analyseBinned(data, 'float', options());
    const codes = encodeByRank(encoding, data, 5);
    const counts = countCodes(encoding, codes);
    for (const [code, count] of counts.entries()) {
      expect(Math.abs(count - 3000 * massOf(encoding, code))).toBeLessThan(2);
    }
    const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
    for (let i = 1; i < order.length; i++)
      expect(codes[order[i]!]!).toBeGreaterThanOrEqual(codes[order[i - 1]!]!);
    const byValue = countCodes(encoding, encodeBinned(encoding, data));
    expect(byValue).not.toEqual(counts);
  });

  it('leaves points and missing values, and deals equal values to the bins beside an edge', () => {
    const values = normals(6000, 2, 60).map((value, i) =>
      i % 10 === 0 ? null : i % 3 === 0 ? 0 : Math.round(value),
    );
    const data = numberColumn(values);
    const encoding = analyseBinned(data, 'integer', options());
    const byValue = encodeBinned(encoding, data);
    const codes = encodeByRank(encoding, data, 5);
    let binned = 0;
    codes.forEach((code, row) => {
      const isBin = encoding.tokens[byValue[row]!]!.kind === 'bin';
      expect(encoding.tokens[code]!.kind === 'bin').toBe(isBin);
      if (!isBin) expect(code).toBe(byValue[row]);
      else binned++;
    });
    countCodes(encoding, codes).forEach((count, code) => {
      const wanted = binned * massOf(encoding, code);
      if (wanted > 0) expect(Math.abs(count - wanted)).toBeLessThan(1 + 5 * Math.sqrt(wanted));
    });
    expect(encodeByRank(encoding, data, 5)).toEqual(codes);
  });
});

describe('what the bins of many columns tell', () => {
  const [ROWS, COLUMNS] = [1500, 20];

  /** Log-density of every value, from outside a column's bins none. */
  function logDensity(encoding: NumericBinnedEncoding, values: readonly number[]): number[] {
    return values.map((value) => {
      for (const token of encoding.tokens) {
        if (token.kind !== 'bin') continue;
        for (let cell = 0; cell < token.lower.length; cell++) {
          const [low, high] = [token.lower[cell]!, token.upper[cell]!];
          if (value >= low && value < high)
            return Math.log((token.mass! * token.share[cell]!) / (high - low)) + value ** 2 / 2;
        }
      }
      return 0;
    });
  }

  /** Log-density of a histogram of 100 bins of equally many rows. */
  function histogram(learned: readonly number[], values: readonly number[]): number[] {
    const sorted = Float64Array.from(learned).sort();
    const edges = Array.from({ length: 101 }, (_, k) => sorted[Math.min(k * 15, ROWS - 1)]!);
    return values.map((value) => {
      const k = edges.findIndex((edge, at) => value >= edge && value < edges[at + 1]!);
      return k < 0 ? 0 : Math.log(0.01 / (edges[k + 1]! - edges[k]!)) + value ** 2 / 2;
    });
  }

  /** Probability that a learned row scores higher than another one. */
  function auc(members: readonly number[], others: readonly number[]): number {
    const sorted = Float64Array.from(others).sort();
    let below = 0;
    for (const score of members) below += sorted.filter((other) => other < score).length;
    return below / (members.length * others.length);
  }

  it('is not who was learned, which a histogram does tell', () => {
    const sums = Array.from({ length: 4 }, () => new Float64Array(ROWS));
    for (let column = 0; column < COLUMNS; column++) {
      const learned = normals(ROWS, 100 + column);
      const others = normals(ROWS, 500 + column);
      const encoding = analyseBinned(numberColumn(learned), 'float', options({ seed: column }));
      const parts = [
        logDensity(encoding, learned),
        logDensity(encoding, others),
        histogram(learned, learned),
        histogram(learned, others),
      ];
      for (const [k, part] of parts.entries()) {
        for (let row = 0; row < ROWS; row++) sums[k]![row]! += part[row]!;
      }
    }
    expect(auc(Array.from(sums[0]!), Array.from(sums[1]!))).toBeLessThan(0.57);
    expect(auc(Array.from(sums[2]!), Array.from(sums[3]!))).toBeGreaterThan(0.75);
  });
});
