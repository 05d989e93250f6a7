import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RuleOf } from '../../../../src/domain/rules';
import { KEEPS, rowsKeeping } from '../../../rules/check-rule';
import type { RuleColumn } from '../../../rules/rule-column';
import type { GivenCells } from './changes';
import { sameCell } from './exempt-rows';
import { columnsOfGiven } from './given-extremes';
import { restoreColumns } from './restore';

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
      const valuesOf = (column: typeof data) => (column.kind === 'number' ? Array.from(column.values) : []);
      const changed = change && valuesOf(change.data);
      return [name, valuesOf(data).map((value, row) => (change?.rows[row] ? changed![row]! : value))];
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

it('leaves given and missing cells as they are, and keeps the rule where the extreme alone is given', () => {
  const cells = ['A', 'B', 'C'];
  const names = ['a', 'b', 'c'];
  const row = fc.record({
    values: fc.array(fc.option(fc.integer({ min: -3, max: 3 }), { freq: 6 }), { minLength: 3, maxLength: 3 }),
    target: fc.integer({ min: 0, max: 2 }),
    given: fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
  });
  const rows = fc.array(row, { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(rows, fc.boolean(), fc.constantFrom('largest', 'smallest'), (table, isNamed, end) => {
      const rule: RuleOf<'extreme'> = {
        kind: 'extreme',
        target: 't',
        columns: names,
        end,
        ...(isNamed ? { cells } : {}),
      };
      const inputs = names.map((name, k): RuleColumn => {
        const nulls = Uint8Array.from(table, ({ values }) => Number(values[k] === null));
        const values = Float64Array.from(table, ({ values }) => values[k] ?? 0);
        return { name, storageType: 'integer', data: { kind: 'number', values, nulls } };
      });
      const codes = Int32Array.from(table, ({ target }) => target);
      const target: RuleColumn = isNamed
        ? { name: 't', storageType: 'text', data: { kind: 'text', codes, dictionary: cells } }
        : numbers('t', Array.from(codes));
      const before = [...inputs, target];
      const masks = names.map((_, k) => Uint8Array.from(table, ({ given }) => Number(given[k] === 0)));
      const own = names.map((name, k): [string, Uint8Array | 'all'] => [name, masks[k]!]);
      const given: GivenCells = new Map([...own, ['t', 'all']]);
      const after = restoreColumns(before, [{ kind: 'compute', rules: [rule], share: 0 }], given);
      const states = rowsKeeping(rule, after);
      expect(after[3]!.data).toEqual(target.data);
      table.forEach(({ values }, i) => {
        names.forEach((_, k) => {
          const [old, own] = [inputs[k]!.data, after[k]!.data];
          if (masks[k]![i] || values[k] === null) expect(sameCell(old, own, i)).toBe(true);
        });
        if (masks.every((mask) => mask[i] === 0) && !values.includes(null)) expect(states[i]).toBe(KEEPS);
      });
    }),
  );
});
