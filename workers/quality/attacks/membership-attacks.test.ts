import { beforeAll, describe, expect, it } from 'vitest';
import { type NamedColumn, takeRows } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import { mixedTable, numbers } from '../testing/make-columns';
import { aucOf, type Estimate, separation } from './attack-figures';
import { codeRows } from './attack-rows';
import { attackMembership, combineScores } from './membership-attacks';

const ROWS = 400;
const ATTACKS = [
  'distance',
  'distance ratio',
  'density ratio',
  'local density',
  'neighbours',
  'rarest match',
  'marginals',
  'fine marginals',
  'pairs',
  'triples',
] as const;

const pick = (table: readonly NamedColumn[], row: (i: number) => number, count = ROWS) => {
  const rows = Uint32Array.from({ length: count }, (_, i) => row(i));
  return table.map((column) => ({ ...column, data: takeRows(column.data, rows) }));
};
const part = (table: readonly NamedColumn[], from: number, count = ROWS) =>
  pick(table, (i) => from + i, count);

/** Columns of normal numbers that know nothing of each other. */
function normals(rows: number, columns: number): NamedColumn[] {
  const random = new RandomStream(3, 'normals');
  return Array.from({ length: columns }, (_, c) =>
    numbers(
      `x${c}`,
      Array.from({ length: rows }, () => random.normal()),
    ),
  );
}

/** AUC of each attack, given members, other rows and a synthetic table of as many rows each, and more rows as reference. */
function attacksOn(table: readonly NamedColumn[], synthetic: readonly NamedColumn[]): Map<string, Estimate> {
  const targets = part(table, 0, 2 * ROWS);
  const { scores } = attackMembership(codeRows({ targets, synthetic, reference: part(table, 3 * ROWS) }));
  return new Map(
    [...scores].map(([name, own]) => [name, aucOf(separation(own.slice(0, ROWS), own.slice(ROWS)))]),
  );
}

describe('the membership attacks', () => {
  const table = mixedTable(4 * ROWS, 5);
  const wide = normals(4 * ROWS, 20);
  let onFresh: Map<string, Estimate>;
  let onCopies: Map<string, Estimate>;

  beforeAll(() => {
    const random = new RandomStream(8, 'copies');
    onFresh = attacksOn(table, part(table, 2 * ROWS));
    onCopies = attacksOn(
      table,
      pick(table, (i) => (random.uniform() < 0.8 ? random.below(ROWS) : 2 * ROWS + i)),
    );
  });

  it.each(ATTACKS)('by %s find nobody in a fresh sample', (name) => {
    const { value, error } = onFresh.get(name)!;
    expect(error).toBeGreaterThan(0.01);
    expect(error).toBeLessThan(0.03);
    expect(Math.abs(value - 0.5)).toBeLessThan(4 * error);
  });

  it.each(ATTACKS.filter((name) => !/marginals|density ratio/.test(name)))(
    'by %s find members of whom copies are handed out',
    (name) => {
      const { value, error } = onCopies.get(name)!;
      expect(value).toBeGreaterThan(0.5 + 4 * error);
    },
  );

  it('by marginals find members through columns that are drawn again one by one', () => {
    const random = new RandomStream(9, 'draws');
    const alone = wide.map(({ name, storageType, data }) => ({
      name,
      storageType,
      data: takeRows(
        data,
        Uint32Array.from({ length: ROWS }, () => random.below(ROWS)),
      ),
    }));
    const { value, error } = attacksOn(wide, alone).get('fine marginals')!;
    expect(value).toBeGreaterThan(0.5 + 4 * error);
    const fresh = attacksOn(wide, part(wide, 2 * ROWS)).get('fine marginals')!;
    expect(Math.abs(fresh.value - 0.5)).toBeLessThan(4 * fresh.error);
  });
});

describe('codeRows', () => {
  it('ranks numbers over all tables, codes texts alike and leaves out what is not generated', () => {
    const rows = codeRows({
      targets: [numbers('a', [3, null]), numbers('secret', [1, 2])],
      synthetic: [numbers('a', [1, 3])],
      reference: [numbers('a', [5]), numbers('secret', [1])],
    });
    expect(rows.ordered).toEqual([true]);
    expect([...rows.targets[0]!]).toEqual([0.5, -0.5]);
    expect([...rows.synthetic[0]!]).toEqual([0.125, 0.5]);
    expect([...rows.reference[0]!]).toEqual([0.875]);
  });
});

describe('combineScores', () => {
  it('means ranks, equal scores sharing theirs', () => {
    expect([...combineScores([Float64Array.of(1, 5, 5, 9)])]).toEqual([0.125, 0.5, 0.5, 0.875]);
    expect([...combineScores([Float64Array.of(1, 2), Float64Array.of(8, 7)])]).toEqual([0.5, 0.5]);
  });
});
