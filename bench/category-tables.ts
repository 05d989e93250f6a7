import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { columnLength } from '../src/domain/column-data';
import { RandomStream } from '../src/domain/random';
import { type NamedColumn, takeRows } from '../workers/quality/columns';
import { readCsvTable } from '../workers/quality/testing/csv-table';
import type { BenchTable } from './tables';

const NAMES = fileURLToPath(new URL('../../shared/data/firstnames_at/firstnames_at.csv.gz', import.meta.url));

/** The file of first names if it is not there, or null. */
export function missingNames(): string | null {
  return existsSync(NAMES) ? null : NAMES;
}

/** First names of Austrian children by year, gender and district: `rows` of them, and as many others. */
export function namesTable(rows: number): BenchTable {
  const table = readCsvTable(NAMES);
  const order = new RandomStream(0, 'names').permutation(columnLength(table[0]!.data));
  const part = (from: number) => {
    const chosen = order.slice(from, from + rows).sort();
    return table.map((column) => ({ ...column, data: takeRows(column.data, chosen) }));
  };
  return { name: 'names', training: part(0), holdout: part(rows) };
}

const REGIONS = 12;
const KINDS = 6;

/**
 * A generated table with one column of `categories` values (shares as 1/(rank + categories/100)). A category has a
 * region that nearly determines `region`, preferences of its own for six kinds, and a level of `amount`; `sales`
 * depends on `amount` and `kind`, `channel` on nothing.
 */
export function itemsTable(categories: number, rows: number): BenchTable {
  const stream = new RandomStream(1, 'items');
  const items = Array.from({ length: categories }, (_, rank) => ({
    share: 1 / (rank + categories / 100),
    region: stream.below(REGIONS),
    kinds: cumulate(Array.from({ length: KINDS }, () => Math.exp(1.2 * stream.normal()))),
    level: 3 + stream.normal(),
  }));
  const shares = cumulate(items.map(({ share }) => share));
  // Labels say nothing of the rank.
  const labels = stream.permutation(categories);
  const dictionary = Array.from({ length: categories }, (_, label) => `item ${label}`);
  const draw = (seed: number): NamedColumn[] => {
    const draws = new RandomStream(seed, 'rows of items');
    const codes = { item: new Int32Array(rows), region: new Int32Array(rows), kind: new Int32Array(rows) };
    const channel = new Int32Array(rows);
    const amount = new Float64Array(rows);
    const sales = new Float64Array(rows);
    for (let r = 0; r < rows; r++) {
      const c = pick(shares, draws.uniform());
      const item = items[c]!;
      codes.item[r] = labels[c]!;
      codes.region[r] = draws.uniform() < 0.95 ? item.region : draws.below(REGIONS);
      codes.kind[r] = pick(item.kinds, draws.uniform());
      channel[r] = draws.below(4);
      amount[r] = Math.round(100 * Math.exp(item.level + 0.4 * draws.normal())) / 100;
      sales[r] = Math.round(amount[r]! * (1 + codes.kind[r]!) * (0.5 + draws.uniform()));
    }
    const text = (name: string, values: Int32Array, words: readonly string[]): NamedColumn => ({
      name,
      storageType: 'text',
      data: { kind: 'text', codes: values, dictionary: words },
    });
    const words = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name} ${i}`);
    return [
      text('item', codes.item, dictionary),
      text('region', codes.region, words('region', REGIONS)),
      text('kind', codes.kind, words('kind', KINDS)),
      text('channel', channel, words('channel', 4)),
      { name: 'amount', storageType: 'float', data: { kind: 'number', values: amount, nulls: null } },
      { name: 'sales', storageType: 'integer', data: { kind: 'number', values: sales, nulls: null } },
    ];
  };
  return { name: `items ${categories}`, training: draw(100), holdout: draw(200) };
}

/** Cumulated shares, the last is 1. */
function cumulate(weights: readonly number[]): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const steps = Float64Array.from(weights, (weight) => {
    sum += weight / total;
    return sum;
  });
  steps[steps.length - 1] = 1;
  return steps;
}

function pick(cumulated: Float64Array, uniform: number): number {
  let low = 0;
  let high = cumulated.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulated[middle]! > uniform) high = middle;
    else low = middle + 1;
  }
  return low;
}
