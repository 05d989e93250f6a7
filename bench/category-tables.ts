import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { columnLength, takeRows } from '../src/domain/column-data';
import { RandomStream } from '../src/domain/random';
import type { NamedColumn } from '../workers/quality/columns';
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
    return [
      text('item', codes.item, dictionary),
      text('region', codes.region, words('region', REGIONS)),
      text('kind', codes.kind, words('kind', KINDS)),
      text('channel', channel, words('channel', 4)),
      numbers('amount', 'float', amount),
      numbers('sales', 'integer', sales),
    ];
  };
  return { name: `items ${categories}`, training: draw(100), holdout: draw(200) };
}

const STATES = 50;
const DWELLINGS = 4;

/**
 * A generated table of homes by zip code: `categories` numbers that lie in ranges, one per state, of very unlike
 * shares (1/(rank + 20)^1.2, the rank at random). A zip code has exactly one state, a level of `price` around its
 * state's and a mix of `dwelling`s; `rooms` depends on the dwelling, `built` on the state.
 */
export function zipsTable(categories: number, rows: number): BenchTable {
  const stream = new RandomStream(2, 'zips');
  const states = Array.from({ length: STATES }, () => ({
    zips: Math.exp(stream.normal()),
    level: 7.5 + 0.4 * stream.normal(),
    year: 1950 + 40 * stream.uniform(),
  }));
  const zipsOf = cumulate(states.map(({ zips }) => zips));
  const ranks = stream.permutation(categories);
  const zips = Array.from({ length: categories }, (_, i) => {
    const state = pick(zipsOf, (i + 0.5) / categories);
    return {
      number: 10_000 + 1000 * state + i,
      share: (ranks[i]! + 20) ** -1.2,
      state,
      level: states[state]!.level + 0.5 * stream.normal(),
      dwellings: cumulate(Array.from({ length: DWELLINGS }, () => Math.exp(1.2 * stream.normal()))),
    };
  });
  const shares = cumulate(zips.map(({ share }) => share));
  const draw = (seed: number): NamedColumn[] => {
    const draws = new RandomStream(seed, 'rows of zips');
    const [zip, price, rooms, built] = [0, 1, 2, 3].map(() => new Float64Array(rows));
    const [state, dwelling] = [new Int32Array(rows), new Int32Array(rows)];
    for (let r = 0; r < rows; r++) {
      const home = zips[pick(shares, draws.uniform())]!;
      zip![r] = home.number;
      state[r] = home.state;
      dwelling[r] = pick(home.dwellings, draws.uniform());
      rooms![r] = 1 + dwelling[r]! + draws.below(4);
      price![r] = Math.round(Math.exp(home.level + 0.35 * draws.normal()));
      built![r] = Math.round(states[home.state]!.year + 15 * draws.normal());
    }
    return [
      numbers('zip', 'integer', zip!),
      text('state', state, words('state', STATES)),
      text('dwelling', dwelling, words('dwelling', DWELLINGS)),
      numbers('rooms', 'integer', rooms!),
      numbers('price', 'integer', price!),
      numbers('built', 'integer', built!),
    ];
  };
  return { name: `zips ${categories}`, training: draw(100), holdout: draw(200) };
}

function text(name: string, codes: Int32Array, dictionary: readonly string[]): NamedColumn {
  return { name, storageType: 'text', data: { kind: 'text', codes, dictionary } };
}

function numbers(name: string, storageType: 'float' | 'integer', values: Float64Array): NamedColumn {
  return { name, storageType, data: { kind: 'number', values, nulls: null } };
}

function words(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${name} ${i}`);
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
