/**
 * Numeric-heavy tables of known making: amounts that follow from each other, point masses, rounding, heavy tails,
 * exact relations. What a person brings as claims, stones or delays.
 */
import { RandomStream } from '../src/domain/random';
import type { NamedColumn } from '../workers/quality/columns';

export const NUMERIC_TABLES = ['claims', 'stones', 'delays'] as const;
export type NumericTableName = (typeof NUMERIC_TABLES)[number];

type Cell = number | string | null;
type Row = Readonly<Record<string, Cell>>;

const MAKERS: Readonly<Record<NumericTableName, (stream: RandomStream) => Row>> = { claims, stones, delays };

/** Independent rows of one of the tables; the same for a seed. */
export function numericTable(name: NumericTableName, rows: number, seed: number): NamedColumn[] {
  const stream = new RandomStream(seed, name);
  const table = Array.from({ length: rows }, () => MAKERS[name](stream));
  return Object.keys(table[0]!).map((column) =>
    columnOf(
      column,
      table.map((row) => row[column]!),
    ),
  );
}

/** Health expenses of a person in a year: most are zero, copied from a schedule of prices, or long-tailed. */
function claims(stream: RandomStream): Row {
  const plan = pick(stream, [0, 25, 50, 95], [0.4, 0.2, 0.15, 0.25]);
  const age = Math.floor(62 * stream.uniform() ** 1.2);
  const female = stream.uniform() < 0.51;
  const education = clamp(Math.round(12 + 2.8 * stream.normal()), 0, 25);
  const income = Math.round(Math.exp(8.9 + 0.06 * (education - 12) + 0.75 * stream.normal()) / 50) * 50;
  const family = 1 + Math.min(9, Math.floor(-2.6 * Math.log(1 - stream.uniform())));
  const health = clamp(72 - 0.35 * age + 14 * stream.normal(), 0, 100);
  const chronic = Math.max(0, Math.round((80 - health) / 6 + 3 * stream.normal()) / 2);
  const drive = 0.5 - 0.006 * plan + (70 - health) / 40 + (female ? 0.2 : 0) + 0.7 * stream.normal();
  const visits = drive < 0 ? 0 : Math.floor(Math.exp(0.9 * drive) - Math.log(1 - stream.uniform()));
  const price = pick(stream, [12, 15, 18.5, 25, 40], [0.2, 0.3, 0.25, 0.15, 0.1]);
  const outpatient = cents(visits * price * (stream.uniform() < 0.7 ? 1 : Math.exp(0.3 * stream.normal())));
  const drugs =
    visits === 0 || stream.uniform() < 0.35 ? 0 : cents(visits * Math.exp(1.6 + 0.8 * stream.normal()));
  const stays =
    stream.uniform() < 0.04 + 0.03 * Math.max(0, drive)
      ? 1 + Math.floor(-0.5 * Math.log(1 - stream.uniform()))
      : 0;
  const inpatient = stays === 0 ? 0 : cents(stays * Math.exp(6.8 + 0.9 * stream.normal()));
  const total = cents(outpatient + drugs + inpatient);
  const limit = plan === 0 ? 0 : Math.min(1000, Math.round(0.1 * income));
  const paid = cents(Math.min(limit, (plan / 100) * total));
  return {
    plan,
    age,
    sex: female ? 'F' : 'M',
    education,
    income,
    family,
    health: Math.round(10 * health) / 10,
    chronic,
    visits,
    price,
    outpatient,
    drugs,
    stays,
    inpatient,
    total,
    limit,
    paid,
  };
}

/** Cut stones: weights that stand on round numbers, sizes that follow from them, a price that follows from all. */
function stones(stream: RandomStream): Row {
  const round = pick(stream, [0.3, 0.4, 0.5, 0.7, 0.9, 1, 1.2, 1.5, 2], [3, 1.5, 2, 2.5, 1, 3, 0.8, 1.5, 1]);
  const free = 0.2 + 2.4 * stream.uniform() ** 2.6;
  const carat =
    Math.round(100 * (stream.uniform() < 0.6 ? round + 0.05 * stream.uniform() ** 3 : free)) / 100;
  const cut = pick(stream, ['fair', 'good', 'very good', 'premium', 'ideal'], [0.03, 0.09, 0.22, 0.26, 0.4]);
  const fairness = ['fair', 'good', 'very good', 'premium', 'ideal'].indexOf(cut);
  const colour = pick(stream, [...'DEFGHIJ'], [0.13, 0.18, 0.18, 0.2, 0.15, 0.1, 0.06]);
  const clarity = clamp(Math.round(4.2 - 1.1 * (carat - 0.8) + 1.5 * stream.normal()), 0, 7);
  const depth = Math.round(10 * (61.8 + (3.2 - 0.6 * fairness) * stream.normal() * 0.6)) / 10;
  const flat = Math.round(57.5 - 0.35 * (fairness - 3) - 0.25 * (depth - 61.8) + 1.7 * stream.normal());
  const width = 6.43 * Math.cbrt((carat * 61.8) / depth);
  const x = cents(width + 0.02 * stream.normal());
  const y = cents(x + 0.025 * stream.normal());
  const z = cents(((x + y) / 2) * (depth / 100));
  const value = 8.45 + 1.85 * Math.log(carat) + 0.11 * (clarity - 4) - 0.07 * 'DEFGHIJ'.indexOf(colour);
  const price = Math.round(Math.exp(value + 0.02 * fairness + 0.12 * stream.normal()));
  return { carat, cut, colour, clarity: `C${clarity}`, depth, table: flat, price, x, y, z };
}

const PLACES = Array.from({ length: 40 }, (_, k) => ({
  name: `P${String(k).padStart(2, '0')}`,
  miles: Math.round(150 + 2450 * uniformOf(k) ** 1.3),
  share: 1 / (k + 3),
}));

/** Journeys: times of day, lengths that a place fixes, delays that carry over. */
function delays(stream: RandomStream): Row {
  const month = 1 + stream.below(12);
  const day = 1 + stream.below(28);
  const carrier = pick(
    stream,
    ['UA', 'BB', 'EV', 'DL', 'AA', 'MQ', 'US', 'WN'],
    [6, 5.5, 5.4, 4.8, 3.3, 2.6, 2, 1.2],
  );
  const from = pick(stream, ['EW', 'JF', 'LG'], [0.36, 0.33, 0.31]);
  const place = pick(
    stream,
    PLACES,
    PLACES.map(({ share }) => share),
  );
  const distance = place.miles + (from === 'JF' ? 12 : from === 'LG' ? -8 : 0);
  const planned = 300 + 5 * Math.floor((1080 / 5) * stream.uniform() ** 0.9);
  const late = stream.uniform() < 0.12 + 0.00028 * (planned - 300) + (month > 5 && month < 8 ? 0.08 : 0);
  const departure = late
    ? Math.floor(-45 * Math.log(1 - stream.uniform()))
    : clamp(Math.round(-4 + 2.6 * stream.normal()), -20, 10);
  const air = Math.max(20, Math.round(18 + distance / 7.9 + (6 + distance / 300) * stream.normal()));
  const arrival = Math.round(departure - 9 + (air - 18 - distance / 7.9) + 7 * stream.normal());
  const canceled = stream.uniform() < 0.025;
  return {
    month,
    day,
    carrier,
    from,
    to: place.name,
    distance,
    planned: clock(planned),
    left: canceled ? null : clock(planned + departure),
    departure: canceled ? null : departure,
    air: canceled ? null : air,
    arrival: canceled ? null : arrival,
    planned_hour: Math.floor(planned / 60) % 24,
    speed: canceled ? null : Math.round((600 * distance) / air) / 10,
  };
}

function pick<T>(stream: RandomStream, items: readonly T[], weights: readonly number[]): T {
  let left = stream.uniform() * weights.reduce((a, b) => a + b, 0);
  const at = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return items.at(at)!;
}

/** Minutes after midnight as hours and minutes in one number, as time tables have them. */
function clock(minutes: number): number {
  const within = ((minutes % 1440) + 1440) % 1440;
  return 100 * Math.floor(within / 60) + (within % 60);
}

function uniformOf(k: number): number {
  return new RandomStream(k, 'place').uniform();
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function cents(value: number): number {
  return Math.round(100 * value) / 100;
}

function columnOf(name: string, cells: readonly Cell[]): NamedColumn {
  if (cells.some((cell) => typeof cell === 'string')) {
    const dictionary = [...new Set(cells)].filter((cell): cell is string => cell !== null).sort();
    const codeOf = new Map<Cell, number>(dictionary.map((text, code) => [text, code]));
    const codes = Int32Array.from(cells, (cell) => codeOf.get(cell) ?? -1);
    return { name, storageType: 'text', data: { kind: 'text', codes, dictionary } };
  }
  const values = Float64Array.from(cells, (cell) => Number(cell ?? 0));
  const nulls = cells.includes(null) ? Uint8Array.from(cells, (cell) => Number(cell === null)) : null;
  const storageType = values.every(Number.isInteger) ? 'integer' : 'float';
  return { name, storageType, data: { kind: 'number', values, nulls } };
}
