import type { NamedColumn } from '../../../../../src/domain/column-data';
import { RandomStream } from '../../../../../src/domain/random';

/** Rows of people: colour depends on age, income on both, a date, and many missing amounts that are mostly 0. */
export function mixedRows(rows: number, seed: number): NamedColumn[] {
  const stream = new RandomStream(seed, 'mixed rows');
  const age = new Float64Array(rows);
  const colour = new Int32Array(rows);
  const income = new Float64Array(rows);
  const amount = new Float64Array(rows);
  const missing = new Uint8Array(rows);
  const day = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    age[row] = 18 + Math.floor(60 * stream.uniform() ** 1.5);
    colour[row] = stream.uniform() < age[row]! / 100 ? 0 : 1 + stream.below(3);
    income[row] =
      Math.round(1000 * Math.exp(0.01 * age[row]! + 0.3 * stream.normal() + (colour[row] === 0 ? 0.5 : 0))) /
      100;
    amount[row] = stream.uniform() < 0.8 ? 0 : 100 * (1 + stream.below(20));
    missing[row] = Number(stream.uniform() < 0.2);
    day[row] = 86_400_000 * (18_000 + stream.below(700));
  }
  return [
    { name: 'age', storageType: 'integer', data: { kind: 'number', values: age, nulls: null } },
    {
      name: 'colour',
      storageType: 'text',
      data: { kind: 'text', codes: colour, dictionary: ['red', 'green', 'blue', 'grey'] },
    },
    { name: 'income', storageType: 'float', data: { kind: 'number', values: income, nulls: null } },
    { name: 'amount', storageType: 'integer', data: { kind: 'number', values: amount, nulls: missing } },
    { name: 'day', storageType: 'date', data: { kind: 'number', values: day, nulls: null } },
  ];
}
