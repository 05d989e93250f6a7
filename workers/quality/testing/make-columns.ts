import type { NamedColumn } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';

/** A numeric column; null = no value. */
export function numbers(name: string, values: readonly (number | null)[]): NamedColumn {
  const nulls = Uint8Array.from(values, (value) => (value === null ? 1 : 0));
  return {
    name,
    storageType: 'float',
    data: {
      kind: 'number',
      values: Float64Array.from(values, (value) => value ?? 0),
      nulls: nulls.includes(1) ? nulls : null,
    },
  };
}

/** A date column from epoch milliseconds. */
export function dates(name: string, values: readonly (number | null)[]): NamedColumn {
  return { ...numbers(name, values), storageType: 'datetime' };
}

/** A text column; null = no value. */
export function texts(name: string, values: readonly (string | null)[]): NamedColumn {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value)));
  return { name, storageType: 'text', data: { kind: 'text', codes, dictionary } };
}

/** A table of mixed columns whose second half depends on the first; rows of one seed are of one distribution. */
export function mixedTable(rows: number, seed: number): NamedColumn[] {
  const random = new RandomStream(seed, 'mixed table');
  const age: number[] = [];
  const job: string[] = [];
  const pay: (number | null)[] = [];
  const since: number[] = [];
  for (let i = 0; i < rows; i++) {
    age.push(18 + random.below(60));
    job.push(['clerk', 'smith', 'farmer', 'nurse'][Math.floor((age[i]! - 18) / 20)]!);
    pay.push(random.uniform() < 0.1 ? null : age[i]! * 1000 + Math.round(random.normal() * 5000));
    since.push(Date.UTC(2000 + random.below(20), random.below(12), 1 + random.below(28)));
  }
  return [numbers('age', age), texts('job', job), numbers('pay', pay), dates('since', since)];
}
