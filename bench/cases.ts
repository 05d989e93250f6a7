import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { columnLength, type HiddenValues, type NamedColumn, openEngine, readCsv } from './engine';
import { withDates } from './tables';
import { describeProcess, optionOf, print } from './terminal';

/** Small tables that failed in public bug reports, next to the repository. */
const CASES = fileURLToPath(new URL('../../shared/cases/tables/', import.meta.url));
const DAY = 86_400_000;

/** A table as a check sees it: numbers, with NaN for none, or texts. */
class View {
  readonly rows: number;
  /** What protection is told to hide. */
  readonly hidden: readonly HiddenValues[];
  readonly #columns: readonly NamedColumn[];

  constructor(columns: readonly NamedColumn[], hidden: readonly HiddenValues[] = []) {
    this.#columns = columns;
    this.hidden = hidden;
    this.rows = columnLength(columns[0]!.data);
  }

  numbers(name: string): number[] {
    const { data } = this.#columns.find((column) => column.name === name)!;
    if (data.kind === 'text')
      return Array.from(data.codes, (code) => Number(data.dictionary[code] ?? Number.NaN));
    return Array.from(data.values, (value, row) => (data.nulls?.[row] ? Number.NaN : value));
  }

  texts(name: string): (string | undefined)[] {
    const { data } = this.#columns.find((column) => column.name === name)!;
    if (data.kind === 'text') return Array.from(data.codes, (code) => data.dictionary[code]);
    return this.numbers(name).map(String);
  }

  /** Share of rows of which something is true. */
  share(isTrue: (row: number) => boolean): number {
    let count = 0;
    for (let row = 0; row < this.rows; row++) if (isTrue(row)) count++;
    return count / this.rows;
  }
}

/** What must hold: a figure of a table, and whether the synthetic one is good enough against the original's. */
interface Check {
  readonly what: string;
  readonly figure: (table: View, original: View) => number;
  readonly isGood: (synthetic: number, original: number) => boolean;
}

const none = (synthetic: number) => synthetic === 0;
const upTo = (limit: number) => (synthetic: number) => synthetic <= limit;
const within = (distance: number) => (synthetic: number, original: number) =>
  Math.abs(synthetic - original) <= distance;
const shareKept = (part: number) => (synthetic: number, original: number) => synthetic / original >= part;

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(a), mean(b)];
  let [xy, xx, yy] = [0, 0, 0];
  a.forEach((value, row) => {
    xy += (value - x) * (b[row]! - y);
    xx += (value - x) ** 2;
    yy += (b[row]! - y) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}

const correlationWith = (name: string): Check => ({
  what: `correlation of ${name} and target`,
  figure: (table) => correlation(table.numbers(name), table.numbers('target')),
  isGood: shareKept(0.85),
});

/** Rows whose value of `b` does not go with that of `a` in the original. */
const impossible = (a: string, b: string): Check => ({
  what: `impossible ${a} and ${b}`,
  figure: (table, original) => {
    const known = new Set(
      original.texts(a).map((text, row) => JSON.stringify([text, original.texts(b)[row]])),
    );
    const [from, to] = [table.texts(a), table.texts(b)];
    return table.share((row) => !known.has(JSON.stringify([from[row], to[row]])));
  },
  isGood: none,
});

const notAfter = (low: string, high: string): Check => ({
  what: `${high} not after ${low}`,
  figure: (table) => {
    const [from, to] = [table.numbers(low), table.numbers(high)];
    return table.share((row) => to[row]! <= from[row]!);
  },
  isGood: none,
});

const off = (
  what: string,
  limit: number,
  distance: (table: View) => (row: number) => number,
  share = 0,
): Check => ({
  what: `${what} off by more than ${limit}`,
  figure: (table) => {
    const own = distance(table);
    return table.share((row) => own(row) > limit);
  },
  isGood: upTo(share),
});

/** How far the share of the spread that is gone is from the one told. */
const spreadTold = (name: string): Check => ({
  what: `spread of ${name} lost, less what is told of it`,
  figure: (table, original) => {
    const told = table.hidden.find((entry) => entry.column === name && entry.kind === 'extremes');
    const lost = 1 - deviation(table.numbers(name)) / deviation(original.numbers(name));
    return Math.abs(lost - (told?.kind === 'extremes' ? told.deviation : 0));
  },
  isGood: upTo(0.1),
});

function deviation(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
}

const weekday = (instant: number) => (Math.floor(instant / DAY) + 3) % 7;

const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  '01': [correlationWith('x0'), correlationWith('x1')],
  '08': [
    impossible('city', 'region'),
    impossible('region', 'country'),
    impossible('region', 'tax_rate'),
    impossible('product', 'source'),
  ],
  '09': [
    off(
      '3X + 1',
      0.5,
      (t) => {
        const [x, y] = [t.numbers('X'), t.numbers('lin')];
        return (row) => Math.abs(y[row]! - 3 * x[row]! - 1);
      },
      0.02,
    ),
    off(
      'sine',
      0.25,
      (t) => {
        const [x, y] = [t.numbers('X'), t.numbers('Y')];
        return (row) => Math.abs(y[row]! - Math.sin(2 * x[row]!));
      },
      0.02,
    ),
    off(
      'circle',
      1,
      (t) => {
        const [x, y] = [t.numbers('cx'), t.numbers('cy')];
        return (row) => Math.abs(Math.hypot(x[row]!, y[row]!) - 10);
      },
      0.02,
    ),
  ],
  '16': [notAfter('checkin', 'checkout'), notAfter('low', 'high'), notAfter('start_time', 'end_time')],
  '17': [
    off('net', 0.006, (t) => {
      const [net, qty, price] = ['net', 'qty', 'unit_price'].map((name) => t.numbers(name));
      return (row) => Math.abs(net![row]! - qty![row]! * price![row]!);
    }),
    off('gross', 0.006, (t) => {
      const [gross, net, tax] = ['gross', 'net', 'tax'].map((name) => t.numbers(name));
      return (row) => Math.abs(gross![row]! - net![row]! - tax![row]!);
    }),
    {
      what: 'age is not the years from birth to death',
      figure: (t) => {
        const [birth, death, age] = ['birth', 'death', 'age'].map((name) => t.numbers(name));
        return t.share((row) => {
          const [from, to] = [new Date(birth![row]!), new Date(death![row]!)];
          const isBefore =
            to.getUTCMonth() < from.getUTCMonth() ||
            (to.getUTCMonth() === from.getUTCMonth() && to.getUTCDate() < from.getUTCDate());
          return to.getUTCFullYear() - from.getUTCFullYear() - Number(isBefore) !== age![row];
        });
      },
      isGood: none,
    },
  ],
  '20': [
    { what: 'weekends', figure: (t) => countOf(t, (day) => day >= 5), isGood: none },
    {
      what: 'sale on Fridays against other days',
      figure: (t) => {
        const [at, sale] = [t.numbers('trade_date'), t.numbers('sale')];
        const mean = (isFriday: boolean) => {
          const own = sale.filter((_, row) => (weekday(at[row]!) === 4) === isFriday);
          return own.reduce((sum, value) => sum + value, 0) / own.length;
        };
        return mean(true) / mean(false);
      },
      isGood: shareKept(0.85),
    },
    {
      what: 'days that end a month',
      figure: (t) => {
        const at = t.numbers('month_end');
        return t.share((row) => new Date(at[row]! + DAY).getUTCDate() === 1);
      },
      isGood: within(0),
    },
  ],
  '21': [
    {
      what: 'valid_to is 9999-12-31',
      figure: (t) => shareOf(t, 'valid_to', (at) => at.startsWith('9999-12-31')),
      // Three standard errors of the share in the 1,200 rows trained on.
      isGood: within(0.04),
    },
    {
      what: 'other dates on 31 December',
      figure: (t) => shareOf(t, 'valid_to', (at) => !at.startsWith('9999') && at.slice(5, 10) === '12-31'),
      isGood: within(0.01),
    },
  ],
  '23': [
    {
      what: 'not exactly one indicator',
      figure: (t) => {
        const flags = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => t.numbers(`is_${name}`));
        return t.share((row) => flags.reduce((sum, own) => sum + own[row]!, 0) !== 1);
      },
      isGood: none,
    },
  ],
  '25': [
    {
      what: 'rows with a value of m995',
      figure: (t) => {
        const own = t.numbers('m995');
        return t.share((row) => !Number.isNaN(own[row]!));
      },
      isGood: within(0.006),
    },
  ],
  '26': [spreadTold('clm1'), spreadTold('clm2')],
};

function countOf(table: View, isDay: (day: number) => boolean): number {
  const at = table.numbers('trade_date');
  return table.share((row) => isDay(weekday(at[row]!)));
}

function shareOf(table: View, name: string, isTrue: (day: string) => boolean): number {
  const at = table.numbers(name);
  return table.share((row) => !Number.isNaN(at[row]!) && isTrue(new Date(at[row]!).toISOString()));
}

/**
 * Trains on each case, draws as many rows, and says what must hold. `npm run bench -- cases [--seeds 1,2,3] [--only 08,16]`
 */
export async function run(args: readonly string[]): Promise<void> {
  if (!existsSync(CASES)) {
    print(`SKIPPED: ${CASES} is missing.`);
    return;
  }
  const seeds = (optionOf(args, 'seeds') ?? '1').split(',').map(Number);
  const only = optionOf(args, 'only')?.split(',');
  const files = readdirSync(CASES).filter((file) => CHECKS[file.slice(0, 2)]);
  print(`Cases, ${describeProcess()}, default settings`);
  print('| case | seed | what | original | synthetic | holds |\n| --- | --- | --- | --- | --- | --- |');
  for (const file of files.sort()) {
    const name = file.slice(0, 2);
    if (only && !only.includes(name)) continue;
    const columns = (await readCsv(CASES + file)).map(withDates);
    for (const seed of seeds) await checkCase(name, columns, seed);
  }
}

async function checkCase(name: string, columns: readonly NamedColumn[], seed: number): Promise<void> {
  const engine = await openEngine(columns, 1);
  const { summary } = await engine.train(seed);
  const drawn = await engine.generate(columnLength(columns[0]!.data), seed);
  await engine.close();
  const [original, synthetic] = [new View(columns), new View(drawn.columns, summary.hidden)];
  for (const { what, figure, isGood } of CHECKS[name]!) {
    const [before, after] = [figure(original, original), figure(synthetic, original)];
    const verdict = isGood(after, before) ? 'yes' : 'NO';
    print(`| ${name} | ${seed} | ${what} | ${before.toFixed(4)} | ${after.toFixed(4)} | ${verdict} |`);
  }
}
