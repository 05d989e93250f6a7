import { writeFileSync } from 'node:fs';
import { type NamedColumn, openEngine, type Settings } from './engine';
import { JOINT_TABLES, jointTable, type Row } from './joint-tables';
import { describeProcess, optionOf, print } from './terminal';

/** Of each table, what share of rows keeps a relation. */
const CHECKS: Readonly<Record<string, Readonly<Record<string, (row: Row) => boolean>>>> = {
  stocks: {
    'stock ≤ shelf': (r) => r.stock3! <= r.shelf!,
    'pallets of 24': (r) => r.pallets === 0 || r.delivered3! % 24 === 0,
    'as last week': (r) => r.stock1 === r.stock2,
  },
  orders: {
    'total = sum': (r) => near(r.total!, r.net! - r.discount! + r.tax! + r.shipping!, 0.006),
    'discount in fixed percents': (r) =>
      [0, 5, 10, 15, 20].some((percent) => near((100 * r.discount!) / r.net!, percent, 0.05)),
    'tax of two rates': (r) =>
      [7, 19].some((rate) => near((100 * r.tax!) / (r.net! - r.discount!), rate, 0.05)),
  },
  meters: {
    'reading = last + use, within 1': (r) => near(r.reading2!, r.reading1! + r.use2!, 1),
    'within 10': (r) => near(r.reading2!, r.reading1! + r.use2!, 10),
  },
  loans: {
    'fee of 1.2 % or 50': (r) => near(r.fee!, Math.max(50, 0.012 * r.amount!), 0.006),
    'insurance of four rates': (r) =>
      [0, 0.25, 0.4, 0.6].some((rate) => near((100 * r.insurance!) / r.amount!, rate, 0.003)),
    'a year of payments': (r) => near(r.paid!, 12 * r.payment!, 0.006),
    'left = amount − paid + interest': (r) =>
      near(r.left!, Math.max(0, r.amount! - r.paid! + r.interest!), 0.006),
  },
  salaries: {
    'bonus = a tenth or 400': (r) => near(r.bonus!, Math.min(400, 0.1 * r.pay!), 0.006),
    'paid = gross − tax − pension': (r) => near(r.paid!, r.gross! - r.tax! - r.pension!, 0.006),
  },
};

/**
 * Sharp joint structure of numbers (`joint-tables.ts`): shares of rows that keep a relation, real against synthetic.
 * `npm run bench -- joint [--tables stocks,orders] [--rows 12000] [--seeds 1-2] [--model {"modelSize":"S"}] [--out PREFIX]`;
 * with `--out` both tables are written as CSV, for a discriminator of another library.
 */
export async function run(args: readonly string[]): Promise<void> {
  const rows = Number(optionOf(args, 'rows') ?? 12_000);
  const kinds = optionOf(args, 'tables')?.split(',') ?? Object.keys(JOINT_TABLES);
  const [first, last] = (optionOf(args, 'seeds') ?? '1').split('-').map(Number);
  const settings: Settings = JSON.parse(optionOf(args, 'model') ?? '{}');
  const out = optionOf(args, 'out');
  print(`Joint structure of numbers, ${rows} rows, ${describeProcess()}, one thread`);
  for (const kind of kinds) {
    for (let seed = first!; seed <= (last ?? first!); seed++) {
      const real = jointTable(kind, rows, seed);
      const engine = await openEngine(real, 1);
      const { cpuSeconds } = await engine.train(seed, settings);
      const { columns: synthetic } = await engine.generate(rows, seed);
      await engine.close();
      print(`${kind}, seed ${seed}, ${cpuSeconds.toFixed(1)} CPU s`);
      const [own, drawn] = [real, synthetic].map(rowsOf);
      for (const [name, keeps] of Object.entries(CHECKS[kind] ?? {})) {
        print(`  ${name}: ${share(own!, keeps)} → ${share(drawn!, keeps)}`);
      }
      if (!out) continue;
      writeFileSync(`${out}-${kind}-${seed}-real.csv`, csvOf(own!));
      writeFileSync(`${out}-${kind}-${seed}-synthetic.csv`, csvOf(drawn!));
    }
  }
}

function near(value: number, wanted: number, distance: number): boolean {
  return Math.abs(value - wanted) <= distance;
}

function share(rows: readonly Row[], keeps: (row: Row) => boolean): string {
  return (rows.filter(keeps).length / rows.length).toFixed(3);
}

function rowsOf(table: readonly NamedColumn[]): Row[] {
  const columns = table.map(({ name, data }) => {
    if (data.kind !== 'number') throw new Error(`${name} holds texts.`);
    return [name, data.values] as const;
  });
  return Array.from(columns[0]![1], (_, row) =>
    Object.fromEntries(columns.map(([name, values]) => [name, values[row]!])),
  );
}

function csvOf(rows: readonly Row[]): string {
  const names = Object.keys(rows[0]!);
  return `${[names.join(), ...rows.map((row) => names.map((name) => row[name]).join())].join('\n')}\n`;
}
