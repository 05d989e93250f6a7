import { describe, expect, it } from 'vitest';
import { OriginalRows } from '../charts/original-rows';
import { dates, numbers, texts } from '../testing/make-columns';
import { columnStatistics } from './column-statistics';
import { MissingPatterns } from './missing-patterns';
import { RepeatedRows } from './repeated-rows';

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('columnStatistics', () => {
  it('tells mean, spread, quantiles and what is empty, of both sets', () => {
    const original = numbers('a', [...upTo(1000), ...upTo(100).map(() => null)]);
    const { original: ours, synthetic } = columnStatistics(
      original,
      original.data,
      numbers('a', upTo(11)).data,
    );
    expect(ours).toEqual({
      mean: 499.5,
      sd: 288.82,
      quantiles: [50, 250, 500, 749, 949],
      distinct: null,
      empty: 0.09091,
    });
    expect(synthetic.mean).toBe(5);
  });

  it('shows no single row of the original: no quantile of few values, no outlier, no rare value', () => {
    const few = numbers('a', upTo(150));
    expect(columnStatistics(few, few.data, few.data).original.quantiles).toBeNull();
    expect(columnStatistics(few, few.data, few.data).synthetic.quantiles).not.toBeNull();
    const outlier = numbers('a', [...upTo(999), 1e6]);
    expect(Math.max(...columnStatistics(outlier, outlier.data, few.data).original.quantiles!)).toBeLessThan(
      1000,
    );
    const rare = texts('a', ['once', ...upTo(20).map((i) => (i % 2 ? 'x' : 'y'))]);
    expect(columnStatistics(rare, rare.data, rare.data)).toMatchObject({
      original: { distinct: 2 },
      synthetic: { distinct: 3 },
    });
    const missing = numbers('a', [null, ...upTo(300)]);
    expect(columnStatistics(missing, missing.data, missing.data)).toMatchObject({ original: { empty: 0 } });
  });

  it('keeps dates exact to the millisecond', () => {
    const at = Date.UTC(2020, 0, 1);
    const same = dates(
      'a',
      upTo(300).map(() => at),
    );
    expect(columnStatistics(same, same.data, same.data).original).toMatchObject({ mean: at, sd: 0 });
  });
});

describe('MissingPatterns', () => {
  const patterns = (lone: number) => {
    const told = new MissingPatterns();
    const a = upTo(100).map((i) => (i < 40 ? null : i));
    const b = upTo(100).map((i) => (i < 20 || i >= 100 - lone ? null : 'x'));
    told.add('a', numbers('a', a).data, numbers('a', a).data);
    told.add('b', texts('b', b).data, texts('b', b).data);
    return told.told(new OriginalRows(100, null));
  };

  it('counts which columns are empty together', () => {
    expect(patterns(10)).toEqual([
      { columns: [], original: 0.5, synthetic: 0.5 },
      { columns: ['a', 'b'], original: 0.2, synthetic: 0.2 },
      { columns: ['a'], original: 0.2, synthetic: 0.2 },
      { columns: ['b'], original: 0.1, synthetic: 0.1 },
    ]);
  });

  it('does not show what fewer than 8 people have', () => {
    expect(patterns(3).map(({ columns }) => columns)).not.toContainEqual(['b']);
  });

  it('is empty where nothing is missing', () => {
    const told = new MissingPatterns();
    told.add('a', numbers('a', [1]).data, numbers('a', [1]).data);
    expect(told.told(new OriginalRows(1, null))).toEqual([]);
  });
});

describe('RepeatedRows', () => {
  it('knows the same row in any set, whatever its dictionary', () => {
    const told = new RepeatedRows();
    const set = (from: number, words: readonly string[]) => [
      numbers(
        'n',
        upTo(20).map((i) => from + (i % 10)),
      ),
      texts(
        't',
        upTo(20).map((i) => words[i % 2]!),
      ),
    ];
    const [training, holdout, synthetic] = [set(0, ['x', 'y']), set(100, ['x', 'y']), set(0, ['x', 'y'])];
    // Half of the rows have the other word, and the dictionary another order.
    synthetic[1] = texts(
      't',
      upTo(20).map((i) => (i < 10 === (i % 2 === 0) ? 'y' : 'x')),
    );
    for (const [c, { data }] of training.entries()) told.add(data, holdout[c]!.data, synthetic[c]!.data);
    expect(told.told()).toEqual({
      ...{ training: 0.5, holdout: 0.5, synthetic: 0 },
      ...{ syntheticInTraining: 0.5, syntheticInHoldout: 0, holdoutInTraining: 0 },
    });
  });
});
