import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import { checkRule } from '../../../rules/check-rule';
import type { RuleColumn } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import { round } from '../testing/table-builder';
import { findRules } from './find-rules';

const ROWS = 1200;
const stream = new RandomStream(3, 'rounded');
const each = <T>(make: (row: number) => T) => Array.from({ length: ROWS }, (_, row) => make(row));

async function findKind(kind: Rule['kind'], columns: readonly RuleColumn[]): Promise<Rule[]> {
  return (await findRules(columns, async () => {}))
    .map(({ rule }) => rule)
    .filter((rule) => rule.kind === kind);
}

const column = (name: string, cells: readonly number[], decimals: number) =>
  makeColumn(
    name,
    cells.map((cell) => round(cell, decimals)),
  );

describe('relations of numbers that were rounded after the target was computed', () => {
  const x = each(() => 20 * stream.normal());

  it('are found with the leeway of their inputs, and checked with it', async () => {
    const columns = [
      column('x', x, 1),
      column(
        'y',
        x.map((cell) => 1.8 * cell + 32),
        1,
      ),
    ];
    const [rule] = await findKind('linear', columns);
    expect(rule).toMatchObject({ inputDecimals: [1], constant: 32 });
    expect(checkRule(rule!, columns)).toMatchObject({ applicable: ROWS, kept: ROWS });
    // Without the leeway a part of the rows would break it.
    const strict = checkRule({ ...rule, inputDecimals: undefined } as Rule, columns);
    expect(strict.kept).toBeLessThan(0.9 * ROWS);
    // With it, values that are off by more still do.
    const off = [
      columns[0]!,
      column(
        'y',
        x.map((cell) => 1.8 * cell + 32.4),
        1,
      ),
    ];
    expect(checkRule(rule!, off).kept).toBeLessThan(0.2 * ROWS);
  });

  it('are found as sums', async () => {
    const [a, b] = [each(() => 50 * stream.uniform()), each(() => 50 * stream.uniform())];
    const columns = [
      column('a', a, 2),
      column('b', b, 2),
      column(
        'c',
        a.map((cell, row) => cell + b[row]!),
        2,
      ),
    ];
    const [rule] = await findKind('linear', columns);
    expect(rule).toMatchObject({ inputDecimals: [2, 2] });
    expect(checkRule(rule!, columns)).toMatchObject({ applicable: ROWS, kept: ROWS });
  });

  it('are not found where the leeway is as wide as the data, nor where noise is wider', async () => {
    const narrow = each(() => 0.5 * stream.normal());
    expect(
      await findKind('linear', [
        column('x', narrow, 1),
        column(
          'y',
          narrow.map((cell) => 1.3 * cell),
          1,
        ),
      ]),
    ).toEqual([]);
    const noisy = x.map((cell) => 1.8 * cell + 32 + 0.2 * stream.normal());
    expect(await findKind('linear', [column('x', x, 1), column('y', noisy, 1)])).toEqual([]);
  });
});

describe('relations that can be told in several ways', () => {
  it('are told as rounded up rather than with half a unit more', async () => {
    const net = each(() => round(20 + 400 * stream.uniform(), 2));
    const tax = net.map((cell) => round(0.19 * cell, 2, 'up'));
    expect(await findKind('linear', [makeColumn('net', net), makeColumn('tax', tax)])).toMatchObject([
      { target: 'tax', rounding: 'up', constant: 0 },
    ]);
  });

  it('are told of the column of most steps', async () => {
    const whole = each(() => 20 + stream.below(400));
    const part = whole.map((cell) => stream.below(cell));
    const share = part.map((cell, row) => round((100 * cell) / whole[row]!, 3));
    const columns = [makeColumn('part', part), makeColumn('whole', whole), makeColumn('share', share)];
    expect(await findKind('product', columns)).toMatchObject([{ target: 'share', factor: 100, decimals: 3 }]);
  });
});

describe('running numbers', () => {
  it('are found though rows are left out at random, and not in columns that merely rise', async () => {
    const rows = Array.from({ length: 1000 }, (_, row) => row).filter(() => stream.uniform() < 0.8);
    const no = makeColumn(
      'no',
      rows.map((row) => 500 + 3 * row),
    );
    const rises = makeColumn(
      'rises',
      rows.map((row) => row * 10 + stream.below(9)),
    );
    const x = makeColumn(
      'x',
      rows.map(() => stream.below(30)),
    );
    const found = await findKind('running-number', [no, rises, x]);
    expect(found).toMatchObject([{ column: 'no', step: 3 }]);
    expect(checkRule(found[0]!, [no])).toMatchObject({ applicable: rows.length, kept: rows.length });
  });
});

describe('values that imply a cell', () => {
  it('take in values that few rows hold, once one is sure', async () => {
    const status = each(() => (stream.uniform() < 0.04 ? 'rare' : `s${stream.below(4)}`));
    const plan = status.map((cell) =>
      cell === 's0' || cell === 'rare' || stream.uniform() < 0.1 ? 'none' : `p${stream.below(4)}`,
    );
    const [rule] = await findKind('implied-value', [makeColumn('status', status), makeColumn('plan', plan)]);
    expect(rule?.kind === 'implied-value' && [...rule.values].sort()).toEqual(['rare', 's0']);
  });
});
