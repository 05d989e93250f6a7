import { expect, it } from 'vitest';
import type { RuleOf } from '../../../../src/domain/rules';
import type { RuleColumn } from '../../../rules/rule-column';
import type { GivenCells } from './changes';
import { columnsOfGiven } from './given-extremes';

const numbers = (name: string, values: readonly number[]): RuleColumn => ({
  name,
  storageType: 'integer',
  data: { kind: 'number', values: Float64Array.from(values), nulls: null },
});
const all = Uint8Array.of(1, 1, 1);

/** The columns after the changes. */
function fitted(
  rule: Parameters<typeof columnsOfGiven>[0],
  columns: readonly RuleColumn[],
  given: GivenCells,
): Record<string, number[]> {
  const changes = columnsOfGiven(rule, columns, given, all);
  return Object.fromEntries(
    rule.columns.map((name) => {
      const { data } = columns.find((column) => column.name === name)!;
      const change = changes.find(({ target }) => target === name);
      const own = data.kind === 'number' ? Array.from(data.values) : [];
      return [name, own.map((value, row) => (change?.rows[row] ? change.values[row]! : value))];
    }),
  );
}

const a = numbers('a', [5, 9, 2]);
const b = numbers('b', [3, 4, 8]);

it('moves what lies beyond a given largest number to it, or the nearest column up to it', () => {
  const rule: RuleOf<'extreme'> = { kind: 'extreme', target: 'top', columns: ['a', 'b'], end: 'largest' };
  const columns = [a, b, numbers('top', [6, 7, 8])];
  expect(fitted(rule, columns, new Map([['top', 'all']]))).toEqual({ a: [6, 7, 2], b: [3, 4, 8] });
  // A given column stays, the other one is moved.
  const given: GivenCells = new Map([
    ['top', 'all'],
    ['a', 'all'],
  ]);
  const higher = [a, b, numbers('top', [6, 9, 8])];
  expect(fitted(rule, higher, given)).toEqual({ a: [5, 9, 2], b: [6, 4, 8] });
});

it('gives the extreme to the column that a given text names', () => {
  const rule: RuleOf<'extreme'> = {
    kind: 'extreme',
    target: 'winner',
    columns: ['a', 'b'],
    end: 'largest',
    cells: ['A', 'B'],
  };
  const winner: RuleColumn = {
    name: 'winner',
    storageType: 'text',
    data: { kind: 'text', codes: Int32Array.of(1, 0, -1), dictionary: ['A', 'B'] },
  };
  expect(fitted(rule, [a, b, winner], new Map([['winner', 'all']]))).toEqual({ a: [3, 9, 2], b: [5, 4, 8] });
});
