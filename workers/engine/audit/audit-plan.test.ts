import { expect, it } from 'vitest';
import { planAudit } from './audit-plan';
import { RarestColumns } from './standing-out';

const people = (count: number, rowsEach: number) =>
  Uint32Array.from({ length: count * rowsEach }, (_, row) => row % count);

it('lets the reference model learn nobody of either side, all rows of a person or none', () => {
  const unseen = people(600, 3);
  const { members, others, reference } = planAudit(people(900, 2), unseen, 5, 1)!;
  expect(members).toHaveLength(1800);
  const [compared, learned] = [others, reference].map((rows) => new Set(rows.map((row) => unseen[row]!)));
  expect([compared!.size, learned!.size]).toEqual([400, 200]);
  expect([...learned!].some((person) => compared!.has(person))).toBe(false);
  expect([others.length, reference.length]).toEqual([1200, 600]);
});

it('bounds the work: rows of the reference model, people, rows of each, and people of wide tables', () => {
  const large = planAudit(people(50_000, 1), people(50_000, 1), 10, 1)!;
  expect([large.members.length, large.others.length, large.reference.length]).toEqual([10_000, 10_000, 2000]);
  expect(planAudit(people(50_000, 1), people(50_000, 1), 1000, 1)!.members).toHaveLength(2500);
  expect(planAudit(people(400, 9), people(400, 9), 10, 1)!.members).toHaveLength(2000);
  expect(planAudit(people(400, 1), people(299, 1), 10, 1)).toBeNull();
});

it('knows in which column a row has what few rows have, but for columns in which most rows do', () => {
  const rows = 100;
  const rarest = new RarestColumns(Uint32Array.of(0, 1, 2));
  const codes = (code: (row: number) => number) => Int32Array.from({ length: rows }, (_, row) => code(row));
  rarest.add(0, { kind: 'text', codes: codes((row) => Number(row === 2)), dictionary: ['a', 'b'] });
  const values = Float64Array.from({ length: rows }, (_, row) => (row === 1 ? 1e6 : row % 7));
  rarest.add(1, { kind: 'number', values, nulls: null });
  rarest.add(2, { kind: 'text', codes: codes((row) => row), dictionary: Array<string>(rows).fill('name') });
  expect([...rarest.column]).toEqual([1, 1, 0]);
  expect([...rarest.holders]).toEqual([15, 1, 1]);
});
