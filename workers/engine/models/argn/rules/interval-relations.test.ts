import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NumberColumn } from '../../../../../src/domain/column-data';
import { RandomStream } from '../../../../../src/domain/random';
import type { RuleOf } from '../../../../../src/domain/rules';
import { computeTarget } from '../../../../rules/compute-target';
import { analyseColumn, encodeColumn } from '../../../encoding/encoder';
import { intervalRelations } from './interval-relations';

const ROWS = 600;

/** Columns in codes: few-valued ones by value, others by bins. */
function encoded(columns: Record<string, Float64Array>) {
  const made = Object.entries(columns).map(([name, values], outputIndex) => {
    const data: NumberColumn = { kind: 'number', values, nulls: null };
    const type = new Set(values).size < 20 ? 'TABULAR_NUMERIC_DISCRETE' : 'TABULAR_NUMERIC_BINNED';
    const encoding = analyseColumn(data, 'float', type, {
      ...{ valueProtection: false, rareCategoryReplacementMethod: 'SAMPLE', seed: 1 },
    });
    const schema = { name, originalName: name, storageType: 'float' as const };
    return { feature: { schema, outputIndex, encoding }, codes: encodeColumn(encoding, data)[0]! };
  });
  return { features: made.map(({ feature }) => feature), codes: made.map(({ codes }) => codes) };
}

/**
 * Share of the pairs of input codes and target codes that the relation lists, how many target codes that are for each
 * combination of input codes, and how many rows are not among them.
 */
function relate(rule: RuleOf<'product' | 'extreme'>, columns: Record<string, Float64Array>) {
  const named = Object.entries(columns).map(([name, values]) => ({
    ...{ name, storageType: 'float' as const },
    data: { kind: 'number' as const, values, nulls: null },
  }));
  const target = computeTarget(rule, named);
  const cells = target.kind === 'number' ? target.values : new Float64Array();
  const { features, codes } = encoded({ ...columns, [rule.target]: cells });
  const [relation] = intervalRelations([rule], [], features);
  const width = relation!.members.length;
  const listed = new Set<string>();
  for (let at = 0; at < relation!.tuples.length; at += width)
    listed.add(relation!.tuples.slice(at, at + width).join());
  const own = relation!.members.map(({ part }) => codes[part]!);
  const missed = Array.from({ length: ROWS }, (_, row) => own.map((column) => column[row]!).join()).filter(
    (key) => !listed.has(key),
  );
  const all = own.reduce((count, column) => count * new Set(column).size, 1);
  const targets = new Set(own.at(-1)).size;
  return { missed: missed.length, share: listed.size / all, targetsOfInputs: (listed.size * targets) / all };
}

describe('intervalRelations of products', () => {
  it('list the codes of every row, whatever powers and shares, and few others', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(-2, -1, 0.5, 1, 2, 3),
        fc.constantFrom(undefined, -0.01, 0.01),
        fc.constantFrom(-1, 1),
        fc.integer({ min: 1, max: 1000 }),
        (power, per, ratePower, seed) => {
          const stream = new RandomStream(seed, 'values');
          const columns = {
            a: Float64Array.from({ length: ROWS }, () => Math.round(100 + 900 * stream.uniform()) / 100),
            rate: Float64Array.from({ length: ROWS }, () => [5, 10, 20, 50][stream.below(4)]!),
          };
          const rate = { column: 'rate', power: ratePower, ...(per !== undefined && { per }) };
          const factors = [{ column: 'a', power }, rate];
          const { missed, targetsOfInputs } = relate(
            { kind: 'product', target: 't', factors, factor: 2, decimals: 2, rounding: 'nearest' },
            columns,
          );
          expect(missed).toBe(0);
          // Of 9 to 17: a bin of each input is about as wide as two of the target.
          expect(targetsOfInputs).toBeLessThan(3.5);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('follow squares across zero', () => {
    const stream = new RandomStream(3, 'values');
    const a = Float64Array.from({ length: ROWS }, () => Math.round(100 * stream.normal()) / 10);
    const factors = [{ column: 'a', power: 2 }];
    const { missed, share } = relate(
      { kind: 'product', target: 't', factors, factor: 1, decimals: 1, rounding: 'nearest' },
      { a },
    );
    expect(missed).toBe(0);
    expect(share).toBeLessThan(0.25);
  });
});

describe('intervalRelations of extremes', () => {
  it('list the codes of every row and few others', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('largest' as const, 'smallest' as const),
        fc.integer({ min: 1, max: 1000 }),
        (end, seed) => {
          const stream = new RandomStream(seed, 'weights');
          const values = () => Float64Array.from({ length: ROWS }, () => Math.round(1000 * stream.uniform()));
          const rule = { kind: 'extreme' as const, target: 'charged', columns: ['weight', 'size'], end };
          const { missed, share } = relate(rule, { weight: values(), size: values() });
          expect(missed).toBe(0);
          expect(share).toBeLessThan(0.2);
        },
      ),
      { numRuns: 10 },
    );
  });
});
