import { describe, expect, it } from 'vitest';
import { type NamedColumn, takeRows } from '../../../src/domain/column-data';
import type { MembershipPanel } from '../../../src/domain/membership-panel';
import { DEFAULT_LIMITS } from '../../../src/domain/report-limits';
import { mixedTable } from '../testing/make-columns';
import { quietParts } from '../testing/quiet-parts';
import { codeColumn } from './attack-rows';
import { membershipPanel } from './membership-panel';

const range = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);
const ALL = mixedTable(3000, 1);

/** Attacks on training rows 0 to 600 by 600 others and synthetic rows of a table. */
function attack(synthetic: readonly NamedColumn[], people = 600, rowsEach = 1) {
  const coded = ALL.map((column, c) =>
    codeColumn(column.storageType, [
      takeRows(column.data, range(0, people)),
      takeRows(column.data, range(1000, 1000 + people)),
      synthetic[c]!.data,
    ]),
  );
  const [members, others, drawn] = [0, 1, 2].map((set) => coded.map(({ parts }) => parts[set]!));
  const owner = Uint32Array.from({ length: people }, (_, row) => Math.floor(row / rowsEach));
  return membershipPanel(
    {
      ordered: coded.map(({ isOrdered }) => isOrdered),
      ...{ members: members!, others: others!, synthetic: drawn!, trained: people },
      owners: rowsEach > 1 ? { members: owner, others: owner } : null,
    },
    1,
    DEFAULT_LIMITS,
    quietParts(),
  );
}

const rowsOf = (rows: Uint32Array) => ALL.map((column) => ({ ...column, data: takeRows(column.data, rows) }));

describe('membershipPanel', () => {
  it('finds the people of a table of copies', async () => {
    const { auc, at1, attacks } = (await attack(rowsOf(range(0, 600)))) as MembershipPanel;
    expect(auc.low).toBeGreaterThan(0.9);
    expect(at1!.low).toBeGreaterThan(0.5);
    expect(attacks).toHaveLength(11);
  });

  it('finds nobody in a fresh sample, however many attacks it tries', async () => {
    const { auc, at1, people } = (await attack(rowsOf(range(2000, 3000)))) as MembershipPanel;
    expect(people).toBe(600);
    expect(auc.low).toBeLessThan(0.5);
    expect(auc.high).toBeLessThan(0.6);
    expect(at1!.low).toBeLessThan(0.01);
    expect(at1!.high).toBeLessThan(0.05);
  });

  it('counts people, not rows, and says how many are needed where there are too few', async () => {
    const fresh = rowsOf(range(2000, 3000));
    expect(((await attack(fresh, 600, 2)) as MembershipPanel).people).toBe(300);
    expect(await attack(fresh, 600, 4)).toEqual({ people: 150, needed: 200 });
    expect(await attack(fresh, 60)).toEqual({ people: 60, needed: 200 });
  });
});
